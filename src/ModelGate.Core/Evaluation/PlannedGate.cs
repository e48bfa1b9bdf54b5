using ModelGate.Configuration;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Gates.Requirements;

namespace ModelGate.Evaluation;

/// <summary>A gate that an evaluation runs, whether the configuration names it under <c>gates</c> or states it in <c>require</c>.</summary>
/// <param name="Everywhere">How it holds where no override says otherwise.</param>
/// <param name="Gate">The gate.</param>
/// <param name="For">How it holds for a file by its path; null where it is off there.</param>
internal sealed record PlannedGate(ConfiguredGate Everywhere, Gate Gate, Func<string?, ConfiguredGate?> For)
{
    private static readonly GateDescriptor Requirement = GateCatalogue.All.Single(g => g.FromRequirements);

    /// <summary>The id of the gate that stands for requirements.</summary>
    public static string RequirementId => Requirement.Id;

    /// <summary>The signal that a requirement is about; empty for a gate of the configuration's list.</summary>
    public string Signal { get; private init; } = "";

    /// <summary>The gates of a plan, in the order of their ids, then its requirements.</summary>
    public static IReadOnlyList<PlannedGate> Of(EvaluationPlan plan)
        =>
        [
            .. plan.Gates.Select(g => new PlannedGate(g, g.Gate.Create(), path => plan.Configuration.For(g, path))),
            .. plan.Requirements.Select(r => new PlannedGate(
                Configured(r), new RequirementMustHold(Bounds(r)), path => plan.Configuration.For(r, path) is { } found ? Configured(found) : null) { Signal = r.Signal }),
        ];

    /// <summary>A requirement as the gate that stands for it.</summary>
    private static ConfiguredGate Configured(ConfiguredRequirement requirement) => new(Requirement, requirement.Severity, Bounds(requirement), requirement.At) { IsOff = requirement.IsOff };

    private static RequirementMustHold.Options Bounds(ConfiguredRequirement requirement)
        => new() { Role = requirement.Role, Signal = requirement.Signal, Requirements = requirement.Requirements };
}
