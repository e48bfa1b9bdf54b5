using ModelGate.Architecture.Causes.Shapes;
using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Architecture.Families.Hyperparameters;
using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Outlines.Differences;
using ModelGate.Architecture.Remapping;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;

namespace ModelGate.Architecture.Comparison;

/// <summary>Two models side by side: their keys, why those differ, and how far the weights do.</summary>
/// <param name="Keys">How the keys differ.</param>
/// <param name="Diagnosis">Why, and which mapping resolves it.</param>
/// <param name="Modules">The keys by module, sorted ordinally.</param>
internal sealed record ModelDifference(KeyComparison Keys, Diagnosis Diagnosis, IReadOnlyList<ModuleDifferenceCount> Modules)
{
    /// <summary>What differs of the weights that both sides hold, the left ones under the mapping, sorted by name; empty where none does or none were read.</summary>
    public IReadOnlyList<(string Name, TensorDifference Difference)> Tensors { get; private init; } = [];

    /// <summary>How many tensors were compared by content.</summary>
    public int ComparedTensors { get; private init; }

    /// <summary>The modules that the two sides build differently, when the mapping is applied.</summary>
    public IReadOnlyList<ModuleOutlines> Outlines { get; private init; } = [];

    /// <summary>What names and shapes cannot tell, one sentence each.</summary>
    public IReadOnlyList<SafeText> Notes { get; private init; } = [];

    /// <summary>Whether anything differs: keys, shapes, element types or numbers.</summary>
    public bool Differs => Keys.Mismatches > 0 || Keys.DTypeDifferences.Count > 0 || Tensors.Count > 0;

    /// <summary>
    /// Compares two artifacts; null where one of them states no keys. Of two manifests, a bare shape beside one that states its type stands
    /// for float32, PyTorch's default; against a checkpoint, it stands for any type.
    /// </summary>
    /// <exception cref="ArtifactFault">A tensor cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ModelDifference? Of(Artifact left, Artifact right, CancellationToken cancellation = default)
    {
        if ((ModelKeys.Of(left), ModelKeys.Of(right)) is not ({ } there, { } expected))
        {
            return null;
        }

        var keys = KeyComparison.Of(there, expected, left is KeyManifest && right is KeyManifest ? "float32" : null, TiedWeights.Of(left, right));
        var diagnosis = Diagnosis.Of(keys);
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

        return new ModelDifference(keys, diagnosis, ModuleDifferenceCount.Of(keys))
        {
            Tensors = tensors,
            ComparedTensors = compared,
            Notes = [.. diagnosis.Families.IsEmpty ? [] : new[] { diagnosis.Families }, .. Ambiguities(keys), .. OfFile("the left side", left, diagnosis.Causes.Any(c => c.Name == EmptyElements.Name)), .. OfFile("the right side", right, false)],
            Outlines = StructureDifference.Of(keys, diagnosis, cancellation),
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

    // What lies beside or around the weights, and decides whether a loader gets them.
    private static IEnumerable<SafeText> OfFile(string side, Artifact artifact, bool isDiagnosed)
    {
        if (artifact is not Checkpoint checkpoint)
        {
            yield break;
        }

        if (checkpoint.Format == "torchscript")
        {
            yield return SafeText.Of($"{side} is a TorchScript program: load_state_dict takes no program, and torch.jit.load(FILE).state_dict() gives its state_dict");
        }

        if (!isDiagnosed && EmptyTensors.Problem(checkpoint) is { IsEmpty: false } problem)
        {
            yield return SafeText.Of($"{side}: {problem}");
        }

        if (AverageNotes.Of(checkpoint) is { IsEmpty: false } second)
        {
            yield return SafeText.Of($"{side} {second}; --state-dict chooses another container");
        }
    }

    private static SafeText[] Ambiguities(KeyComparison keys)
    {
        (string Side, FamilyTensors Tensors)[] sides =
        [
            ("the left side", new FamilyTensors(keys.Left.Names, keys.Left.ShapeOf)),
            ("the right side", new FamilyTensors(keys.Right.Keys, n => keys.Right.GetValueOrDefault(n)?.Shape)),
        ];
        return
        [
            .. sides.Select(s => (s.Side, Variants: FamilyVariants.Of(ModelFamilies.All, s.Tensors))).Where(s => s.Variants?.Fitting.Count > 1)
                .Select(s => SafeText.Of($"{s.Side} is {string.Join(" or ", s.Variants!.Labels)}: names and shapes cannot tell which")),
        ];
    }
}
