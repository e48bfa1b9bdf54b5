using ModelGate.Architecture.Keys;
using ModelGate.Torch.Networks;

namespace ModelGate.Torch.Weights;

/// <summary>How keys name a weight under weight norm.</summary>
internal enum Spelling
{
    /// <summary><c>weight_g</c> and <c>weight_v</c>.</summary>
    WeightNorm,

    /// <summary><c>parametrizations.weight.original0</c> and <c>original1</c>.</summary>
    Parametrized,

    /// <summary><c>weight</c>: folded, as remove_weight_norm leaves it.</summary>
    Removed,
}

/// <summary>Keys in each spelling.</summary>
internal static class Spellings
{
    /// <summary>All of them, in the order in which they are looked for.</summary>
    public static IReadOnlyList<Spelling> All { get; } = [Spelling.WeightNorm, Spelling.Parametrized, Spelling.Removed];

    /// <summary>The name in an answer.</summary>
    public static string NameOf(this Spelling spelling) => spelling switch
    {
        Spelling.WeightNorm => "weight_norm",
        Spelling.Parametrized => "parametrized",
        _ => "removed",
    };

    /// <summary>The keys and shapes of a slot in a spelling: one, or magnitude and direction.</summary>
    public static IEnumerable<(string Key, IReadOnlyList<long> Shape)> KeysOf(this Slot slot, Spelling spelling)
    {
        if (!slot.IsNormed || spelling == Spelling.Removed)
        {
            yield return (slot.Name, slot.Shape);
            yield break;
        }

        var (magnitude, direction) = ($"{slot.Name}_g", $"{slot.Name}_v");
        yield return (spelling == Spelling.WeightNorm ? magnitude : WeightNormKeys.New(magnitude)!, slot.MagnitudeShape);
        yield return (spelling == Spelling.WeightNorm ? direction : WeightNormKeys.New(direction)!, slot.Shape);
    }
}
