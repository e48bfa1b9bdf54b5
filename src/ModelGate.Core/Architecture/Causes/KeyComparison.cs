using ModelGate.Artifacts;

namespace ModelGate.Architecture.Causes;

/// <summary>Mapped keys beside the expected ones, and the mismatches that nothing accounts for yet.</summary>
internal sealed class KeyComparison
{
    private HashSet<string>? canonicalMissing;
    private HashSet<string>? canonicalUnexpected;

    public KeyComparison(MappedKeys left, IReadOnlyDictionary<string, ExpectedKey> right)
    {
        (Left, Right) = (left, right);
        foreach (var (name, key) in right)
        {
            if (left.ShapeOf(name) is not { } shape)
            {
                Missing.Add(name);
            }
            else
            {
                Common++;
                if (!shape.SequenceEqual(key.Shape))
                {
                    Shapes.Add(name);
                }
            }
        }

        if (left.Keys.Count > Common)
        {
            Unexpected.AddRange(left.Keys.Keys.Where(name => !right.ContainsKey(name)));
        }
    }

    private KeyComparison(KeyComparison whole, IReadOnlySet<string> settled)
    {
        (Left, Right, Common) = (whole.Left, whole.Right, whole.Common);
        Missing.AddRange(whole.Missing.Where(n => !settled.Contains(n)));
        Unexpected.AddRange(whole.Unexpected.Where(n => !settled.Contains(n)));
        Shapes.AddRange(whole.Shapes.Where(n => !settled.Contains(n)));
    }

    /// <summary>What there is.</summary>
    public MappedKeys Left { get; }

    /// <summary>What is expected.</summary>
    public IReadOnlyDictionary<string, ExpectedKey> Right { get; }

    /// <summary>Names on both sides.</summary>
    public int Common { get; }

    /// <summary>Expected and not there, in the order of the expectation.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>There and not expected, in the order of the file.</summary>
    public List<string> Unexpected { get; } = [];

    /// <summary>On both sides in different shapes, in the order of the expectation.</summary>
    public List<string> Shapes { get; } = [];

    /// <summary>How many mismatches there are; element types are none.</summary>
    public int Mismatches => Missing.Count + Unexpected.Count + Shapes.Count;

    public bool IsMissing(string name) => Right.ContainsKey(name) && Left.ShapeOf(name) is null;

    public bool IsUnexpected(string name) => !Right.ContainsKey(name) && Left.ShapeOf(name) is not null;

    public IReadOnlyList<long> LeftShape(string name) => Left.Keys[name].Key.Shape;

    public IReadOnlyList<long> RightShape(string name) => Right[name].Shape;

    /// <summary>The shape on whichever side has the name.</summary>
    public IReadOnlyList<long> AnyShape(string name) => Left.ShapeOf(name) ?? Right[name].Shape;

    /// <summary>The same two sides without the mismatches that are accounted for.</summary>
    public KeyComparison Without(IReadOnlySet<string> settled) => new(this, settled);

    /// <summary>The missing names in the form that all spellings share.</summary>
    public HashSet<string> CanonicalMissing => canonicalMissing ??= [.. Missing.Select(KeySpelling.Canonical)];

    /// <summary>The unexpected names in the form that all spellings share.</summary>
    public HashSet<string> CanonicalUnexpected => canonicalUnexpected ??= [.. Unexpected.Select(KeySpelling.Canonical)];

    /// <summary>Names that differ even where spellings do not count: a change that lowers only this number clears the way for another.</summary>
    public int CanonicalMismatches()
        => CanonicalUnexpected.Count + CanonicalMissing.Count - (2 * CanonicalUnexpected.Count(CanonicalMissing.Contains));
}
