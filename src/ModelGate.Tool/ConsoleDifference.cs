using System.Globalization;
using ModelGate.Architecture.Comparison;
using ModelGate.Architecture.Keys;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary>A comparison of two models for people: the cause first, then folded names, modules and numbers.</summary>
internal static class ConsoleDifference
{
    private const int LongestList = 30;
    private const string Indent = "  ";

    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Red = new(Color.Red);
    private static readonly Style Yellow = new(Color.Yellow);
    private static readonly Style Green = new(Color.Green);

    public static void Write(ModelDifference difference, string left, string right, IAnsiConsole console)
    {
        var keys = difference.Keys;
        Line(console, SafeText.Of($"{left} against {right}"), Bold);
        if (!difference.Differs)
        {
            Line(console, SafeText.Of($"all keys align: {keys.Common} of {keys.Right.Count}{(difference.ComparedTensors > 0 ? ", parameters equal" : "")}"), Green);
            Notes(difference, console);
            return;
        }

        Line(console, SafeText.Of($"{keys.Common} common, {keys.Missing.Count} missing, {keys.Unexpected.Count} unexpected, {keys.Shapes.Count} of another shape, {keys.DTypeDifferences.Count} of another type"), Style.Plain);
        Causes(difference, console);
        Outlines(difference, left, right, console);
        Notes(difference, console);
        Names(console, "missing: expected and not there", FoldedNames.FoldInOrder(keys.Missing), Red);
        Names(console, "unexpected: there and not expected", FoldedNames.FoldInOrder(keys.Unexpected), Yellow);
        Names(console, "another shape", FoldedNames.Fold(keys.ShapeDifferences, s => s.Name, s => $"{Shape(s.Found)} in place of {Shape(s.Expected)}"), Red);
        Names(console, "another type", FoldedNames.Fold(keys.DTypeDifferences, d => d.Name, d => $"{d.Found} in place of {d.Expected}"), Dim);
        if (keys.Mismatches > 0)
        {
            Modules(difference, console);
        }

        Tensors(difference, console);
    }

    private static void Causes(ModelDifference difference, IAnsiConsole console)
    {
        foreach (var cause in difference.Diagnosis.Causes)
        {
            console.WriteLine();
            Line(console, SafeText.Of($"{cause.Name}: {cause.Message}"), Bold);
            Line(console, cause.Mapped is null
                ? SafeText.Of($"  explains {cause.Explains}; no mapping resolves it")
                : SafeText.Of($"  explains {cause.Explains}; mapped, {difference.Keys.Mismatches} mismatches become {cause.Remaining}"), Dim);
        }
    }

    private static void Outlines(ModelDifference difference, string left, string right, IAnsiConsole console)
    {
        if (difference.Outlines.Count > 0)
        {
            console.WriteLine();
            Line(console, SafeText.From("built differently; modelgate inspect FILE --outline prints the whole network"), Bold);
            foreach (var line in ConsoleOutlines.Lines(difference.Outlines, SafeText.From(Path.GetFileName(left)), SafeText.From(Path.GetFileName(right)), console.Profile.Width - Indent.Length))
            {
                console.Write(new Text(Indent + line + "\n"));
            }
        }
    }

    private static void Notes(ModelDifference difference, IAnsiConsole console)
    {
        foreach (var note in difference.Notes)
        {
            Line(console, SafeText.Of($"note: {note}"), Yellow);
        }
    }

    private static void Names(IAnsiConsole console, string title, IReadOnlyList<FoldedNames.Group> groups, Style style)
    {
        if (groups.Count == 0)
        {
            return;
        }

        console.WriteLine();
        Line(console, SafeText.From(title), Bold);
        foreach (var group in groups.Take(LongestList))
        {
            Line(console, SafeText.Of($"  {group.Pattern}{(group.Detail.Length > 0 ? " " + group.Detail : "")}{(group.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" x{group.Count}") : "")}"), style);
        }

        if (groups.Count > LongestList)
        {
            Line(console, SafeText.Of($"  and {groups.Skip(LongestList).Sum(g => g.Count)} more"), Dim);
        }
    }

    private static void Modules(ModelDifference difference, IAnsiConsole console)
    {
        console.WriteLine();
        Line(console, SafeText.From("by module: left, right, missing, unexpected, shape"), Bold);
        var wrong = difference.Modules.Where(m => m.Missing + m.Unexpected + m.Shapes > 0).ToArray();
        foreach (var module in wrong.Take(LongestList))
        {
            Line(console, SafeText.Of($"  {module.Module}: {module.Left}, {module.Right}, {module.Missing}, {module.Unexpected}, {module.Shapes}"), Style.Plain);
        }

        if (wrong.Length > LongestList)
        {
            Line(console, SafeText.Of($"  and {wrong.Length - LongestList} more modules"), Dim);
        }

        Line(console, SafeText.Of($"  {difference.Modules.Count - wrong.Length} of {SafeText.Count(difference.Modules.Count, "module")} fit"), Dim);
    }

    private static void Tensors(ModelDifference difference, IAnsiConsole console)
    {
        if (difference.ComparedTensors == 0)
        {
            return;
        }

        console.WriteLine();
        Line(console, SafeText.Of($"{difference.Tensors.Count} of {difference.ComparedTensors} tensors that both hold differ in their numbers"), Bold);
        foreach (var (name, tensor) in difference.Tensors.OrderByDescending(t => t.Difference.Maximum).ThenBy(t => t.Name, StringComparer.Ordinal).Take(LongestList))
        {
            Line(console, SafeText.Of($"  {name}: {tensor.Different} of {SafeText.Count(tensor.Elements, "element")}, by {tensor.Maximum:G4} at most and {tensor.Mean:G4} on average"), Style.Plain);
        }

        if (difference.Tensors.Count > LongestList)
        {
            Line(console, SafeText.Of($"  and {difference.Tensors.Count - LongestList} more, which differ by less"), Dim);
        }
    }

    private static void Line(IAnsiConsole console, SafeText text, Style style) => console.Write(new Text(text.Value + "\n", style));

    private static string Shape(IReadOnlyList<long> shape) => "[" + string.Join(", ", shape.Select(s => s.ToString(CultureInfo.InvariantCulture))) + "]";
}
