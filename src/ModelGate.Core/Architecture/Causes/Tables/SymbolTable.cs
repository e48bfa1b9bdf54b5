using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Tables;

/// <summary>A table of symbols or of languages with another number of rows.</summary>
[KeyCauseOrder(230)]
internal sealed class SymbolTable : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        foreach (var name in at.Shapes.Where(n => at.LeftShape(n).Count == 2 && at.RightShape(n).Count == 2 && at.LeftShape(n)[1] == at.RightShape(n)[1]))
        {
            if (KeyName.HasPart(name, "emb_lang", "language_emb", "lang_emb", "language_embedding", "emb_l", "embed_language", "language_embeddings"))
            {
                yield return new Proposal("language-table", SafeText.Of(
                    $"{name} holds {at.LeftShape(name)[0]} languages in the checkpoint, {at.RightShape(name)[0]} in the model")) { Accounts = [name] };
            }
            else if (name.EndsWith(".emb.weight", StringComparison.Ordinal)
                || KeyName.HasPart(name, "emb", "embedding", "embed_tokens", "text_embedding", "symbol_embedding", "word_embeddings", "wte", "text_emb", "emb_text", "token_embedding", "phoneme_embedding", "emb_tone", "tone_emb", "dict", "lm_head", "embed"))
            {
                yield return new Proposal("symbol-table", SafeText.Of(
                    $"{name} holds {at.LeftShape(name)[0]} symbols in the checkpoint, {at.RightShape(name)[0]} in the model: another list of symbols, and so another text front end")) { Accounts = [name] };
            }
        }
    }
}
