using ModelGate.Architecture.Outlines.Layers;

namespace ModelGate.Architecture.Outlines;

/// <summary>A part of a network: a layer, a tensor, a list, or a module that gets a class.</summary>
internal abstract class OutlinePart
{
    /// <summary>Where its numbers start among those of the outline.</summary>
    public int Start { get; init; }

    /// <summary>How many numbers it has, with those of all below it.</summary>
    public int Length { get; set; }

    /// <summary>How many classes are nested in it, itself included.</summary>
    public int Height { get; set; }

    /// <summary>Equal for parts that differ in numbers alone; set when the classes below it are known.</summary>
    public int Skeleton { get; set; } = -1;
}

/// <summary>A layer or a tensor: one call.</summary>
/// <param name="call">The call.</param>
/// <param name="remarks">What names and shapes do not tell.</param>
internal sealed class CallPart(CallTemplate call, IReadOnlyList<string> remarks) : OutlinePart
{
    public CallTemplate Call { get; } = call;

    public IReadOnlyList<string> Remarks { get; } = remarks;
}

/// <summary>What a list of modules is.</summary>
internal enum ListKind
{
    /// <summary>Modules by number.</summary>
    ModuleList,

    /// <summary>Layers one after the other.</summary>
    Sequential,

    /// <summary>Modules by names that are no identifiers, or by scattered numbers.</summary>
    ModuleDict,

    /// <summary>Parameters by number.</summary>
    ParameterList,
}

/// <summary>A list of parts.</summary>
/// <param name="kind">What holds them.</param>
/// <param name="entries">The parts in order.</param>
/// <param name="keys">One an entry in a dictionary; text from the file. Empty elsewhere.</param>
internal sealed class ListPart(ListKind kind, IReadOnlyList<OutlinePart> entries, IReadOnlyList<string> keys) : OutlinePart
{
    public ListKind Kind { get; } = kind;

    public IReadOnlyList<OutlinePart> Entries { get; } = entries;

    public IReadOnlyList<string> Keys { get; } = keys;
}

/// <summary>A module that gets a class.</summary>
/// <param name="place">The module's name.</param>
/// <param name="attribute">The attribute that holds it, or the list that it is in; empty for the root. Text from the file.</param>
/// <param name="isEntry">Whether it is an entry of a list.</param>
/// <param name="around">The attribute around that one.</param>
/// <param name="members">What it holds.</param>
internal sealed class ModulePart(string place, string attribute, bool isEntry, string around, IReadOnlyList<OutlineMember> members) : OutlinePart
{
    public string Place { get; } = place;

    public string Attribute { get; } = attribute;

    public bool IsEntry { get; } = isEntry;

    public string Around { get; } = around;

    public IReadOnlyList<OutlineMember> Members { get; } = members;

    /// <summary>Its class; set when the numbers of all modules with its skeleton are known.</summary>
    public OutlineClass? Class { get; set; }
}

/// <summary>What a module's name stands for.</summary>
internal enum MemberKind
{
    Module,
    Parameter,
    Buffer,
}

/// <summary>An attribute of a module.</summary>
/// <param name="Name">Text from the file.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Part">What is in it.</param>
internal readonly record struct OutlineMember(string Name, MemberKind Kind, OutlinePart Part);
