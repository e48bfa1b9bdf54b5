using System.Text.Json;

namespace ModelGate.Tool.Tests;

/// <summary>Runs the command line as a user would, in this process.</summary>
internal static class Tool
{
    public static string Root { get; } = FindRoot();

    public static Result Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = CommandLine.Run(args, output, error);
        return new Result(exitCode, output.ToString(), error.ToString());
    }

    public static string Sample(params string[] parts) => Path.Combine([Root, "samples", .. parts]);

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "ModelGate.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("the tests do not lie in the repository");
    }
}

internal sealed record Result(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}
