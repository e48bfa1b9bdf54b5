using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Tables;

/// <summary>Embedding tables of which the rows alone differ: what a row stands for, the words of the name say.</summary>
[KeyCauseOrder(218)]
internal sealed class TableRows : KeyCause
{
    // The first that fits speaks. Parts are whole between dots; words are whole between dots and underscores.
    private static readonly TableKind[] Kinds =
    [
        new("speaker-table", "speakers", "set the model's number of speakers to the checkpoint's") { Parts = ["emb_g"], Words = ["spk", "spkr", "speaker", "speakers", "singer", "sid"] },
        new("language-table", "languages", "another list of languages") { Parts = ["emb_l"], Words = ["lang", "language", "languages"] },
        new("tone-table", "tones", "another text front end, with other tones") { Words = ["tone", "tones"] },
        new("position-table", "positions", "another longest input: set the model's to the checkpoint's") { Words = ["pos", "position", "positions", "positional", "wpe"] },
        new("code-table", "codes", "another number of units or clusters") { Parts = ["dict"], Words = ["code", "codes", "codebook", "unit", "units", "vq"] },
        new("vocabulary-table", "tokens", "another vocabulary: use the checkpoint's tokenizer, or resize the table to the one that is used")
        {
            Parts = ["shared"], Words = ["vocab", "vocabulary", "token", "tokens", "word", "words", "wte", "bpe", "tok"], IsHead = true,
        },
        new("symbol-table", "symbols", "another list of symbols, and so another text front end: use the list that the checkpoint was trained with (vocab.txt, symbols), or extend its table")
        {
            Parts = ["emb"], Words = ["text", "symbol", "symbols", "phoneme", "phonemes", "phone", "phones", "char", "chars", "character", "characters"],
        },
        new("embedding-table", "rows", "a table of another size") { Words = ["emb", "embed", "embedding", "embeddings"] },
    ];

    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var differing = at.Shapes.ToHashSet(StringComparer.Ordinal);
        var tables = at.Shapes.Where(n => HasOtherRows(at, n)).Select(n => (Name: n, Kind: KindOf(at, n))).Where(t => t.Kind is not null);
        foreach (var group in tables.GroupBy(t => (t.Kind, Left: at.LeftShape(t.Name)[0], Right: at.RightShape(t.Name)[0]), t => t.Name))
        {
            var (kind, left, right) = group.Key;
            string[] names = [.. group];
            string[] biases = [.. names.Select(n => KeyName.Parent(n) + ".bias").Where(b => differing.Contains(b))];
            var others = names.Length + biases.Length > 1 ? SafeText.Of($" (and {names.Length + biases.Length - 1} more of the same sizes)") : SafeText.Empty;
            yield return new Proposal(kind!.Cause, SafeText.Of($"{names[0]} holds {left} {SafeText.From(kind.What)} in the checkpoint, {right} in the model{others}: {SafeText.From(kind.Advice)}"))
            {
                Accounts = [.. names, .. biases],
            };
        }
    }

    private static bool HasOtherRows(KeyComparison at, string name)
    {
        var (left, right) = (at.LeftShape(name), at.RightShape(name));
        return left.Count == 2 && right.Count == 2 && left[1] == right[1] && left[0] != right[0];
    }

    // A layer with a bias is no table, but for the head of a language model.
    private static TableKind? KindOf(KeyComparison at, string name)
    {
        var isHead = Artifacts.WordEmbeddingNames.IsHead(name);
        var hasBias = KeyName.Parent(name) is { Length: > 0 } module && (at.Left.Contains(module + ".bias") || at.Right.ContainsKey(module + ".bias"));
        if (hasBias && !isHead)
        {
            return null;
        }

        var words = name.Split('.', '_').Select(w => w.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return Array.Find(Kinds, k => (k.IsHead && isHead) || KeyName.HasPart(name, k.Parts) || k.Words.Any(words.Contains));
    }

    /// <summary>What the rows of a table are.</summary>
    private sealed record TableKind(string Cause, string What, string Advice)
    {
        public string[] Parts { get; init; } = [];

        public string[] Words { get; init; } = [];

        public bool IsHead { get; init; }
    }
}
