using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Tables;

/// <summary>Speaker conditioning on one side only. Where both sides have a table of speakers, nothing is said of speakers.</summary>
[KeyCauseOrder(220)]
internal sealed class SpeakerTable : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    /// <summary>Whether the key is a table of speakers.</summary>
    public static bool IsTable(string name)
        => KeyName.HasPart(name, "emb_g", "emb_spk", "spk_emb", "speaker_embedding", "speaker_embeddings", "speaker_emb", "embed_speaker", "spk_embed", "spkr", "spk_table");

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var (left, right) = (at.Left.Names.Any(IsTable), at.Right.Keys.Any(IsTable));
        if (left && right)
        {
            yield break;
        }

        foreach (var (names, side, other) in new[] { (at.Unexpected, "the checkpoint", "the model"), (at.Missing, "the model", "the checkpoint") })
        {
            var conditioning = names.Where(n => IsTable(n) || KeyName.HasPart(n, "cond", "cond_layer", "cond_pre", "speaker_projection", "spk_proj")).ToArray();
            if (conditioning.Length > 0)
            {
                var table = conditioning.FirstOrDefault(IsTable);
                var speakers = table is not null && at.AnyShape(table) is [var count, ..] ? SafeText.Of($" ({table} of {count} speakers)") : SafeText.Empty;
                yield return new Proposal("speaker-conditioning", left || right
                    ? SafeText.Of($"{side} is multi-speaker{speakers}, {other} has one speaker: {conditioning.Length} keys of emb_g, cond and cond_layer are on one side only")
                    : SafeText.Of($"{side} is conditioned on a vector from outside, such as a speaker's, and {other} is not: {conditioning.Length} keys of its conditioning layers are on one side only"))
                {
                    Accounts = conditioning,
                };
            }
        }
    }
}
