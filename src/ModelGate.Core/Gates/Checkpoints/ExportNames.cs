using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>Which tensors of a set an export's tensors should be, by their names and shapes and by all that is known of how names change.</summary>
/// <param name="export">The export's tensors.</param>
internal sealed class ExportNames(IReadOnlyDictionary<string, TensorDigest> export)
{
    private readonly Dictionary<string, ExpectedKey> wanted = Keys(export);
    private readonly List<(WeightSet<TensorDigest> Set, IReadOnlyDictionary<string, MappedKey> Names)> known = [];

    /// <summary>What each tensor of the export is made of in a set; a tensor that has no counterpart is left out.</summary>
    public IReadOnlyDictionary<string, MappedKey> In(WeightSet<TensorDigest> set)
    {
        // The checkpoints of a run have the same names and shapes.
        foreach (var (other, names) in known)
        {
            if (other.ByName.Count == set.ByName.Count && other.ByName.Keys.SequenceEqual(set.ByName.Keys, StringComparer.Ordinal)
                && other.ByName.Values.Zip(set.ByName.Values).All(p => p.First.Shape.SequenceEqual(p.Second.Shape)))
            {
                return names;
            }
        }

        var found = Find(set);
        known.Add((set, found));
        return found;
    }

    private Dictionary<string, MappedKey> Find(WeightSet<TensorDigest> set)
    {
        var comparison = KeyComparison.Of(Keys(set.ByName), wanted);
        var mapped = comparison.Missing.Count + comparison.Shapes.Count == 0 ? comparison.Left : Diagnosis.Of(comparison).Mapped;
        var names = new Dictionary<string, MappedKey>(wanted.Count, StringComparer.Ordinal);
        foreach (var (name, key) in wanted)
        {
            if (mapped.TryGet(name, out var source) && source.Key.Shape.SequenceEqual(key.Shape))
            {
                names.Add(name, source);
            }
        }

        return names;
    }

    private static Dictionary<string, ExpectedKey> Keys(IReadOnlyDictionary<string, TensorDigest> tensors)
        => tensors.ToDictionary(t => t.Key, t => new ExpectedKey(t.Value.Shape, null), StringComparer.Ordinal);
}
