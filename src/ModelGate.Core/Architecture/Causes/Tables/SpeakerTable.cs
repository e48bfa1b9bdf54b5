using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Tables;

/// <summary>Speakers: a table of another size, or speaker conditioning on one side only.</summary>
[KeyCauseOrder(220)]
internal sealed class SpeakerTable : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    /// <summary>Whether the key is a table of speakers.</summary>
    public static bool IsTable(string name)
        => KeyName.HasPart(name, "emb_g", "emb_spk", "spk_emb", "speaker_embedding", "speaker_embeddings", "speaker_emb", "embed_speaker", "spk_embed", "spkr", "spk_table");

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var sizes = at.Shapes.Where(n => IsTable(n) && at.LeftShape(n).Count == 2 && at.RightShape(n).Count == 2 && at.LeftShape(n)[1] == at.RightShape(n)[1]).ToArray();
        if (sizes.Length > 0)
        {
            yield return new Proposal("speaker-table", SafeText.Of(
                $"{sizes[0]} holds {at.LeftShape(sizes[0])[0]} speakers in the checkpoint, {at.RightShape(sizes[0])[0]} in the model: set the model's number of speakers to the checkpoint's")) { Accounts = sizes };
        }

        foreach (var (names, side, other) in new[] { (at.Unexpected, "the checkpoint", "the model"), (at.Missing, "the model", "the checkpoint") })
        {
            var conditioning = names.Where(n => IsTable(n) || KeyName.HasPart(n, "cond", "cond_layer", "cond_pre", "speaker_projection", "spk_proj")).ToArray();
            if (conditioning.Length > 0)
            {
                var table = conditioning.FirstOrDefault(IsTable);
                var speakers = table is not null && at.AnyShape(table) is [var count, ..] ? SafeText.Of($" ({table} of {count} speakers)") : SafeText.Empty;
                yield return new Proposal("speaker-conditioning", SafeText.Of(
                    $"{side} is multi-speaker{speakers}, {other} has one speaker: {conditioning.Length} keys of emb_g, cond and cond_layer are on one side only")) { Accounts = conditioning };
            }
        }
    }
}
