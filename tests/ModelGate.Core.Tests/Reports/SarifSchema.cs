using System.Text.Json;
using Json.Schema;

namespace ModelGate.Tests.Reports;

/// <summary>The schema of SARIF 2.1.0.</summary>
internal static class SarifSchema
{
    private static readonly JsonSchema Schema = JsonSchema.FromFile(Path.Combine(AppContext.BaseDirectory, "Fixtures", "sarif", "sarif-2.1.0.json"));

    /// <summary>What is wrong with a document, with its place; empty where it is valid.</summary>
    public static string[] Errors(JsonElement document)
    {
        // A flag costs a tenth of the list of every rule that held, which only an invalid document needs.
        if (Schema.Evaluate(document, new EvaluationOptions { OutputFormat = OutputFormat.Flag }).IsValid)
        {
            return [];
        }

        var details = Schema.Evaluate(document, new EvaluationOptions { OutputFormat = OutputFormat.List }).Details;
        return [.. (details ?? []).Where(d => d.Errors is not null).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}")).Take(20)];
    }
}
