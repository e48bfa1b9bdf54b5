using ModelGate.Artifacts;
using ModelGate.ModelRuns;
using ModelGate.Torch.Networks;
using static TorchSharp.torch;

namespace ModelGate.Torch.Weights;

/// <summary>Puts the tensors of a file into the slots of a network: each key once, each slot set, and what is left over on either side reported.</summary>
internal sealed class StrictLoading
{
    private readonly IReadOnlyDictionary<string, TensorEntry> weights;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly List<string> missing = [];
    private readonly List<UnequalShape> shapes = [];
    private long parameters;
    private int tensors;

    private StrictLoading(IReadOnlyDictionary<string, TensorEntry> weights) => this.weights = weights;

    /// <summary>Loads, and folds weight norm.</summary>
    /// <exception cref="ModelException">The elements of a tensor cannot be read.</exception>
    public static LoadReport Into(IReadOnlyList<Slot> slots, IReadOnlyDictionary<string, TensorEntry> weights)
    {
        var loading = new StrictLoading(weights);
        var normed = slots.Where(s => s.IsNormed).ToList();
        var usual = loading.UsualSpelling(normed);
        var spellings = new HashSet<Spelling>();
        foreach (var slot in slots)
        {
            var spelling = slot.IsNormed ? loading.SpellingOf(slot) ?? usual : Spelling.Removed;
            if (slot.IsNormed)
            {
                spellings.Add(spelling);
            }

            loading.Load(slot, spelling);
        }

        var unexpected = weights.Keys.Where(k => !loading.used.Contains(k)).Order(StringComparer.Ordinal).ToList();
        var named = spellings.Count == 0 ? null : spellings.Count == 1 ? spellings.First().NameOf() : "mixed";
        return new LoadReport(loading.parameters, loading.tensors, loading.missing, unexpected, loading.shapes, named);
    }

    // A slot of which the file has nothing is missed in the spelling of most of the others.
    private Spelling UsualSpelling(List<Slot> normed)
        => Spellings.All.MaxBy(spelling => normed.Count(s => SpellingOf(s) == spelling));

    // Magnitude or direction alone are that spelling with the other one missing.
    private Spelling? SpellingOf(Slot slot)
    {
        foreach (var spelling in Spellings.All)
        {
            if (slot.KeysOf(spelling).Any(k => weights.ContainsKey(k.Key)))
            {
                return spelling;
            }
        }

        return null;
    }

    private void Load(Slot slot, Spelling spelling)
    {
        var keys = slot.KeysOf(spelling).ToList();
        var found = keys.Select(k => Take(k.Key, k.Shape)).ToList();
        if (found.Contains(null))
        {
            return;
        }

        if (found is [var magnitude, var direction])
        {
            using var g = TensorElements.Single(magnitude!);
            using var v = TensorElements.Single(direction!);
            slot.Set(Fold(g, v));
        }
        else
        {
            slot.Set(TensorElements.Single(found[0]!));
        }

        parameters += found.Sum(f => f!.Elements);
        tensors += found.Count;
    }

    private TensorEntry? Take(string key, IReadOnlyList<long> shape)
    {
        if (weights.GetValueOrDefault(key) is not { } entry)
        {
            missing.Add(key);
            return null;
        }

        used.Add(key);
        if (entry.Shape.SequenceEqual(shape))
        {
            return entry;
        }

        shapes.Add(new UnequalShape(key, shape, entry.Shape));
        return null;
    }

    // PyTorch's weight norm with dim 0: each first index has its own length.
    private static Tensor Fold(Tensor magnitude, Tensor direction)
    {
        using var scope = NewDisposeScope();
        var length = direction.reshape(direction.shape[0], -1).norm(1, keepdim: true).reshape(magnitude.shape);
        return direction.mul(magnitude.div(length)).MoveToOuterDisposeScope();
    }
}
