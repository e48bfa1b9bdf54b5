using ModelGate.Architecture.Outlines.Tree;

namespace ModelGate.Architecture.Outlines.Differences;

/// <summary>Looks for the innermost modules that two trees build differently.</summary>
internal static class PlaceSearch
{
    /// <summary>What comes of two modules of one name.</summary>
    public enum Found
    {
        /// <summary>They are alike.</summary>
        Same,

        /// <summary>They differ, in places inside them.</summary>
        Inside,

        /// <summary>They differ as a whole: a layer in its tensors, a list in its length.</summary>
        Whole,
    }

    /// <summary>Compares two modules of one name.</summary>
    /// <param name="left">What there is.</param>
    /// <param name="right">What is expected.</param>
    /// <param name="path">The name.</param>
    /// <param name="places">Receives the places.</param>
    public static Found Of(ModuleNode left, ModuleNode right, string path, List<DifferentPlace> places)
    {
        var tensors = !AreAlike(left.Tensors, right.Tensors);
        if (IsLayer(left) || IsLayer(right) || left.IsList != right.IsList)
        {
            return tensors || !AreAlike(left, right) ? Found.Whole : Found.Same;
        }

        var (found, shownLeft, shownRight) = (Found.Same, new List<string>(), new List<string>());
        foreach (var module in left.Modules)
        {
            if (right.Find(module.Name) is not { } other)
            {
                shownLeft.Add(module.Name);
                continue;
            }

            var below = Of(module, other, path.Length == 0 ? module.Name : path + "." + module.Name, places);
            if (below == Found.Whole)
            {
                shownLeft.Add(module.Name);
                shownRight.Add(module.Name);
            }
            else if (below == Found.Inside)
            {
                found = Found.Inside;
            }
        }

        shownRight.AddRange(right.Modules.Where(m => left.Find(m.Name) is null).Select(m => m.Name));
        if (!tensors && shownLeft.Count == 0 && shownRight.Count == 0)
        {
            return found;
        }

        // A list is shown as what it is in: its length is what differs.
        if (left.IsList)
        {
            return Found.Whole;
        }

        places.Add(new DifferentPlace(path, left, right, shownLeft, shownRight, tensors));
        return Found.Inside;
    }

    // No modules below it but what belongs to a layer of PyTorch.
    private static bool IsLayer(ModuleNode node) => node.Tensors.Count > 0 && node.Modules.TrueForAll(m => m.Name == "out_proj") || node.Modules is [{ Name: "parametrizations" }];

    private static bool AreAlike(ModuleNode left, ModuleNode right)
        => AreAlike(left.Tensors, right.Tensors) && left.Modules.Count == right.Modules.Count
            && left.Modules.TrueForAll(m => right.Find(m.Name) is { } other && AreAlike(m, other));

    private static bool AreAlike(List<ModuleTensor> left, List<ModuleTensor> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        var shapes = right.ToDictionary(t => t.Name, t => t.Shape, StringComparer.Ordinal);
        return left.TrueForAll(t => shapes.TryGetValue(t.Name, out var shape) && (ReferenceEquals(shape, t.Shape) || shape.SequenceEqual(t.Shape)));
    }
}
