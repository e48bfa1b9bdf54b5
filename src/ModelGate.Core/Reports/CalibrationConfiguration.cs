using System.Text;
using ModelGate.Evaluation.Calibrating;
using ModelGate.Runs;
using ModelGate.Runs.Json;
using ModelGate.Signals;

namespace ModelGate.Reports;

/// <summary>Calibrated limits as a gate.config.json that requires them.</summary>
internal static class CalibrationConfiguration
{
    /// <summary>The text of a gate.config.json. Limits that are no more than a guess stand in comments.</summary>
    public static string Of(Calibration calibration)
    {
        var text = new StringBuilder("{\n");
        text.Append("  // Written by modelgate calibrate, from ").Append(SafeText.Count(calibration.FalseAlarms.Of, "good file")).Append(" and ").Append(SafeText.Count(calibration.Caught.Of, "bad file")).Append(".\n");
        text.Append("  // On these files: ").Append(CalibrationSentence.Result(calibration)).Append(".\n");
        foreach (var sentence in CalibrationSentence.Caveats(calibration))
        {
            text.Append("  // ").Append(sentence).Append(".\n");
        }

        var roles = calibration.Limits.Select(l => RoleOf(l.Signal.On)).Concat(calibration.Limits.Any(l => l.Signal.On == MeasuredOn.OutputAndReference) ? [ArtifactRole.Reference] : Array.Empty<ArtifactRole>()).Distinct().Order().ToArray();
        text.Append("  \"artifacts\": {");
        foreach (var (index, role) in roles.Index())
        {
            text.Append("\n    // What is to be judged: name your own files.\n    ").Append(JsonText.Quoted(role.Key())).Append(": ").Append(JsonText.Quoted(role == ArtifactRole.Reference ? "references/" + PatternOf(calibration) : PatternOf(calibration))).Append(index < roles.Length - 1 ? "," : "\n  ");
        }

        text.Append("},\n  \"require\": {");
        var isActive = calibration.Worth == CalibrationWorth.Limits;
        var groups = calibration.Limits.Where(l => l.Signal.On != MeasuredOn.OutputAndReference).GroupBy(l => (l.Signal.On, l.Signal.Name)).Select(g => g.ToArray()).ToArray();
        foreach (var (index, limits) in groups.Index())
        {
            var name = $"{RoleOf(limits[0].Signal.On).Key()}.{limits[0].Signal.Name}";
            var bounds = string.Join(", ", limits.OrderBy(l => l.Requirement.Relation == Relation.AtMost).Select(l => $"{JsonText.Quoted(KeyOf(l.Requirement.Relation))}: {NumberText.OfLimit(l.Requirement.Limit)}"));
            text.Append("\n    ").Append(isActive ? "" : "// ").Append(JsonText.Quoted(name)).Append(": { ").Append(bounds).Append(" }").Append(index < groups.Length - 1 && isActive ? "," : "");
        }

        text.Append(groups.Length > 0 ? "\n  }" : "}");
        AppendGates(text, calibration, isActive);
        return text.Append("\n}\n").ToString();
    }

    // What is judged on two files is a gate's, and its limit one of the gate's options.
    private static void AppendGates(StringBuilder text, Calibration calibration, bool isActive)
    {
        var limits = calibration.Limits.Where(l => l.Signal.On == MeasuredOn.OutputAndReference).ToArray();
        if (limits.Length == 0)
        {
            return;
        }

        text.Append(",\n  \"gates\": {");
        var gates = limits.Where(l => PairLimits.OptionOf(l) is not null).GroupBy(l => PairLimits.OptionOf(l)!.Value.Gate, StringComparer.Ordinal).ToArray();
        foreach (var (index, gate) in gates.Index())
        {
            var options = string.Join(", ", gate.Select(l => $"{JsonText.Quoted(PairLimits.OptionOf(l)!.Value.Option)}: {NumberText.OfLimit(l.Requirement.Limit)}"));
            text.Append("\n    ").Append(isActive ? "" : "// ").Append(JsonText.Quoted(gate.Key)).Append(": { ").Append(options).Append(" }").Append(index < gates.Length - 1 && isActive ? "," : "");
        }

        foreach (var limit in limits.Where(l => PairLimits.OptionOf(l) is null))
        {
            text.Append("\n    // no gate has a limit of ").Append(limit.Signal.Name).Append(' ').Append(limit.Requirement);
        }

        text.Append("\n  }");
    }

    /// <summary>The role in which a configuration names files of a kind.</summary>
    public static ArtifactRole RoleOf(MeasuredOn on) => on switch
    {
        MeasuredOn.Recording or MeasuredOn.OutputAndReference => ArtifactRole.Output,
        MeasuredOn.Series => ArtifactRole.Log,
        MeasuredOn.Checkpoint => ArtifactRole.Checkpoints,
        MeasuredOn.Metrics => ArtifactRole.Metrics,
        _ => ArtifactRole.Model,
    };

    private static string KeyOf(Relation relation) => relation == Relation.AtMost ? "at-most" : "at-least";

    // Good files of one kind end alike.
    private static string PatternOf(Calibration calibration)
        => "**/*" + calibration.Good.Select(f => Path.GetExtension(f.Path)).GroupBy(e => e, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key;
}
