using System.CommandLine;
using System.Globalization;
using ModelGate.Configuration;

namespace ModelGate.Tool;

/// <summary><c>--jobs N</c>: how many files are read at a time. It changes how long a run takes, and nothing else.</summary>
internal static class JobsOption
{
    private const int Most = 256;

    public static Option<string?> Create() => new("--jobs")
    {
        Description = "How many files are measured at a time; as many as there are processors where it is not given.",
        HelpName = "N",
    };

    /// <summary>The number, where it is one that can be meant.</summary>
    /// <exception cref="UsageException">It is not a number, or out of range.</exception>
    public static int Check(string? written)
        => written is null ? Math.Min(Environment.ProcessorCount, Most)
            : int.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var jobs) && jobs is >= 1 and <= Most ? jobs
            : throw new UsageException(SafeText.Of($"--jobs cannot be \"{written}\"; it is a whole number from 1 to {Most}"));
}
