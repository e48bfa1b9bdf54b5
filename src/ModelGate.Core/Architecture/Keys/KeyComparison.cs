using ModelGate.Artifacts;

namespace ModelGate.Architecture.Keys;

/// <summary>
/// The keys that there are beside those expected, looked up once: gates count it, the diagnosis explains it, reports print it. While causes
/// are looked for, the left side is under the mapping so far, and mismatches that a cause accounts for are gone.
/// </summary>
internal sealed class KeyComparison
{
    // Beyond so many of one shape, names say nothing of which is tied to which.
    private const int MostAlike = 16;

    private readonly string? bareType;
    private HashSet<string>? canonicalMissing;
    private HashSet<string>? canonicalUnexpected;
    private IReadOnlyList<DTypeDifference>? dtypes;
    private Dictionary<string, List<string>>? wordEmbeddings;

    private KeyComparison(MappedKeys left, IReadOnlyDictionary<string, ExpectedKey> right, string? bareType, TiedWeights ties)
    {
        (Left, Right, this.bareType, Ties) = (left, right, bareType, ties);
        foreach (var (name, key) in right)
        {
            if (left.ShapeOf(name) is not { } shape)
            {
                Missing.Add(name);
                continue;
            }

            Common++;
            if (!ReferenceEquals(shape, key.Shape) && !shape.SequenceEqual(key.Shape))
            {
                Shapes.Add(name);
            }
        }

        if (Common == 0)
        {
            Unexpected.AddRange(left.Names);
        }
        else if (left.Count > Common)
        {
            Unexpected.AddRange(left.Names.Where(name => !right.ContainsKey(name)));
        }
    }

    private KeyComparison(KeyComparison whole, IReadOnlySet<string> settled)
    {
        (Left, Right, Common, bareType, Ties) = (whole.Left, whole.Right, whole.Common, whole.bareType, whole.Ties);
        Missing.AddRange(whole.Missing.Where(n => !settled.Contains(n)));
        Unexpected.AddRange(whole.Unexpected.Where(n => !settled.Contains(n)));
        Shapes.AddRange(whole.Shapes.Where(n => !settled.Contains(n)));
    }

    /// <summary>Compares keys with those expected.</summary>
    /// <param name="left">What there is.</param>
    /// <param name="right">What is expected.</param>
    /// <param name="bareType">The element type of a key that states none; null where such a key fits any type.</param>
    /// <param name="ties">What is known of weights under two names; nothing where it is left out.</param>
    public static KeyComparison Of(
        IReadOnlyDictionary<string, ExpectedKey> left, IReadOnlyDictionary<string, ExpectedKey> right, string? bareType = null, TiedWeights? ties = null)
        => new(MappedKeys.Of(left), right, bareType, ties ?? TiedWeights.Unknown);

    /// <summary>What is known of weights under two names.</summary>
    public TiedWeights Ties { get; }

    /// <summary>What there is.</summary>
    public MappedKeys Left { get; }

    /// <summary>What is expected.</summary>
    public IReadOnlyDictionary<string, ExpectedKey> Right { get; }

    /// <summary>How many names are on both sides.</summary>
    public int Common { get; }

    /// <summary>Expected and not there, in the order of the expectation.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>There and not expected, in the order of the file.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>On both sides in different shapes, in the order of the expectation.</summary>
    public List<string> Shapes { get; } = [];

    /// <summary>How many mismatches there are; element types are not among them, since a loader converts them.</summary>
    public int Mismatches => Missing.Count + Unexpected.Count + Shapes.Count;

    /// <summary>The keys in different shapes, sorted by name.</summary>
    public IReadOnlyList<ShapeDifference> ShapeDifferences
        => [.. Shapes.Order(StringComparer.Ordinal).Select(n => new ShapeDifference(n, LeftShape(n), RightShape(n)))];

    /// <summary>The keys on both sides whose stated element types differ, sorted by name.</summary>
    public IReadOnlyList<DTypeDifference> DTypeDifferences => dtypes ??= FindDTypes();

    /// <summary>The left side's tables of tokens and heads of a shape; of many, the first.</summary>
    public IReadOnlyList<string> WordEmbeddings(IReadOnlyList<long> shape)
    {
        if (wordEmbeddings is null)
        {
            wordEmbeddings = new(StringComparer.Ordinal);
            foreach (var name in Left.Names.Where(n => WordEmbeddingNames.IsTable(n) || WordEmbeddingNames.IsHead(n)))
            {
                var key = string.Join(',', LeftShape(name));
                if (!wordEmbeddings.TryGetValue(key, out var names))
                {
                    wordEmbeddings.Add(key, names = []);
                }

                if (names.Count < MostAlike)
                {
                    names.Add(name);
                }
            }
        }

        return wordEmbeddings.GetValueOrDefault(string.Join(',', shape), []);
    }

    public bool IsMissing(string name) => Right.ContainsKey(name) && !Left.Contains(name);

    public bool IsUnexpected(string name) => Left.Contains(name) && IsUnmatched(name);

    /// <summary>Whether a name of the left side is unexpected.</summary>
    public bool IsUnmatched(string leftName) => Common == 0 || !Right.ContainsKey(leftName);

    public IReadOnlyList<long> LeftShape(string name) => Left[name].Key.Shape;

    public IReadOnlyList<long> RightShape(string name) => Right[name].Shape;

    /// <summary>The shape on whichever side has the name.</summary>
    public IReadOnlyList<long> AnyShape(string name) => Left.ShapeOf(name) ?? Right[name].Shape;

    /// <summary>The same expectation beside keys that were mapped on.</summary>
    public KeyComparison With(MappedKeys left) => new(left, Right, bareType, Ties);

    /// <summary>The same two sides without the mismatches that are accounted for.</summary>
    public KeyComparison Without(IReadOnlySet<string> settled) => new(this, settled);

    /// <summary>The missing names in the form that all spellings share.</summary>
    public HashSet<string> CanonicalMissing => canonicalMissing ??= [.. Missing.Select(KeyName.Canonical)];

    /// <summary>The unexpected names in the form that all spellings share.</summary>
    public HashSet<string> CanonicalUnexpected => canonicalUnexpected ??= [.. Unexpected.Select(KeyName.Canonical)];

    /// <summary>Names that differ even where spellings do not count: a change that lowers only this number clears the way for another.</summary>
    public int CanonicalMismatches()
        => CanonicalUnexpected.Count + CanonicalMissing.Count - (2 * CanonicalUnexpected.Count(CanonicalMissing.Contains));

    private List<DTypeDifference> FindDTypes()
    {
        var found = new List<DTypeDifference>();
        if (Common == 0)
        {
            return found;
        }

        foreach (var (name, key) in Right)
        {
            // Where both are bare they are alike, whatever a bare key stands for.
            if ((key.DType ?? bareType) is { } expected && Left.TryGet(name, out var mapped) && (mapped.Key.DType ?? bareType) is { } there
                && !string.Equals(there, expected, StringComparison.Ordinal))
            {
                found.Add(new DTypeDifference(name, there, expected));
            }
        }

        found.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return found;
    }
}
