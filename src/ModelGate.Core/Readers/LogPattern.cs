using System.Text.RegularExpressions;

namespace ModelGate.Readers;

/// <summary>How a user's own log states steps and values.</summary>
/// <param name="Step">Finds a step: its one group.</param>
/// <param name="Series">Finds values: each pattern's one group, or its groups name and value.</param>
internal sealed record LogPattern(Regex Step, IReadOnlyList<SeriesPattern> Series);

/// <summary>Finds the values of one series, or of several.</summary>
/// <param name="Name">The series; null where the match names it.</param>
/// <param name="Pattern">The pattern.</param>
internal sealed record SeriesPattern(string? Name, Regex Pattern)
{
    /// <summary>The group that is the name of a series.</summary>
    public const string NameGroup = "name";

    /// <summary>The group that is the value.</summary>
    public const string ValueGroup = "value";
}
