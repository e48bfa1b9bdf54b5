using ModelGate.Architecture.Causes;
using ModelGate.Architecture.Remapping;
using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Architecture;

/// <summary>Two models side by side: their keys, why those differ, and how far the weights do.</summary>
/// <param name="Keys">How the keys differ.</param>
/// <param name="Diagnosis">Why, and what mends it.</param>
/// <param name="Modules">The keys by module, sorted ordinally.</param>
/// <param name="Expected">The keys of the right side.</param>
internal sealed record ModelDifference(
    KeyDifference Keys, Diagnosis Diagnosis, IReadOnlyList<ModuleDifferenceCount> Modules, IReadOnlyDictionary<string, ExpectedKey> Expected)
{
    /// <summary>What differs of the weights that both sides hold, the left ones under the mapping, sorted by name; empty where none does or none were read.</summary>
    public IReadOnlyList<(string Name, TensorDifference Difference)> Tensors { get; private init; } = [];

    /// <summary>How many tensors were compared by content.</summary>
    public int ComparedTensors { get; private init; }

    /// <summary>What names and shapes cannot tell, one sentence each.</summary>
    public IReadOnlyList<SafeText> Notes { get; private init; } = [];

    /// <summary>Whether anything differs: keys, shapes, element types or numbers.</summary>
    public bool Differs => Keys.Mismatches > 0 || Keys.DTypes.Count > 0 || Tensors.Count > 0;

    /// <summary>Compares two artifacts; null where one of them states no keys.</summary>
    /// <exception cref="Faults.ArtifactFault">A tensor cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public static ModelDifference? Of(Artifact left, Artifact right, CancellationToken cancellation = default)
    {
        if (ModelKeys.OfBoth(left, right) is not var (there, expected))
        {
            return null;
        }

        var diagnosis = Diagnosis.Of(there, expected);
        var tensors = new List<(string, TensorDifference)>();
        var compared = 0;
        if (left is Checkpoint a && right is Checkpoint b)
        {
            foreach (var tensor in Mapped(a, diagnosis))
            {
                if (b.Weights.TryGetValue(tensor.Name, out var other) && TensorDifference.Measure(tensor, other, cancellation) is { } difference)
                {
                    compared++;
                    if (difference.Different > 0)
                    {
                        tensors.Add((tensor.Name, difference));
                    }
                }
            }
        }

        var keys = KeyDifference.Between(there, expected);
        return new ModelDifference(keys, diagnosis, ByModule(keys, there, expected), expected)
        {
            Tensors = tensors,
            ComparedTensors = compared,
            Notes = Ambiguities(there, expected),
        };
    }

    // Under the mapping, weights meet that names keep apart; one that cannot be carried out leaves the names as they are.
    private static IEnumerable<TensorEntry> Mapped(Checkpoint checkpoint, Diagnosis diagnosis)
    {
        try
        {
            return Remapped.Of(checkpoint.Weights, KeyMapping.Of(diagnosis.Mapped));
        }
        catch (RemappingException)
        {
            return checkpoint.Weights.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => w.Value with { Name = w.Key });
        }
    }

    private static SafeText[] Ambiguities(IReadOnlyDictionary<string, ExpectedKey> left, IReadOnlyDictionary<string, ExpectedKey> right)
    {
        var variants = new[] { ("the left side", left), ("the right side", right) }
            .Select(s => (Side: s.Item1, Variants: KnownVariants.Of(s.Item2.Keys, n => s.Item2.TryGetValue(n, out var key) ? key.Shape : null)));
        return
        [
            .. variants.Where(v => v.Variants.Count > 1)
                .Select(v => SafeText.Of($"{v.Side} is {string.Join(" or ", v.Variants)}: names and shapes cannot tell which, its sampling rate stands elsewhere")),
        ];
    }

    // Two parts name a module well: dec.ups, enc_p.encoder.
    private static ModuleDifferenceCount[] ByModule(KeyDifference keys, IReadOnlyDictionary<string, ExpectedKey> left, IReadOnlyDictionary<string, ExpectedKey> right)
    {
        var modules = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        Count(left.Keys, 0);
        Count(right.Keys, 1);
        Count(keys.Missing, 2);
        Count(keys.Unexpected, 3);
        Count(keys.Shapes.Select(s => s.Name), 4);
        return [.. modules.Select(m => new ModuleDifferenceCount(m.Key, m.Value[0], m.Value[1], m.Value[2], m.Value[3], m.Value[4]))];

        void Count(IEnumerable<string> names, int column)
        {
            foreach (var name in names)
            {
                var module = Module(name);
                if (!modules.TryGetValue(module, out var counts))
                {
                    modules.Add(module, counts = new int[5]);
                }

                counts[column]++;
            }
        }
    }

    private static string Module(string name)
    {
        var first = name.IndexOf('.', StringComparison.Ordinal);
        var second = first < 0 ? -1 : name.IndexOf('.', first + 1);
        return second < 0 ? (first < 0 ? name : name[..first]) : name[..second];
    }
}

/// <summary>The keys of one module on both sides.</summary>
/// <param name="Module">The first two parts of the names.</param>
/// <param name="Left">Keys on the left side.</param>
/// <param name="Right">Keys on the right side.</param>
/// <param name="Missing">Keys on the right side alone.</param>
/// <param name="Unexpected">Keys on the left side alone.</param>
/// <param name="Shapes">Keys whose shapes differ.</param>
internal sealed record ModuleDifferenceCount(string Module, int Left, int Right, int Missing, int Unexpected, int Shapes);
