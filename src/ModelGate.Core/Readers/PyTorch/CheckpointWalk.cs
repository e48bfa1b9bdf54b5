using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;
using ModelGate.Syntax.Pickle.Calls;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>Walks from the root of a checkpoint to every tensor and scalar, and names each by its path.</summary>
/// <param name="data">Makes tensors readable.</param>
internal sealed class CheckpointWalk(TensorDataFactory data, ReadBudget budget)
{
    private const int CharactersPerStep = 64;
    private const int MostRivals = 4;

    private readonly TensorPresence presence = new();
    private readonly MetadataCollection metadata = new();
    private readonly List<TensorEntry> tensors = [];
    private readonly List<SafeText> warnings = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Stack<Step> path = new();
    private readonly HashSet<PickleValue> open = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PickleValue> described = new(ReferenceEqualityComparer.Instance);

    /// <summary>The checkpoint that the root value describes.</summary>
    public Checkpoint Run(PickleValue root, string format, GlobalLog log, IEnumerable<SafeText> noticed)
    {
        if (!Visit("", root, false))
        {
            metadata.Add("", root, budget);
        }

        while (path.TryPeek(out var step))
        {
            if (!step.Rest.MoveNext())
            {
                path.Pop();
                open.Remove(step.Value);
                continue;
            }

            var (key, value) = step.Rest.Current;
            budget.Step(1 + ((step.Name.Length + key.Length) / CharactersPerStep));
            var name = step.Name.Length == 0 && path.Count == 1 ? key : $"{step.Name}.{key}";
            var inOptimizer = step.InOptimizer || key.StartsWith("optim", StringComparison.OrdinalIgnoreCase);
            if (!Visit(name, value, inOptimizer) && MetadataCollection.IsOfInterest(key, inOptimizer))
            {
                metadata.Add(name, value, budget);
            }
        }

        var stateDict = StateDictPath.Find(root, presence);
        var checkpoint = new Checkpoint(format, tensors, stateDict, metadata.Entries, log.ToList());
        var rivals = StateDictPath.Beside(root, stateDict, presence).Where(r => IsTwin(checkpoint.In(r), checkpoint.Weights)).ToArray();
        if (rivals.Length > 0)
        {
            warnings.Note(SafeText.Of($"tensors of the same names and shapes are in {SafeText.Join(", ", [SafeText.From(stateDict), .. rivals.Take(MostRivals).Select(r => SafeText.From(r))])}: a loader may take any of them"));
        }

        return checkpoint with { Warnings = [.. noticed.Concat(warnings)], Rivals = rivals, UnknownOpcode = log.UnknownOpcode };
    }

    // Half of the smaller one's tensors fit into the place of the other one's: the same program could load either.
    private static bool IsTwin(IReadOnlyDictionary<string, TensorEntry> rival, IReadOnlyDictionary<string, TensorEntry> weights)
    {
        var common = rival.Count(r => weights.TryGetValue(r.Key, out var other) && other.Shape.SequenceEqual(r.Value.Shape));
        return common > 0 && common * 2 >= Math.Min(rival.Count, weights.Count);
    }

    // True where the value is a tensor or something to walk into; false where it can only be metadata.
    private bool Visit(string name, PickleValue value, bool inOptimizer)
    {
        switch (value)
        {
            case PickleTensor tensor:
                Add(name, tensor);
                return true;
            case PickleUnbuiltTensor { Tensor: { } tensor }:
                Add(name, tensor);
                return true;
            case PickleNestedTensor:
                warnings.Note(SafeText.Of($"{name} is a nested tensor, which has no single shape: it is not listed"));
                return true;
            default:
                if (!presence.In(value) && !(path.Count < MetadataCollection.Deepest && metadata.IsWalked(value)))
                {
                    return false;
                }

                Open(name, value, inOptimizer);
                return true;
        }
    }

    private void Open(string name, PickleValue value, bool inOptimizer)
    {
        if (path.Count >= budget.Limits.Nesting)
        {
            throw ReadBudget.Exceeded(nameof(ReadLimits.Nesting), SafeText.Of($"{name} is nested too deep"));
        }

        if (!open.Add(value))
        {
            if (presence.In(value))
            {
                throw new ArtifactFault(FaultReason.Cycle, SafeText.Of($"{name} contains itself"));
            }

            return;
        }

        if (!presence.In(value) && !described.Add(value))
        {
            // Without tensors it is listed once, wherever else it is referred to.
            open.Remove(value);
            return;
        }

        if (value is PickleDict { HasDuplicates: true } dict)
        {
            if (dict.Entries.Any(e => TensorPresence.IsTensor(e.Value)))
            {
                throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"{(name.Length == 0 ? "the root" : name)} sets a key twice beside its tensors"));
            }

            warnings.Note(SafeText.Of($"{(name.Length == 0 ? "the root" : name)} sets a key twice: the last value counts"));
        }

        path.Push(new Step(name, value, inOptimizer, MetadataCollection.Named(value).GetEnumerator()));
    }

    private void Add(string name, PickleTensor tensor)
    {
        ReadBudget.Require(tensors.Count + 1, budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of tensors");
        if (!names.Add(name))
        {
            // One loader takes the one, another the other.
            throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"two tensors have the path {name}"));
        }

        tensors.Add(AdmittedTensor.Of(new TensorEntry(name, tensor.Type, tensor.Shape, tensor.Elements, data.Create(tensor)), budget));
    }

    private sealed record Step(string Name, PickleValue Value, bool InOptimizer, IEnumerator<KeyValuePair<string, PickleValue>> Rest);
}
