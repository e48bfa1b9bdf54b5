using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary>Outlines for a terminal: side by side where both fit, one after the other where they do not.</summary>
internal static class ConsoleOutlines
{
    private const string Gap = "  |  ";

    /// <summary>The lines.</summary>
    /// <param name="outlines">The modules that differ.</param>
    /// <param name="found">What stands over what there is.</param>
    /// <param name="expected">What stands over what is expected.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<ModuleOutlines> outlines, SafeText found, SafeText expected, int width)
        => outlines.SelectMany(o => One(o, found.Value, expected.Value, width).Append("")).SkipLast(1);

    private static IEnumerable<string> One(ModuleOutlines outlines, string found, string expected, int width)
    {
        var where = outlines.Where.IsEmpty ? "" : outlines.Where + " ";
        string[] left = [$"{where}in {found}", .. Lines(outlines.Found)];
        string[] right = [$"{where}in {expected}", .. Lines(outlines.Expected)];
        var column = left.Max(l => l.Length);
        if (column + Gap.Length + right.Max(l => l.Length) > width)
        {
            return [.. left, "", .. right];
        }

        return Enumerable.Range(0, Math.Max(left.Length, right.Length))
            .Select(i => (i < left.Length ? left[i] : "").PadRight(column) + Gap + (i < right.Length ? right[i] : ""));
    }

    private static IEnumerable<string> Lines(IReadOnlyList<SafeText> lines) => lines.Count == 0 ? ["(nothing there)"] : lines.Select(l => l.Value);
}
