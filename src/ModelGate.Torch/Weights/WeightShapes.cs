using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;

namespace ModelGate.Torch.Weights;

/// <summary>The shapes of a state_dict, whatever the spelling of its weight norm: what they show of the network.</summary>
/// <param name="weights">The tensors by key.</param>
internal sealed class WeightShapes(IReadOnlyDictionary<string, TensorEntry> weights)
{
    /// <summary>The shape of a module's weight, under weight norm that of its direction; null where there is none.</summary>
    public IReadOnlyList<long>? Weight(string module)
        => (weights.GetValueOrDefault($"{module}.weight") ?? weights.GetValueOrDefault($"{module}.weight_v") ?? weights.GetValueOrDefault(WeightNormKeys.New($"{module}.weight_v")!))?.Shape;

    /// <summary>The shape of a tensor, or null.</summary>
    public IReadOnlyList<long>? Tensor(string key) => weights.GetValueOrDefault(key)?.Shape;

    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Has(string key) => weights.ContainsKey(key);

    /// <summary>The shapes of modules that are counted from zero, up to the first that is not there; each has three dimensions.</summary>
    public IEnumerable<IReadOnlyList<long>> Counted(Func<int, string> module)
    {
        for (var i = 0; Weight(module(i)) is { Count: 3 } shape; i++)
        {
            yield return shape;
        }
    }

    /// <summary>How many modules there are, counted from zero.</summary>
    public int Count(Func<int, string> module)
    {
        var count = 0;
        while (Weight(module(count)) is not null)
        {
            count++;
        }

        return count;
    }
}
