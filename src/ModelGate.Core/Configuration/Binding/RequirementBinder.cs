using ModelGate.Configuration.Documents;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Catalogue;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads a requirement: a role, a dot and a signal, and the bounds that its values have to keep.</summary>
internal static class RequirementBinder
{
    /// <summary>Longest name of a metric, in characters.</summary>
    public const int LongestMetric = 1024;

    /// <summary>The bounds that a requirement may have.</summary>
    public static IReadOnlyList<(string Name, Relation Relation)> Bounds { get; } =
    [
        ("at-least", Relation.AtLeast),
        ("at-most", Relation.AtMost),
        ("above", Relation.Above),
        ("below", Relation.Below),
        ("equal", Relation.Equal),
    ];

    /// <summary>The members that a requirement may have.</summary>
    public static IReadOnlyList<string> Members { get; } = [.. Bounds.Select(b => b.Name), SeverityReader.Name];

    /// <summary>The signals that can be measured on one file, and so be bounded.</summary>
    public static IReadOnlyList<string> Signals { get; } = [.. SignalCatalogue.All.Where(s => s.Source is not null).Select(s => s.Description.Name)];

    /// <summary>A bound in the schema's words.</summary>
    public static string Word(Relation relation) => relation switch
    {
        Relation.AtLeast => "this or greater",
        Relation.AtMost => "this or smaller",
        Relation.Above => "greater than this",
        Relation.Below => "smaller than this",
        _ => "exactly this",
    };

    /// <summary>The requirement; null where something is wrong.</summary>
    public static ConfiguredRequirement? Bind(ConfigMember member, ConfigErrors errors)
    {
        var before = errors.Count;
        var subject = Subject(member, errors);
        var rule = ConfigMerge.Spelt(member.Value);
        if (!errors.IsRule(rule, member.Name))
        {
            return null;
        }

        var severity = SeverityReader.Read(rule, errors);
        var requirements = new List<Requirement>();
        foreach (var bound in rule.Members.Where(m => m.Name != SeverityReader.Name))
        {
            if (Bounds.FirstOrDefault(b => b.Name == bound.Name) is not { Name: not null } known)
            {
                errors.AddUnknown(bound, "member of a requirement", Members);
            }
            else if (errors.IsKind(bound.Value, ConfigKind.Number, bound.Name))
            {
                if (double.IsFinite(bound.Value.Number))
                {
                    requirements.Add(new Requirement(known.Relation, bound.Value.Number));
                }
                else
                {
                    errors.Add(bound.Value.At, SafeText.Of($"\"{bound.Name}\" is too large a number"));
                }
            }
        }

        if (errors.Count > before || subject is not var (role, signal))
        {
            return null;
        }

        if (requirements.Count == 0 && severity is not null)
        {
            errors.Add(member.At, SafeText.Of($"\"{member.Name}\" says nothing of what is required; it has to have one of: {string.Join(", ", Bounds.Select(b => b.Name))}"));
        }
        else if (Contradiction(requirements) is var (low, high))
        {
            errors.Add(member.At, SafeText.Of($"no value of \"{member.Name}\" can be {low.ToString()} and {high.ToString()}"));
        }

        return new ConfiguredRequirement(role, signal, requirements, severity ?? Severity.Error, member.At) { IsOff = severity is null };
    }

    private static (ArtifactRole Role, string Signal)? Subject(ConfigMember member, ConfigErrors errors)
    {
        var dot = member.Name.IndexOf('.', StringComparison.Ordinal);
        var key = dot < 0 ? member.Name : member.Name[..dot];
        if (ArtifactRoles.Find(key) is not { } role)
        {
            errors.Add(member.At, SafeText.Of(
                $"there is no role \"{key}\" in \"{member.Name}\", which has to be a role, a dot and a signal{NearestName.Hint(key, [.. ArtifactRoles.All.Select(r => r.Key())])}"));
            return null;
        }

        var signal = dot < 0 ? "" : member.Name[(dot + 1)..];
        if (signal.Length == 0)
        {
            errors.Add(member.At, SafeText.Of($"\"{member.Name}\" names a role and no signal, such as {Example(role)}"));
            return null;
        }

        if (Problem(role, signal) is not { IsEmpty: false } problem)
        {
            return (role, signal);
        }

        errors.Add(member.At, problem);
        return null;
    }

    private static SafeText Problem(ArtifactRole role, string signal)
    {
        if (role == ArtifactRole.Metrics)
        {
            return signal.Length <= LongestMetric ? SafeText.Empty : SafeText.Of($"the name of a metric has at most {LongestMetric} characters");
        }

        string[] fitting = [.. SignalCatalogue.All.Where(s => s.Source is not null && Fits(role, s.Description.On)).Select(s => s.Description.Name)];
        return SignalCatalogue.Find(signal) switch
        {
            null => SafeText.Of($"there is no signal \"{signal}\"{NearestName.Hint(signal, fitting)}"),
            { Source: null, Description.On: var pair } => SafeText.Of(
                $"{signal} is measured on {SignalsPage.Name(pair)}, and cannot be required of one file: the gate {GateOf(pair)} judges it"),
            { Description.On: var on } when !Fits(role, on) => SafeText.Of(
                $"{signal} is measured on {SignalsPage.Name(on)}, and a file of the role {role.Key()} is {WhatIs(role)}; for {role.Key()} there are: {string.Join(", ", fitting)}"),
            _ => SafeText.Empty,
        };
    }

    // Data sets and configurations may be files of any kind.
    private static bool Fits(ArtifactRole role, MeasuredOn on) => on == MeasuredOn.File || role switch
    {
        ArtifactRole.Output or ArtifactRole.Reference or ArtifactRole.Input or ArtifactRole.Target or ArtifactRole.Recordings or ArtifactRole.Recordings16k => on == MeasuredOn.Recording,
        ArtifactRole.Log => on == MeasuredOn.Series,
        ArtifactRole.Dataset or ArtifactRole.Config => true,
        ArtifactRole.Baseline or ArtifactRole.History => false,
        ArtifactRole.Pitch or ArtifactRole.FinePitch or ArtifactRole.Features => on == MeasuredOn.Weights,
        _ => on is MeasuredOn.Weights or MeasuredOn.Checkpoint,
    };

    private static string WhatIs(ArtifactRole role) => role switch
    {
        ArtifactRole.Log => "a training log",
        ArtifactRole.Baseline or ArtifactRole.History => "a baseline",
        ArtifactRole.Output or ArtifactRole.Reference or ArtifactRole.Input or ArtifactRole.Target or ArtifactRole.Recordings or ArtifactRole.Recordings16k => "a recording",
        ArtifactRole.Pitch or ArtifactRole.FinePitch or ArtifactRole.Features => "an array",
        _ => "a model",
    };

    /// <summary>The gate that compares the two artifacts on which signals are measured that no single file has.</summary>
    internal static string GateOf(MeasuredOn pair) => pair switch
    {
        MeasuredOn.ModelAndArchitecture => "keys-must-match",
        MeasuredOn.ModelAndConfiguration => "declared-configuration-must-hold",
        MeasuredOn.DataSet => "features-must-belong-to-their-audio",
        MeasuredOn.ModelAndStart => "weights-must-have-moved",
        MeasuredOn.ModelAndReference => "weights-must-resemble-reference",
        MeasuredOn.OutputAndReference => "mel-must-resemble-reference",
        MeasuredOn.ModelRun => "model-must-run",
        _ => "final-checkpoint-must-be-exported",
    };

    private static string Example(ArtifactRole role) => role switch
    {
        ArtifactRole.Metrics => "\"metrics.eval.wer\"",
        ArtifactRole.Log => "\"log.loss-last\"",
        ArtifactRole.Output or ArtifactRole.Reference or ArtifactRole.Input or ArtifactRole.Target or ArtifactRole.Dataset or ArtifactRole.Recordings or ArtifactRole.Recordings16k => $"\"{role.Key()}.rms\"",
        ArtifactRole.Pitch or ArtifactRole.FinePitch or ArtifactRole.Features => $"\"{role.Key()}.nan-weights\"",
        _ => $"\"{role.Key()}.parameter-count\"",
    };

    // Bounds that exclude each other are a slip of the pen, and would fail every file.
    private static (Requirement Low, Requirement High)? Contradiction(List<Requirement> requirements)
    {
        foreach (var low in requirements.Where(r => r.Relation is Relation.AtLeast or Relation.Above or Relation.Equal))
        {
            foreach (var high in requirements.Where(r => r != low && r.Relation is Relation.AtMost or Relation.Below or Relation.Equal))
            {
                var isStrict = low.Relation == Relation.Above || high.Relation == Relation.Below;
                if (low.Limit > high.Limit || (isStrict && low.Limit == high.Limit))
                {
                    return (low, high);
                }
            }
        }

        return null;
    }
}
