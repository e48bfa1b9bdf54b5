namespace ModelGate.Architecture.Causes;

/// <summary>Speakers: a table of another size, or speaker conditioning on one side alone.</summary>
internal sealed class SpeakerTable : KeyCause
{
    public override Mending Mending => Mending.None;

    /// <summary>Whether the key is a table of speakers.</summary>
    public static bool IsTable(string name)
        => KeySpelling.HasPart(name, "emb_g", "emb_spk", "spk_emb", "speaker_embedding", "speaker_embeddings", "speaker_emb", "embed_speaker", "spk_embed", "spkr", "spk_table");

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
            var conditioning = names.Where(n => IsTable(n) || KeySpelling.HasPart(n, "cond", "cond_layer", "cond_pre", "speaker_projection", "spk_proj")).ToArray();
            if (conditioning.Length > 0)
            {
                var table = conditioning.FirstOrDefault(IsTable);
                var speakers = table is not null && at.AnyShape(table) is [var count, ..] ? SafeText.Of($" ({table} of {count} speakers)") : SafeText.Empty;
                yield return new Proposal("speaker-conditioning", SafeText.Of(
                    $"{side} is multi-speaker{speakers}, {other} has one speaker: {conditioning.Length} keys of emb_g, cond and cond_layer stand on one side alone")) { Accounts = conditioning };
            }
        }
    }
}

/// <summary>A table of symbols or of languages with another number of rows.</summary>
internal sealed class SymbolTable : KeyCause
{
    public override Mending Mending => Mending.None;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        foreach (var name in at.Shapes.Where(n => at.LeftShape(n).Count == 2 && at.RightShape(n).Count == 2 && at.LeftShape(n)[1] == at.RightShape(n)[1]))
        {
            if (KeySpelling.HasPart(name, "emb_lang", "language_emb", "lang_emb", "language_embedding", "emb_l", "embed_language", "language_embeddings"))
            {
                yield return new Proposal("language-table", SafeText.Of(
                    $"{name} holds {at.LeftShape(name)[0]} languages in the checkpoint, {at.RightShape(name)[0]} in the model")) { Accounts = [name] };
            }
            else if (name.EndsWith(".emb.weight", StringComparison.Ordinal)
                || KeySpelling.HasPart(name, "emb", "embedding", "embed_tokens", "text_embedding", "symbol_embedding", "word_embeddings", "wte", "text_emb", "emb_text", "token_embedding", "phoneme_embedding", "emb_tone", "tone_emb", "dict", "lm_head", "embed"))
            {
                yield return new Proposal("symbol-table", SafeText.Of(
                    $"{name} holds {at.LeftShape(name)[0]} symbols in the checkpoint, {at.RightShape(name)[0]} in the model: another list of symbols, and so another text front end")) { Accounts = [name] };
            }
        }
    }
}
