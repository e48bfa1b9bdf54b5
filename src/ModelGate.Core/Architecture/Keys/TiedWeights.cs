using ModelGate.Artifacts;

namespace ModelGate.Architecture.Keys;

/// <summary>What is known of weights that a model holds once and under two names: a table of tokens and the head above it.</summary>
/// <param name="Stated">What the model's configuration says (<c>tie_word_embeddings</c>); null where it says nothing or there is none.</param>
/// <param name="Recorded">Names that were left out when the file was saved, and the names that hold their tensors: safetensors' <c>save_model</c> writes them down.</param>
internal sealed record TiedWeights(bool? Stated, IReadOnlyDictionary<string, string> Recorded)
{
    /// <summary>Nothing is known.</summary>
    public static TiedWeights Unknown { get; } = new(null, new Dictionary<string, string>());

    /// <summary>What a file and the configuration beside it say.</summary>
    public static TiedWeights Of(Checkpoint checkpoint)
    {
        if (checkpoint.Format != "safetensors")
        {
            return checkpoint.TiesWordEmbeddings is null ? Unknown : Unknown with { Stated = checkpoint.TiesWordEmbeddings };
        }

        var weights = checkpoint.Weights;
        var recorded = checkpoint.Metadata.Where(m => m.Value is MetadataValue.Text kept && !weights.ContainsKey(m.Key) && weights.ContainsKey(kept.Value))
            .ToDictionary(m => m.Key, m => ((MetadataValue.Text)m.Value).Value, StringComparer.Ordinal);
        return new TiedWeights(checkpoint.TiesWordEmbeddings, recorded);
    }

    /// <summary>What either side of a comparison says.</summary>
    public static TiedWeights Of(Artifact left, Artifact right)
    {
        var (there, expected) = ((left as Checkpoint) is { } a ? Of(a) : Unknown, (right as Checkpoint) is { } b ? Of(b) : Unknown);
        return there with { Stated = there.Stated ?? expected.Stated };
    }

    /// <summary>The tensor that a missing key is tied to, where one of its shape goes by a name that such models tie.</summary>
    /// <param name="name">The missing key.</param>
    /// <param name="at">The comparison.</param>
    public Tie? Find(string name, KeyComparison at) => Find(name, at.RightShape(name), at);

    /// <summary>The tensor of the left side that a key of a shape is tied to.</summary>
    public Tie? Find(string name, IReadOnlyList<long> shape, KeyComparison at)
    {
        if (Recorded.TryGetValue(name, out var kept) && at.Left.ShapeOf(kept)?.SequenceEqual(shape) == true)
        {
            return new Tie(kept, true);
        }

        var (isTable, isHead) = (WordEmbeddingNames.IsTable(name), WordEmbeddingNames.IsHead(name));
        if (shape.Count != 2 || !(isTable || isHead))
        {
            return null;
        }

        var partner = at.WordEmbeddings(shape).Where(n => n != name && (WordEmbeddingNames.IsTable(n) || (isTable && WordEmbeddingNames.IsHead(n))))
            .OrderByDescending(n => WordEmbeddingNames.AreAlwaysTied(name, n)).FirstOrDefault();
        return partner is null || (Stated == false && !WordEmbeddingNames.AreAlwaysTied(name, partner))
            ? null
            : new Tie(partner, WordEmbeddingNames.AreAlwaysTied(name, partner) || Stated == true);
    }
}

/// <summary>A tensor under a second name.</summary>
/// <param name="Partner">The name that the file has it under.</param>
/// <param name="IsCertain">Whether the file, its configuration or the format says so; else names and shapes alone do.</param>
internal sealed record Tie(string Partner, bool IsCertain);
