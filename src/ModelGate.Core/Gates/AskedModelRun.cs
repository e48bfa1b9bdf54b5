using ModelGate.ModelRuns;

namespace ModelGate.Gates;

/// <summary>A run that a gate asks for. Paths of its steps are relative to the configuration; those of files that a step writes are names.</summary>
/// <param name="Model">The model.</param>
/// <param name="Format">How it is run.</param>
/// <param name="Steps">What is done.</param>
/// <param name="Limits">What it may cost.</param>
internal sealed record AskedModelRun(RoleFile Model, ModelRunFormat Format, IReadOnlyList<ModelRunStep> Steps, ModelRunLimits Limits)
{
    /// <summary>The trainer's configuration, where the files name one.</summary>
    public RoleFile? Config { get; init; }
}
