using System.Globalization;
using System.Text;
using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Outlines.Python;

namespace ModelGate.Architecture.Outlines;

/// <summary>Writes an outline as Python.</summary>
/// <param name="outline">The outline.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class OutlineWriter(Outline outline, CancellationToken cancellation)
{
    private const int MostCharacters = 8 << 20;
    private const int LineWidth = 110;
    private const int ShortLineWidth = 64;
    private const int MostPlaces = 3;
    private const int LongestPlace = 120;
    private const string Step = "    ";

    private readonly List<string> lines = [];
    private long written;
    private int width = LineWidth;

    /// <summary>The classes with everything that Python needs, in an order in which it reads them.</summary>
    /// <exception cref="OutlineException">Too little repeats: the outline is too long to be of use.</exception>
    public IReadOnlyList<string> Classes()
    {
        lines.Clear();
        foreach (var one in outline.Classes)
        {
            cancellation.ThrowIfCancellationRequested();
            Add("");
            Add("");
            Add($"class {one.Name}(nn.Module):{PlacesOf(one)}");
            Add($"{Step}def __init__({string.Join(", ", one.ArgumentNames.Prepend("self"))}):");
            Add($"{Step}{Step}super().__init__()");
            Members(one, Step + Step, withRemarks: true);
        }

        return [.. lines];
    }

    /// <summary>The classes for people who compare, the outermost first: attributes alone.</summary>
    public IReadOnlyList<string> Short()
    {
        lines.Clear();
        width = ShortLineWidth;
        foreach (var one in outline.Classes.Reverse())
        {
            var arguments = one.ArgumentCount == 0 ? "" : $"({string.Join(", ", one.ArgumentNames)})";
            Add($"class {one.Name}{arguments}:");
            Members(one, Step, withRemarks: false);
        }

        return [.. lines];
    }

    /// <summary>The expression that makes the network.</summary>
    public string Root() => Expression(outline.Root, null, "", []);

    private void Members(OutlineClass one, string indent, bool withRemarks)
    {
        var first = one.Modules[0];
        var tensors = first.Members.Where(m => m.Kind != MemberKind.Module).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var member in first.Members)
        {
            cancellation.ThrowIfCancellationRequested();
            var remarks = new List<string>();
            var isFree = PythonName.IsFree(member.Name) && !(member.Kind == MemberKind.Module && tensors.Contains(member.Name));
            var isAttribute = isFree && PythonName.IsAttribute(member.Name);
            var expression = Expression(member.Part, one, indent, withRemarks ? remarks : null);
            var statement = member.Kind switch
            {
                MemberKind.Buffer when isFree => $"self.register_buffer({PythonName.Literal(member.Name)}, {expression})",
                _ when isAttribute => $"self.{member.Name} = {expression}",
                MemberKind.Module when isFree => $"self.add_module({PythonName.Literal(member.Name)}, {expression})",
                MemberKind.Parameter when isFree => $"self.register_parameter({PythonName.Literal(member.Name)}, {expression})",
                MemberKind.Module => $"self._modules[{PythonName.Literal(member.Name)}] = {expression}",
                MemberKind.Parameter => $"self._parameters[{PythonName.Literal(member.Name)}] = {expression}",
                _ => $"self._buffers[{PythonName.Literal(member.Name)}] = {expression}",
            };
            if (!isFree)
            {
                remarks.Add("PyTorch takes this name in no other way");
            }

            Add(indent + statement + Comment(remarks));
        }

        if (first.Members.Count == 0)
        {
            Add(indent + "pass");
        }
    }

    // With null for remarks, none are written.
    private string Expression(OutlinePart part, OutlineClass? around, string indent, List<string>? remarks)
    {
        switch (part)
        {
            case CallPart call:
                remarks?.AddRange(call.Remarks.Except(remarks));
                return call.Call.With(slot => around?.Expression(part, slot) ?? outline.Numbers[part.Start + slot].ToString(CultureInfo.InvariantCulture));
            case ModulePart module:
                return module.Class!.Call(module, around);
            default:
                return List((ListPart)part, around, indent, remarks);
        }
    }

    private string List(ListPart list, OutlineClass? around, string indent, List<string>? remarks)
    {
        var inner = indent + Step;
        var runs = new List<(string Text, int Count, string Comment)>();
        for (var i = 0; i < list.Entries.Count; i++)
        {
            var own = remarks is null ? null : new List<string>();
            var key = list.Keys.Count == 0 ? "" : PythonName.Literal(list.Keys[i]) + ": ";
            var text = key + Expression(list.Entries[i], around, inner, own);
            if (runs.Count > 0 && runs[^1].Text == text)
            {
                runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
                continue;
            }

            Count(text.Length);
            runs.Add((text, 1, own is null ? "" : string.Join("; ", own)));
        }

        var (open, close) = list.Kind switch
        {
            ListKind.ModuleList => ("nn.ModuleList([", "])"),
            ListKind.ParameterList => ("nn.ParameterList([", "])"),
            ListKind.ModuleDict => ("nn.ModuleDict({", "})"),
            _ => ("nn.Sequential(", ")"),
        };
        if (runs is [var (repeated, times, comment)] && times > 1)
        {
            remarks?.AddRange(comment.Length > 0 ? [comment] : []);
            return list.Kind == ListKind.Sequential
                ? $"{open}*[{repeated} for _ in range({times})]{close}"
                : $"{open}{repeated} for _ in range({times}){close}";
        }

        var one = open + string.Join(", ", runs.SelectMany(r => Enumerable.Repeat(r.Text, Math.Min(r.Count, LineWidth)))) + close;
        if (!one.Contains('\n', StringComparison.Ordinal) && indent.Length + one.Length <= width && runs.Select(r => r.Comment).Distinct(StringComparer.Ordinal).Count() == 1)
        {
            remarks?.AddRange(runs[0].Comment.Length > 0 ? [runs[0].Comment] : []);
            return one;
        }

        var block = new StringBuilder(open).Append('\n');
        foreach (var (entry, count, remark) in runs)
        {
            // Two are written out: what is counted reads harder.
            for (var i = 0; i < (count > 2 ? 1 : count); i++)
            {
                block.Append(inner).Append(count > 2 ? string.Create(CultureInfo.InvariantCulture, $"*[{entry} for _ in range({count})]") : entry).Append(',')
                    .Append(remark.Length > 0 ? "  # " + remark : "").Append('\n');
            }
        }

        return block.Append(indent).Append(close).ToString();
    }

    private static string Comment(List<string> remarks) => remarks.Count == 0 ? "" : "  # " + string.Join("; ", remarks.Distinct(StringComparer.Ordinal));

    private static string PlacesOf(OutlineClass one)
    {
        if (one.Modules is [{ Place.Length: 0 }])
        {
            return "";
        }

        var folded = FoldedNames.Fold(one.Modules.Select(m => m.Place));
        var shown = string.Join(", ", folded.Take(MostPlaces).Select(f => SafeText.From(f.Pattern, LongestPlace).Value));
        return $"  # {shown}{(folded.Count > MostPlaces ? string.Create(CultureInfo.InvariantCulture, $" and {folded.Skip(MostPlaces).Sum(f => f.Count)} more") : "")}";
    }

    private void Add(string text)
    {
        Count(text.Length);
        foreach (var line in text.Split('\n'))
        {
            lines.Add(line);
        }
    }

    private void Count(int characters)
    {
        written += characters;
        if (written > MostCharacters)
        {
            throw new OutlineException(SafeText.Of($"its outline is longer than {MostCharacters} characters: too little in it repeats"));
        }
    }
}
