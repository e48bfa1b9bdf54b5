using System.Text.RegularExpressions;

namespace ModelGate.Reports.Escaping;

/// <summary>Lines of a build log in which nothing from a file is a command to the build server that reads along.</summary>
/// <remarks>
/// GitHub obeys a line that starts with <c>::</c> after blanks, and <c>##[</c> anywhere in it; Azure obeys <c>##vso[</c> and
/// TeamCity <c>##teamcity[</c>. Both marks get a blank between their characters. A heading of Markdown, whose marks are followed
/// by a blank, is none. GitLab's sections need control characters, which no <see cref="SafeText"/> holds.
/// </remarks>
internal static partial class LogLine
{
    /// <summary>The text, line by line, without commands.</summary>
    public static string Harmless(string text)
    {
        return text.Contains('\n', StringComparison.Ordinal) ? string.Join('\n', text.Split('\n').Select(One)) : One(text);
    }

    /// <summary>The text without marks that are commands in the middle of a line.</summary>
    internal static string WithoutMarks(string text) => text.Contains("##", StringComparison.Ordinal) ? Mark().Replace(text, "# #") : text;

    private static string One(string line)
    {
        var start = line.Length - line.AsSpan().TrimStart().Length;
        var harmless = WithoutMarks(line);
        return line.AsSpan(start).StartsWith("::", StringComparison.Ordinal) ? harmless.Insert(start + 1, " ") : harmless;
    }

    [GeneratedRegex("##(?=[^ #])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
