using System.Globalization;
using System.Text.RegularExpressions;
using ModelGate.Configuration.Documents;
using ModelGate.Readers;
using ModelGate.Runs;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads the object of the role log: which files, and the patterns for steps and values.</summary>
/// <remarks>
/// The patterns do not backtrack, so that their time grows with the length of a line alone; their length and their counts of repetitions are bounded, which bounds what
/// a pattern costs to prepare.
/// </remarks>
internal static partial class LogPatternReader
{
    /// <summary>Longest pattern, in characters.</summary>
    public const int LongestPattern = 1000;

    /// <summary>Most repetitions that a pattern may count, all multiplied.</summary>
    public const int MostRepetitions = 1000;

    private const int MostSeries = 100;
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly string[] Members = ["files", "step", "series"];
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(2);

    /// <summary>Reads it; what is wrong is added to the errors, and the result is null then.</summary>
    public static LogPattern? Read(ConfigNode node, ConfigErrors errors)
    {
        var before = errors.Count;
        foreach (var member in node.Members.Where(m => !Members.Contains(m.Name, StringComparer.Ordinal)))
        {
            errors.Add(member.At, SafeText.Of($"there is no member \"{member.Name}\" of a log{NearestName.Hint(member.Name, Members)}"));
        }

        foreach (var name in Members.Where(m => node.Find(m) is null))
        {
            errors.Add(node.At, SafeText.Of($"a log that is an object needs the member \"{name}\""));
        }

        var step = node.Find("step") is { } stated ? OneGroup("step", stated.Value, errors) : null;
        var series = node.Find("series") is { } values ? Series(values.Value, errors) : [];
        return errors.Count == before ? new LogPattern(step!, series) : null;
    }

    private static List<SeriesPattern> Series(ConfigNode node, ConfigErrors errors)
    {
        var series = new List<SeriesPattern>();
        if (node.Kind != ConfigKind.Object)
        {
            if (Pattern("series", node, errors) is { } pattern)
            {
                if (pattern.GroupNumberFromName(SeriesPattern.NameGroup) < 0 || pattern.GroupNumberFromName(SeriesPattern.ValueGroup) < 0)
                {
                    errors.Add(node.At, SafeText.Of($"the pattern \"series\" needs the groups (?<{SeriesPattern.NameGroup}>...) and (?<{SeriesPattern.ValueGroup}>...), or has to be an object of series to patterns"));
                }

                series.Add(new SeriesPattern(null, pattern));
            }

            return series;
        }

        if (node.Members.Count is 0 or > MostSeries)
        {
            errors.Add(node.At, SafeText.Of($"\"series\" names {node.Members.Count} series; it has to name 1 to {MostSeries}"));
            return series;
        }

        foreach (var member in node.Members)
        {
            if (member.Name.Trim().Length == 0)
            {
                errors.Add(member.At, SafeText.Of($"a series has an empty name"));
            }
            else if (OneGroup(member.Name, member.Value, errors) is { } pattern)
            {
                series.Add(new SeriesPattern(member.Name, pattern));
            }
        }

        return series;
    }

    private static Regex? OneGroup(string name, ConfigNode node, ConfigErrors errors)
    {
        var pattern = Pattern(name, node, errors);
        if (pattern is not null && pattern.GetGroupNumbers() is not [0, 1])
        {
            errors.Add(node.At, SafeText.Of($"the pattern \"{name}\" has {pattern.GetGroupNumbers().Length - 1} groups; it needs one, around the number: (?:...) groups without counting"));
            return null;
        }

        return pattern;
    }

    private static Regex? Pattern(string name, ConfigNode node, ConfigErrors errors)
    {
        if (node.Kind != ConfigKind.Text || node.Text.Length is 0 or > LongestPattern)
        {
            errors.Add(node.At, SafeText.Of($"\"{name}\" has to be a regular expression of 1 to {LongestPattern} characters"));
            return null;
        }

        if (Repetitions(node.Text) > MostRepetitions)
        {
            errors.Add(node.At, SafeText.Of($"the pattern \"{name}\" counts more than {MostRepetitions} repetitions, all multiplied"));
            return null;
        }

        try
        {
            return new Regex(node.Text, Options, LongestMatch);
        }
        catch (RegexParseException fault)
        {
            errors.Add(node.At, SafeText.Of($"the pattern \"{name}\" is not a valid regular expression (at character {fault.Offset + 1}: {fault.Error.ToString()})"));
        }
        catch (NotSupportedException)
        {
            errors.Add(node.At, SafeText.Of($"the pattern \"{name}\" looks around or refers back, which patterns for logs cannot: they do not backtrack"));
        }

        return null;
    }

    // What stands in a class or behind a backslash is counted as well, and costs the user nothing but a shorter pattern.
    private static double Repetitions(string pattern)
    {
        var product = 1.0;
        foreach (Match match in Counted().Matches(pattern))
        {
            var most = match.Groups[2].Success ? match.Groups[2].ValueSpan : match.Groups[1].ValueSpan;
            product *= double.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? Math.Max(1, times) : 1;
        }

        return product;
    }

    [GeneratedRegex(@"\{([0-9]+)(?:,([0-9]+)?)?\}", RegexOptions.NonBacktracking)]
    private static partial Regex Counted();
}
