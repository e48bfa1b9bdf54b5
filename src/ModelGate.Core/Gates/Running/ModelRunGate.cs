using ModelGate.Artifacts;
using ModelGate.Gates.Checkpoints;
using ModelGate.Gates.Keys;
using ModelGate.ModelRuns;
using ModelGate.Runs;

namespace ModelGate.Gates.Running;

/// <summary>A gate that runs a model by itself: each model, or where none is named the final checkpoint.</summary>
/// <typeparam name="TOptions">The options, with their defaults: a record nested in the gate.</typeparam>
internal abstract class ModelRunGate<TOptions> : Gate<TOptions>
    where TOptions : class, IModelRunOptions
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Model, ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Config];

    /// <inheritdoc/>
    public sealed override bool RunsModels => true;

    /// <inheritdoc/>
    protected sealed override IEnumerable<Subject> Select(RoleFiles files, TOptions options) => RunnableModels.Of(files);

    /// <inheritdoc/>
    protected sealed override IEnumerable<Need> Needs(Subject subject, TOptions options) => JudgedModels.Needs(subject);

    /// <inheritdoc/>
    protected sealed override Judgement Judge(Subject subject, TOptions options, IMeasured measured)
    {
        var (model, problem) = RunnableModels.Choose(subject, measured);
        return model is null ? Judgement.Inconclusive(problem) : Judge(model, options, measured) with { Path = model.Path };
    }

    /// <summary>Judges a model.</summary>
    protected abstract Judgement Judge(RunnableModel model, TOptions options, IMeasured measured);
}

/// <summary>Options of every gate that runs models.</summary>
internal interface IModelRunOptions
{
    /// <summary>How long each step may take, in seconds.</summary>
    int TimeLimit { get; }

    /// <summary>How much memory the process may use, in MiB.</summary>
    int MemoryLimit { get; }
}

/// <summary>Finds the models that can be run.</summary>
internal static class RunnableModels
{
    /// <summary>A subject for each model, or one for the checkpoints; with the trainer's configuration, where one file has the role.</summary>
    public static IEnumerable<Subject> Of(RoleFiles files)
        => JudgedModels.Of(files, CheckpointCompanions.IsOfModel).Select(s => s.Files.Count == 0 || files.Of(ArtifactRole.Config) is not [var config] ? s : s with { Files = [.. s.Files, config] });

    /// <summary>The model of a subject; or why there is none.</summary>
    public static (RunnableModel? Model, SafeText Problem) Choose(Subject subject, IMeasured measured)
    {
        var chosen = JudgedModels.Choose(subject, measured);
        return chosen is null
            ? (null, SafeText.Of($"none of {SafeText.Count(subject.Of(ArtifactRole.Checkpoints).Count(), "checkpoint")} states its step or epoch, so there is no way to tell which one to run"))
            : Of(subject.Files.First(f => f.Path == chosen.Path && f.Role is ArtifactRole.Model or ArtifactRole.Checkpoints), chosen.Outline, subject);
    }

    /// <summary>A file as a model that can be run; or why it cannot be.</summary>
    public static (RunnableModel? Model, SafeText Problem) Of(RoleFile file, Checkpoint outline, Subject subject)
    {
        var format = outline.Format switch
        {
            "torchscript" => ModelRunFormat.TorchScript,
            "onnx" => ModelRunFormat.Onnx,
            _ => ModelRunFormat.Weights,
        };
        return format == ModelRunFormat.Weights && outline.Weights.Count == 0
            ? (null, SafeText.Of($"{file.Path} holds no state_dict: there is nothing to run"))
            : (new RunnableModel(file, format, subject.Of(ArtifactRole.Config).FirstOrDefault()), default);
    }
}
