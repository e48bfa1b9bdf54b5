using System.Security.Cryptography;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Runs;
using ModelGate.Runs.Json;

namespace ModelGate.Tool;

/// <summary>Writes a verdict as an in-toto statement, for the build server to sign.</summary>
internal static class Attestation
{
    /// <summary>Writes the statement whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plans">What was asked for, one for each model.</param>
    /// <param name="record">What came of it.</param>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<EvaluationPlan> plans, RunRecord record)
    {
        var configurations = plans.Zip(record.Configurations).SelectMany(p => p.First.Configuration.Files.Select(f => new StatedFile(RunRecord.Below(p.Second.Group, SafeText.From(f.Path, int.MaxValue)).Value, f.Sha256))).Distinct();
        WrittenFile.Replace(path, stream => StatementJson.Write(StatementJson.Of(record, configurations, Tool()), stream), SafeText.Of($"the statement {path}"));
    }

    /// <summary>The SHA-256 of a file in lower-case hexadecimal.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    // The program itself, or its assembly where dotnet runs it.
    private static StatedFile Tool()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "modelgate.dll");
        return new StatedFile($"pkg:nuget/ModelGate.Tool@{ProductVersion.Text}", HashOf(File.Exists(assembly) ? assembly : Environment.ProcessPath!));
    }
}
