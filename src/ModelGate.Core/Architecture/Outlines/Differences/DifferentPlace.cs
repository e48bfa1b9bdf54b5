using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Outlines.Tree;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Outlines.Differences;

/// <summary>A module that both sides have and build differently.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Left">What there is.</param>
/// <param name="Right">What is expected.</param>
/// <param name="LeftShown">The modules below it on the left that the other side does not have alike.</param>
/// <param name="RightShown">Those on the right.</param>
/// <param name="WithTensors">Whether its own tensors differ.</param>
internal sealed record DifferentPlace(string Path, ModuleNode Left, ModuleNode Right, IReadOnlyList<string> LeftShown, IReadOnlyList<string> RightShown, bool WithTensors)
{
    // Enough for what is shown of one module.
    private const int MostKeys = 4000;

    /// <summary>Equal for places that differ in indices alone.</summary>
    public string Kind => $"{KeyName.Pattern(Path)}\n{string.Join('\n', LeftShown)}\n\n{string.Join('\n', RightShown)}\n{WithTensors}";

    /// <summary>How many parts its name has.</summary>
    public int Depth => Path.Length == 0 ? 0 : 1 + Path.AsSpan().Count('.');

    /// <summary>The attribute that holds it, or the list that it is in.</summary>
    public string Attribute => Path.Split('.').LastOrDefault(p => !KeyName.IsIndex(p)) ?? "";

    /// <summary>Whether it is an entry of a list.</summary>
    public bool IsEntry => KeyName.IsIndex(KeyName.Leaf(Path));

    /// <summary>The keys to show of the left side, by their names below it.</summary>
    public List<KeyValuePair<string, ExpectedKey>> LeftKeys() => Keys(Left, LeftShown);

    /// <summary>The keys to show of the right side.</summary>
    public List<KeyValuePair<string, ExpectedKey>> RightKeys() => Keys(Right, RightShown);

    private List<KeyValuePair<string, ExpectedKey>> Keys(ModuleNode node, IReadOnlyList<string> shown)
    {
        var keys = new List<KeyValuePair<string, ExpectedKey>>();
        if (WithTensors)
        {
            Add(node.Tensors, "", keys);
        }

        var names = shown.ToHashSet(StringComparer.Ordinal);
        foreach (var module in node.Modules.Where(m => names.Contains(m.Name)))
        {
            Add(module, module.Name + ".", keys);
        }

        return keys;
    }

    private static void Add(ModuleNode node, string prefix, List<KeyValuePair<string, ExpectedKey>> keys)
    {
        Add(node.Tensors, prefix, keys);
        foreach (var module in node.Modules)
        {
            if (keys.Count > MostKeys)
            {
                return;
            }

            Add(module, prefix + module.Name + ".", keys);
        }
    }

    private static void Add(List<ModuleTensor> tensors, string prefix, List<KeyValuePair<string, ExpectedKey>> keys)
        => keys.AddRange(tensors.Select(t => KeyValuePair.Create(prefix + t.Name, new ExpectedKey(t.Shape, t.DType))));
}
