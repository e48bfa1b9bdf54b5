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

        var roles = calibration.Limits.Select(l => RoleOf(l.Signal.On)).Distinct().Order().ToArray();
        text.Append("  \"artifacts\": {");
        foreach (var (index, role) in roles.Index())
        {
            text.Append("\n    // What is to be judged: name your own files.\n    ").Append(JsonText.Quoted(role.Key())).Append(": ").Append(JsonText.Quoted(PatternOf(calibration))).Append(index < roles.Length - 1 ? "," : "\n  ");
        }

        text.Append("},\n  \"require\": {");
        var groups = calibration.Limits.GroupBy(l => (l.Signal.On, l.Signal.Name)).Select(g => g.ToArray()).ToArray();
        var isActive = calibration.Worth == CalibrationWorth.Limits;
        foreach (var (index, limits) in groups.Index())
        {
            var name = $"{RoleOf(limits[0].Signal.On).Key()}.{limits[0].Signal.Name}";
            var bounds = string.Join(", ", limits.OrderBy(l => l.Requirement.Relation == Relation.AtMost).Select(l => $"{JsonText.Quoted(KeyOf(l.Requirement.Relation))}: {NumberText.OfLimit(l.Requirement.Limit)}"));
            text.Append("\n    ").Append(isActive ? "" : "// ").Append(JsonText.Quoted(name)).Append(": { ").Append(bounds).Append(" }").Append(index < groups.Length - 1 && isActive ? "," : "");
        }

        return text.Append(groups.Length > 0 ? "\n  }\n}\n" : "}\n}\n").ToString();
    }

    /// <summary>The role in which a configuration names files of a kind.</summary>
    public static ArtifactRole RoleOf(MeasuredOn on) => on switch
    {
        MeasuredOn.Recording => ArtifactRole.Output,
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
