using System.Text;
using System.Text.RegularExpressions;
using ModelGate.Configuration;
using ModelGate.Configuration.Binding;
using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Gates.Checkpoints;
using ModelGate.Gates.Safety;
using ModelGate.Runs;
using ModelGate.Runs.Json;
using ModelGate.Trainers;

namespace ModelGate.Evaluation;

/// <summary>Writes the plan of a folder that has no configuration as a configuration that says the same, and why.</summary>
internal static partial class ConfigurationDraft
{
    private const string Off = "\"off\"";

    /// <summary>The text of a gate.config.json.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="report">What came of it: a gate that did not apply is not asked for.</param>
    public static string Of(EvaluationPlan plan, RunRecord report)
    {
        var text = new StringBuilder();
        text.Append("{\n  // Written by modelgate init, from what the folder held. Every option: modelgate explain, docs/configuration.md.\n");
        if (plan.Configuration.Trainer is { } trainer)
        {
            text.Append("  // The files and gates of ").Append(trainer.IsDataSet ? "" : "a training run of ").Append(trainer.Title).Append(". What is said here overrides it.\n");
            text.Append("  \"extends\": ").Append(Json(trainer.Name)).Append(",\n");
        }

        var roles = plan.Configuration.Trainer is null
            ? plan.Configuration.Artifacts.OrderBy(r => r.Key).Select(r => Own(plan, r.Key, r.Value)).ToArray()
            : OwnRoles(plan, plan.Configuration.Trainer);
        if (roles.Length > 0)
        {
            text.Append("  \"artifacts\": {\n");
            foreach (var (index, (role, patterns, files)) in roles.Index())
            {
                text.Append("    // ").Append(MeaningOf(role)).Append(files switch { 0 => ": there are none", 1 => "", _ => $" ({files} files)" }).Append('\n');
                text.Append("    ").Append(Json(role.Key())).Append(": ").Append(Value(patterns)).Append(index < roles.Length - 1 ? ",\n" : "\n");
            }

            text.Append("  },\n");
        }

        Gates(text, plan, report);
        return text.Append("}\n").ToString();
    }

    // What the run has otherwise than its trainer's preset says: a role without a file, or with some of the files alone.
    private static (ArtifactRole Role, IReadOnlyList<string> Patterns, int Files)[] OwnRoles(EvaluationPlan plan, Trainer trainer)
    {
        var preset = GateConfigurationReader.Of(trainer).Artifacts;
        var reach = Workspace.Of(plan.Workspace.Folder);
        var own = new List<(ArtifactRole, IReadOnlyList<string>, int)>();
        foreach (var (role, said) in preset.OrderBy(r => r.Key))
        {
            if (!plan.Configuration.Artifacts.TryGetValue(role, out var found))
            {
                if (!said.IsOptional)
                {
                    own.Add((role, [], 0));
                }
            }
            else if (!found.Patterns.SequenceEqual(said.Patterns, StringComparer.Ordinal))
            {
                // A pattern that leads out of what a configuration in this folder may reach would be an error in it.
                string[] patterns = found.AreNames ? [.. Patterns(plan.Workspace, found.Patterns)]
                    : [.. found.Patterns.Where(p => reach.Contains(Path.GetFullPath(Path.Combine(reach.Folder, p)))), .. trainer.Exclusions(role)];
                if (!(said.IsOptional && patterns.SequenceEqual(said.Patterns, StringComparer.Ordinal)))
                {
                    own.Add((role, patterns, found.AreNames ? found.Patterns.Count : 1));
                }
            }
        }

        // A data set or recordings that the preset says nothing of.
        own.AddRange(plan.Configuration.Artifacts.Where(r => !preset.ContainsKey(r.Key)).OrderBy(r => r.Key).Select(r => Own(plan, r.Key, r.Value)));
        return [.. own];
    }

    private static (ArtifactRole Role, IReadOnlyList<string> Patterns, int Files) Own(EvaluationPlan plan, ArtifactRole role, RolePatterns found)
        => found.AreNames ? (role, Patterns(plan.Workspace, found.Patterns), found.Patterns.Count) : (role, found.Patterns, 1);

    private static void Gates(StringBuilder text, EvaluationPlan plan, RunRecord report)
    {
        // What a run may lack may come later, such as its data set: the preset's gates for it wait.
        var optional = plan.Configuration.Trainer is { } trainer
            ? GateConfigurationReader.Of(trainer).Artifacts.Where(r => r.Value.IsOptional).Select(r => r.Key).Except(plan.WithoutAbsentRoles().Configuration.Artifacts.Keys).ToHashSet()
            : [];
        var byGate = plan.Gates.Select(g => (g.Gate, g.Severity, g.Options, Results: report.Results.Where(r => r.Gate.Id == g.Gate.Id).ToArray())).ToArray();
        var preset = plan.Configuration.Trainer is { } of ? GateConfigurationReader.Of(of).Gates.Select(g => g.Gate.Id).ToHashSet(StringComparer.Ordinal) : [];
        var entries = byGate.Where(g => !preset.Contains(g.Gate.Id)
                ? g.Results.Any(r => r.Outcome != Outcome.NotApplicable)
                : g.Results.Length > 0 && g.Results.All(r => r.Outcome == Outcome.NotApplicable) && !NeedsOneOf(g.Gate.Create(), optional))
            .Select(g => (g.Gate.Id, g.Gate.Summary, g.Gate.Name, Value: preset.Contains(g.Gate.Id) ? Off : g.Severity == Severity.Warning ? "\"warning\"" : OptionsOf(g.Options))).ToArray();
        var off = byGate.Where(g => g.Results.Any(r => r.Outcome != Outcome.NotApplicable))
            .SelectMany(g => g.Results.Where(r => r.Outcome == Outcome.NotApplicable && !r.Subject.IsEmpty).Select(r => (g.Gate.Name, File: r.Subject.Value)))
            .GroupBy(f => f.File, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();

        // A subject is spelt for reports; a pattern has to mean the file.
        var files = plan.Configuration.Artifacts.Values.SelectMany(r => r.Patterns).DistinctBy(f => SafeText.From(f).Value, StringComparer.Ordinal).ToDictionary(f => SafeText.From(f).Value, StringComparer.Ordinal);
        text.Append("  \"gates\": {");
        foreach (var (index, (id, summary, name, value)) in entries.Index())
        {
            text.Append("\n    // ").Append(id).Append(": ").Append(value == Off ? "it found nothing of its kind." : summary).Append("\n    ")
                .Append(Json(name)).Append(": ").Append(value).Append(index < entries.Length - 1 ? "," : "\n  ");
        }

        text.Append(off.Length == 0 ? "}\n" : "},\n");
        if (off.Length == 0)
        {
            return;
        }

        text.Append("  // Files in which a gate finds nothing of its kind.\n  \"overrides\": [");
        foreach (var (index, file) in off.Index())
        {
            text.Append("\n    { \"files\": ").Append(Json(Literal(files.GetValueOrDefault(file.Key, file.Key)))).Append(", \"gates\": { ").AppendJoin(", ", file.Select(f => $"{Json(f.Name)}: \"off\"")).Append(index < off.Length - 1 ? " } }," : " } }\n  ");
        }

        text.Append("]\n");
    }

    private static bool NeedsOneOf(Gate gate, HashSet<ArtifactRole> roles)
        => gate.Roles.Any(roles.Contains) || (gate.RolesAnyOf.Count > 0 && gate.RolesAnyOf.All(roles.Contains));

    // The options that a plan without a configuration sets.
    private static string OptionsOf(object options) => options switch
    {
        PitchMustVary.Options { PitchShift: null } => "{ \"pitchShift\": null }",
        PickleMustBeSafe.Options { AllowLists.Count: > 0 } safe => $"{{ \"allowLists\": [{string.Join(", ", safe.AllowLists.Select(Json))}] }}",
        FinalCheckpointMustBeExported.Options { Policy: CheckpointPolicy.FinalOrBest } => "{ \"policy\": \"final-or-best\" }",
        _ => "{}",
    };

    /// <summary>Globs that match these files and no others: a number that counts becomes a star where it may.</summary>
    internal static IReadOnlyList<string> Patterns(Workspace workspace, IReadOnlyList<string> files)
    {
        var patterns = new List<string>();
        foreach (var group in files.GroupBy(f => Number().Replace(f, "*"), StringComparer.Ordinal))
        {
            var all = group.Order(StringComparer.Ordinal).ToArray();
            patterns.AddRange(all.Length > 1 && Array.TrueForAll(all, f => Literal(f) == f) && Matches(workspace, group.Key).SequenceEqual(all, StringComparer.Ordinal) ? [group.Key] : all.Select(Literal));
        }

        return patterns;
    }

    // A name as a pattern that fits it. A set spells what has a meaning in patterns; braces and backslashes have theirs in a set too.
    private static string Literal(string path)
    {
        var text = new StringBuilder(FilePatterns.IsExclusion(path) ? "./" : "");
        foreach (var character in path)
        {
            text.Append(character switch { '*' or '?' or '[' => $"[{character}]", '{' or '\\' => "?", _ => character.ToString() });
        }

        return text.ToString();
    }

    private static IEnumerable<string> Matches(Workspace workspace, string pattern)
    {
        try
        {
            return GlobMatches.Of(workspace, pattern).Order(StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string MeaningOf(ArtifactRole role) => role switch
    {
        ArtifactRole.Checkpoints => "training checkpoints",
        ArtifactRole.Model => "what is shipped",
        ArtifactRole.Log => "training logs",
        ArtifactRole.Output => "recordings that the model made",
        ArtifactRole.Reference => "how they should sound",
        ArtifactRole.Input => "what was converted",
        ArtifactRole.Recordings => "the recordings of the data set",
        ArtifactRole.Recordings16k => "the same at 16 kHz",
        ArtifactRole.Pitch => "their pitch in steps",
        ArtifactRole.FinePitch => "their pitch in Hz",
        ArtifactRole.Features => "their features",
        ArtifactRole.FileList => "the lists of its files",
        _ => role.Key(),
    };

    private static string Value(IReadOnlyList<string> patterns)
        => patterns is [var only] ? Json(only) : patterns.Count == 0 ? "[]" : $"[\n      {string.Join(",\n      ", patterns.Select(Json))}\n    ]";

    private static string Json(string text) => JsonText.Quoted(text);

    [GeneratedRegex(@"\d+(\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
