using ModelGate.Configuration;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>What a plan reads beside its configurations and the files of its roles: what states its architecture, files that options of gates name, and the config.json beside a model that is run.</summary>
internal static class RunInputs
{
    private const string Config = "config.json";

    /// <summary>Paths and patterns, relative to the configuration.</summary>
    public static IEnumerable<string> Of(EvaluationPlan plan)
    {
        var gates = plan.Gates.SelectMany(plan.Configuration.Overrides.Variants).Select(g => (Gate: g.Gate.Create(), g.Options)).ToArray();
        return OfArchitecture(plan.Configuration.Architecture)
            .Concat(gates.SelectMany(g => g.Gate.FilesOf(g.Options)))
            .Concat(gates.Any(g => g.Gate.RunsModels) ? Models(plan).Select(ConfigBeside) : [])
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>The config.json in the folder of a model, or of a pattern of models.</summary>
    public static string ConfigBeside(string model) => model[..(model.LastIndexOf('/') + 1)] + Config;

    private static IEnumerable<string> OfArchitecture(ArchitectureExpectation? architecture) => architecture switch
    {
        ArchitectureExpectation.FromAssembly assembly => [assembly.Path],
        ArchitectureExpectation.FromConfiguration family => [family.Path],
        _ => [],
    };

    private static IEnumerable<string> Models(EvaluationPlan plan)
        => new[] { ArtifactRole.Model, ArtifactRole.Checkpoints }.Where(plan.Configuration.Artifacts.ContainsKey).SelectMany(r => plan.Configuration.Artifacts[r].Patterns);
}
