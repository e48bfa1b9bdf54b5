using ModelGate.Configuration;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>Recognises a trainer's folder, so that a run can be judged before anyone has written a configuration.</summary>
internal static class RunRecognition
{
    /// <summary>The plan for a training run's folder, with its trainer's defaults; null where the folder is not recognised.</summary>
    /// <param name="folder">The folder.</param>
    public static EvaluationPlan? Recognise(string folder)
    {
        var workspace = Workspace.Of(folder);
        return Rvc(workspace);
    }

    // RVC writes G_<step>.pth, D_<step>.pth and train.log into logs/<name>; the export is copied beside them or into assets/weights.
    private static EvaluationPlan? Rvc(Workspace workspace)
    {
        if (Find(workspace, "G_*.pth").Count == 0)
        {
            return null;
        }

        var roles = new Dictionary<ArtifactRole, RolePatterns> { [ArtifactRole.Checkpoints] = Patterns("G_*.pth") };
        var exports = Find(workspace, "*.pth").Where(p => !p.StartsWith("G_", StringComparison.Ordinal) && !p.StartsWith("D_", StringComparison.Ordinal)).ToArray();
        if (exports.Length > 0)
        {
            roles.Add(ArtifactRole.Model, Patterns(exports));
        }

        if (Find(workspace, "train.log").Count > 0)
        {
            roles.Add(ArtifactRole.Log, Patterns("train.log"));
        }

        var notes = new List<SafeText> { SafeText.Of($"no {GateConfigurationReader.FileName} was given: the folder was recognised as an RVC training run") };
        notes.AddRange(roles.OrderBy(r => r.Key).Select(r => SafeText.Of($"{r.Key.Key()}: {string.Join(", ", r.Value.Patterns)}")));
        string[] gates = ["final-checkpoint-must-be-exported", "loss-must-converge"];
        var configured = gates.Select(name => GateCatalogue.Find(name)!)
            .Select(gate => new ConfiguredGate(gate, Severity.Error, gate.Bind(OptionValues.None), SourcePosition.None));
        return new EvaluationPlan(new GateConfiguration("", "", roles, [.. configured]), workspace) { Notes = notes };
    }

    private static RolePatterns Patterns(params string[] patterns) => new(patterns, SourcePosition.None);

    private static IReadOnlyList<string> Find(Workspace workspace, string pattern) => GlobMatches.Of(workspace, pattern);
}
