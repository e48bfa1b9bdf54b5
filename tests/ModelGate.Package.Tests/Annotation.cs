using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGate.Package.Tests;

/// <summary>What GitHub shows beside a file: what the expression of setup-dotnet's problem matcher finds in a build's output.</summary>
internal sealed partial record Annotation(string File, int Line, int Column, string Severity, string Code, string Message)
{
    /// <summary>Each annotation once: the build says an error where it happens and again at its end.</summary>
    public static IReadOnlyList<Annotation> Of(Outcome build)
        => [.. build.Output.Split('\n').Select(l => Matcher().Match(l)).Where(m => m.Success).Select(m => new Annotation(
            m.Groups[1].Value,
            int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture),
            m.Groups[3].Success ? int.Parse(m.Groups[3].Value, CultureInfo.InvariantCulture) : 0,
            m.Groups[4].Value,
            m.Groups[5].Value,
            m.Groups[6].Value)).Distinct()];

    [GeneratedRegex(@"^\s*(?:\d+>\s*)?([^\s].*)\((\d+)(?:,(\d+))?(?:,\d+)*\):\s+(error|warning)\s+([a-zA-Z]+(?<!MSB)\d*):\s*(.*?)\s+\[(.*?)\]$")]
    private static partial Regex Matcher();
}
