using System.CommandLine;
using System.Globalization;
using ModelGate.Configuration;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary><c>--run-name</c>, and what a build server says of its run in the environment. No clock is read: the same input gives the same report.</summary>
internal static class RunOriginOption
{
    private const int LongestName = 200;
    private const int LongestCommit = 64;

    // 9999-12-31T23:59:59Z, the last second that a date can be.
    private const long LastSecond = 253_402_300_799;

    // GitHub, GitLab, Azure Pipelines, Jenkins, Buildkite, CircleCI, Bitbucket, Travis.
    private static readonly string[] CommitVariables =
        ["GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION", "GIT_COMMIT", "BUILDKITE_COMMIT", "CIRCLE_SHA1", "BITBUCKET_COMMIT", "TRAVIS_COMMIT"];

    /// <summary>The option.</summary>
    public static Option<string?> Create()
        => new("--run-name") { Description = "What the reports call this run. Else MODELGATE_RUN_NAME, where it is set. The date is that of SOURCE_DATE_EPOCH, and the commit that of the build server, where these are set.", HelpName = "NAME" };

    /// <summary>What is known of the run.</summary>
    /// <param name="name">The value of the option.</param>
    /// <param name="variable">Gives the value of an environment variable.</param>
    public static RunOrigin Of(string? name, Func<string, string?> variable) => new()
    {
        Name = Name(name, variable),
        Date = Date(variable("SOURCE_DATE_EPOCH")),
        Commit = SafeText.From(CommitVariables.Select(v => variable(v)?.Trim()).FirstOrDefault(IsCommit)),
    };

    private static SafeText Name(string? option, Func<string, string?> variable)
    {
        var name = option?.Trim();
        if (name is "")
        {
            throw new UsageException(SafeText.Of($"--run-name is empty; it has to be a name"));
        }

        return (name ?? variable("MODELGATE_RUN_NAME")?.Trim() ?? "") is { Length: <= LongestName } known
            ? SafeText.From(known)
            : throw new UsageException(SafeText.Of($"the name of the run has more than {LongestName} characters"));
    }

    private static DateTime? Date(string? seconds)
        => string.IsNullOrWhiteSpace(seconds) ? null
            : long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(count).UtcDateTime
            : throw new UsageException(SafeText.Of($"SOURCE_DATE_EPOCH is {SafeText.From(seconds, 40)}; it has to be a number of seconds since 1970"));

    private static bool IsCommit(string? text) => text is { Length: > 0 and <= LongestCommit } && text.All(char.IsAsciiLetterOrDigit);
}
