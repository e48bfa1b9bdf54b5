using System.Collections.Frozen;

namespace ModelGate.Architecture.Outlines.Layers;

/// <summary>Element types as a module declares them.</summary>
internal static class TensorTypes
{
    // What a parameter cannot have: no gradient is defined for it.
    private static readonly FrozenSet<string> Exact = FrozenSet.ToFrozenSet(
        ["uint8", "int8", "int16", "int32", "int64", "uint16", "uint32", "uint64", "bool", "qint8", "quint8", "qint32"], StringComparer.Ordinal);

    /// <summary>Whether a type holds integers or truth values.</summary>
    public static bool IsExact(string? type) => type is not null && Exact.Contains(type);

    /// <summary>The argument that declares a type; empty where PyTorch's default will do: loading converts between floating-point types.</summary>
    public static string Argument(string? type) => type switch
    {
        "complex64" or "complex128" => ", dtype=torch." + type,
        not null when IsExact(type) && type[0] != 'q' => ", dtype=torch." + type,
        _ => "",
    };
}
