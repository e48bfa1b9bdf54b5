using System.Text.Json;

namespace ModelGate.Tool.Tests;

/// <summary>Runs the command line as a user would, in this process.</summary>
internal static class Tool
{
    public static Result Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = CommandLine.Run(args, output, error);
        return new Result(exitCode, output.ToString(), error.ToString());
    }

    public static string Sample(params string[] parts) => Repository.PathOf(["samples", .. parts]);
}

internal sealed record Result(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}
