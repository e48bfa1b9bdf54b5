namespace ModelGate.Runs;

/// <summary>A place in a file that a person wrote.</summary>
/// <param name="File">The file's path as the user knows it; empty where no file says it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 code units, from 1.</param>
internal readonly record struct SourcePosition(SafeText File, int Line, int Column)
{
    /// <summary>The place of what no file says: the defaults of a trainer that was recognised.</summary>
    public static SourcePosition None { get; } = new(default, 1, 1);

    /// <summary>As compilers print it: <c>gate.config.json(12,5)</c>.</summary>
    public override string ToString() => $"{File}({Line},{Column})";
}
