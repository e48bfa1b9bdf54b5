using System.CommandLine;
using ModelGate.Configuration;

namespace ModelGate.Tool;

/// <summary><c>--jobs N</c>: how many files are read at a time. It changes how long a run takes, and nothing else.</summary>
internal static class JobsOption
{
    private const int Most = 256;

    public static Option<int> Create() => new("--jobs")
    {
        Description = "How many files are measured at a time; as many as there are processors where it is not given.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    /// <summary>The number, where it is one that can be meant.</summary>
    /// <exception cref="UsageException">It is out of range.</exception>
    public static int Check(int jobs)
        => jobs is >= 1 and <= Most ? jobs : throw new UsageException(SafeText.Of($"--jobs is {jobs}; it has to be from 1 to {Most}"));
}
