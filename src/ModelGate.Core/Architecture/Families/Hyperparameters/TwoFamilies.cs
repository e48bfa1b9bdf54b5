using ModelGate.Architecture.Families.Expressions;
using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Families.Hyperparameters;

/// <summary>Two networks of two families, such as coqui's VITS and the original: keys that differ are then those of another program.</summary>
internal static class TwoFamilies
{
    /// <summary>Which family each side is of; empty where they are of one, or one is of none that is known.</summary>
    public static SafeText Of(KeyComparison keys)
        => ModelFamilies.All.Recognize(new FamilyTensors(keys.Left.Names, keys.Left.ShapeOf)) is { } left
            && ModelFamilies.All.Recognize(new FamilyTensors(keys.Right.Keys, n => keys.Right.GetValueOrDefault(n)?.Shape)) is { } right && left.Name != right.Name
            ? SafeText.Of($"the checkpoint is of the family {left.Name} ({left.Title}), and the model of {right.Name} ({right.Title})")
            : SafeText.Empty;
}
