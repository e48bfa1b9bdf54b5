using ModelGate.Artifacts;

namespace ModelGate.Architecture;

/// <summary>How the keys of a checkpoint differ from those expected.</summary>
/// <param name="Common">How many names stand on both sides.</param>
/// <param name="Missing">Names that are expected and not there, sorted ordinally.</param>
/// <param name="Unexpected">Names that are there and not expected, sorted ordinally.</param>
/// <param name="Shapes">Names on both sides whose shapes differ, sorted ordinally.</param>
/// <param name="DTypes">Names on both sides whose stated element types differ, sorted ordinally.</param>
internal sealed record KeyDifference(
    int Common,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unexpected,
    IReadOnlyList<ShapeDifference> Shapes,
    IReadOnlyList<DTypeDifference> DTypes)
{
    /// <summary>How many mismatches there are; element types are none, since a loader converts them.</summary>
    public int Mismatches => Missing.Count + Unexpected.Count + Shapes.Count;

    /// <summary>Compares a state_dict with what is expected of it.</summary>
    /// <param name="weights">What there is.</param>
    /// <param name="expected">What there should be.</param>
    public static KeyDifference Between(IReadOnlyDictionary<string, TensorEntry> weights, IReadOnlyDictionary<string, ExpectedKey> expected)
        => Between(ModelKeys.Of(weights), expected);

    /// <summary>Compares keys with those expected; an element type that either side does not state does not differ.</summary>
    /// <param name="weights">What there is.</param>
    /// <param name="expected">What there should be.</param>
    public static KeyDifference Between(IReadOnlyDictionary<string, ExpectedKey> weights, IReadOnlyDictionary<string, ExpectedKey> expected)
    {
        var missing = new List<string>();
        var shapes = new List<ShapeDifference>();
        var dtypes = new List<DTypeDifference>();
        foreach (var (name, key) in expected)
        {
            if (!weights.TryGetValue(name, out var tensor))
            {
                missing.Add(name);
                continue;
            }

            if (!tensor.Shape.SequenceEqual(key.Shape))
            {
                shapes.Add(new ShapeDifference(name, tensor.Shape, key.Shape));
            }

            if (key.DType is { } dtype && tensor.DType is { } found && !string.Equals(dtype, found, StringComparison.Ordinal))
            {
                dtypes.Add(new DTypeDifference(name, found, dtype));
            }
        }

        var unexpected = weights.Keys.Where(name => !expected.ContainsKey(name)).Order(StringComparer.Ordinal).ToArray();
        missing.Sort(StringComparer.Ordinal);
        shapes.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        dtypes.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new KeyDifference(expected.Count - missing.Count, missing, unexpected, shapes, dtypes);
    }
}

/// <summary>A key whose shape is not the expected one.</summary>
/// <param name="Name">The key. Text from the file.</param>
/// <param name="Found">The shape that there is.</param>
/// <param name="Expected">The shape that there should be.</param>
internal sealed record ShapeDifference(string Name, IReadOnlyList<long> Found, IReadOnlyList<long> Expected);

/// <summary>A key whose element type is not the expected one.</summary>
/// <param name="Name">The key. Text from the file.</param>
/// <param name="Found">The type that there is.</param>
/// <param name="Expected">The type that there should be. Text from the file.</param>
internal sealed record DTypeDifference(string Name, string Found, string Expected);
