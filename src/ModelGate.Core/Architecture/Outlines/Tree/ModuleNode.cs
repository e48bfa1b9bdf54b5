using System.Runtime.InteropServices;
using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Outlines.Tree;

/// <summary>A tensor right below a module.</summary>
/// <param name="Name">The last part of its key. Text from the file.</param>
/// <param name="Shape">The sizes of the dimensions.</param>
/// <param name="DType">The element type's name; null where none is stated.</param>
internal readonly record struct ModuleTensor(string Name, IReadOnlyList<long> Shape, string? DType);

/// <summary>A module as the names of a state_dict show it: its tensors and the modules below it, in the order of the file.</summary>
/// <param name="name">The part of the name that leads to it; empty for the root. Text from the file.</param>
internal sealed class ModuleNode(string name)
{
    /// <summary>Most parts of a name. Real ones have a dozen; everything that follows recurses no deeper.</summary>
    public const int Deepest = 48;

    private const int FewChildren = 8;
    private const int KeysBetweenLooks = 1 << 12;

    private Dictionary<string, ModuleNode>? byName;

    /// <summary>The part of the name that leads to it.</summary>
    public string Name { get; } = name;

    /// <summary>The modules below it.</summary>
    public List<ModuleNode> Modules { get; private set; } = [];

    /// <summary>The tensors right below it.</summary>
    public List<ModuleTensor> Tensors { get; } = [];

    /// <summary>Whether it is a list: no tensors of its own, and only numbers below it.</summary>
    public bool IsList { get; private set; }

    /// <summary>The tree of some keys.</summary>
    /// <param name="keys">Name, shape and element type of each.</param>
    /// <param name="tooDeep">How many names have more parts than <see cref="Deepest"/>; they are left out.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ModuleNode Of(IEnumerable<KeyValuePair<string, ExpectedKey>> keys, out int tooDeep, CancellationToken cancellation = default)
    {
        var root = new ModuleNode("");
        var (count, deep) = (0, 0);
        foreach (var (name, key) in keys)
        {
            if (++count % KeysBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (name.AsSpan().Count('.') >= Deepest)
            {
                deep++;
                continue;
            }

            var at = root;
            var start = 0;
            for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', start))
            {
                at = at.Child(name[start..dot]);
                start = dot + 1;
            }

            at.Tensors.Add(new ModuleTensor(name[start..], key.Shape, key.DType));
        }

        tooDeep = deep;
        root.Finish();
        return root;
    }

    /// <summary>The module of a name right below it, or null.</summary>
    public ModuleNode? Find(string part) => byName is not null ? byName.GetValueOrDefault(part) : Modules.Find(m => m.Name == part);

    // Lists in the order of their indices, whatever the order of the file; and what was needed for building is given back.
    private void Finish()
    {
        IsList = Tensors.Count == 0 && Modules.Count > 0 && Modules.TrueForAll(m => KeyName.IsIndex(m.Name));
        if (IsList)
        {
            Modules = [.. Modules.OrderBy(m => int.Parse(m.Name, System.Globalization.CultureInfo.InvariantCulture))];
        }

        foreach (var module in Modules)
        {
            module.Finish();
        }
    }

    private ModuleNode Child(string part)
    {
        if (byName is not null)
        {
            ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(byName, part, out _);
            if (slot is null)
            {
                Modules.Add(slot = new ModuleNode(part));
            }

            return slot;
        }

        // Keys of one module mostly stand together.
        for (var i = Modules.Count - 1; i >= 0; i--)
        {
            if (Modules[i].Name == part)
            {
                return Modules[i];
            }
        }

        var child = new ModuleNode(part);
        Modules.Add(child);
        if (Modules.Count > FewChildren)
        {
            byName = Modules.ToDictionary(m => m.Name, StringComparer.Ordinal);
        }

        return child;
    }
}
