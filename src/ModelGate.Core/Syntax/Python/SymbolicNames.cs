using System.Collections.Frozen;

namespace ModelGate.Syntax.Python;

/// <summary>The functions that expressions of sizes call: SymPy's own, and those of torch.utils._sympy.functions.</summary>
internal static class SymbolicNames
{
    /// <summary>Functions that may be called with any arguments of the grammar.</summary>
    public static FrozenSet<string> Functions { get; } = new[]
    {
        "FloorDiv", "ModularIndexing", "Where", "PythonMod", "Mod", "CleanDiv", "CeilDiv", "CeilToInt", "FloorToInt", "TruncToInt", "TruncToFloat", "RoundToInt", "RoundDecimal", "ToFloat",
        "FloatTrueDiv", "IntTrueDiv", "Identity", "IsNonOverlappingAndDenseIndicator", "Max", "Min", "Abs", "Eq", "Ne", "Lt", "Le", "Gt", "Ge", "And", "Or", "Not", "Xor", "floor", "ceiling", "sqrt", "log",
        "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan", "Piecewise", "ExprCondPair", "Rational", "Integer", "Float",
        "OpaqueUnaryFn_sqrt", "OpaqueUnaryFn_cos", "OpaqueUnaryFn_cosh", "OpaqueUnaryFn_sin", "OpaqueUnaryFn_sinh", "OpaqueUnaryFn_tan", "OpaqueUnaryFn_tanh", "OpaqueUnaryFn_asin", "OpaqueUnaryFn_acos",
        "OpaqueUnaryFn_atan", "OpaqueUnaryFn_exp", "OpaqueUnaryFn_log", "OpaqueUnaryFn_log2", "OpaqueUnaryFn_asinh", "BitwiseFn_bitwise_and", "BitwiseFn_bitwise_or", "BitwiseFn_bitwise_xor",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Functions of a base and an exponent: what a small text can make large.</summary>
    public static FrozenSet<string> Powers { get; } = new[] { "Pow", "PowByNatural", "FloatPow", "LShift", "RShift" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What an expression may ask of an input.</summary>
    public static FrozenSet<string> Methods { get; } = new[] { "size", "stride", "storage_offset" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Reserved = new[] { "lambda", "if", "else", "for", "in", "is", "await", "yield", "not", "and", "or" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a name may be a symbol: Python's own words may not.</summary>
    public static bool IsSymbol(string name) => !Reserved.Contains(name);
}
