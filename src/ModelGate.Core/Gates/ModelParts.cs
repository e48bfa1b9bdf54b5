using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGate.Gates;

/// <summary>Files that are parts of one model by their names, as Hugging Face's libraries write them: <c>model-00001-of-00004.safetensors</c>.</summary>
/// <param name="Files">The parts that are there, in the order of their numbers.</param>
/// <param name="Missing">The paths of those that are not.</param>
internal sealed partial record ModelParts(IReadOnlyList<RoleFile> Files, IReadOnlyList<string> Missing)
{
    /// <summary>The models in several parts among files.</summary>
    public static IReadOnlyList<ModelParts> In(IEnumerable<RoleFile> files)
        => [.. files.Select(f => (File: f, Name: PartName().Match(f.Path))).Where(f => f.Name.Success)
            .GroupBy(f => (f.File.Role, Before: f.Name.Groups["before"].Value, After: f.Name.Groups["after"].Value), f => (f.File, Number: Number(f.Name)))
            .Select(g => Of(g.Key.Before, g.Key.After, g.ToDictionary(f => f.Number, f => f.File)))];

    private static ModelParts Of(string before, string after, Dictionary<int, RoleFile> parts)
    {
        var count = int.Parse(after.AsSpan("-of-".Length, 5), CultureInfo.InvariantCulture);
        return new ModelParts(
            [.. parts.OrderBy(p => p.Key).Select(p => p.Value)],
            [.. Enumerable.Range(1, count).Where(n => !parts.ContainsKey(n)).Select(n => string.Create(CultureInfo.InvariantCulture, $"{before}{n:D5}{after}"))]);
    }

    private static int Number(Match name) => int.Parse(name.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<before>.*-)(?<number>\d{5})(?<after>-of-\d{5}\.[^/]+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartName();
}
