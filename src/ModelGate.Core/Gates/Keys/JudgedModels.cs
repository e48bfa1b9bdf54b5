using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Keys;

/// <summary>The models that an architecture is compared with: the model, or where none is named the final checkpoint.</summary>
internal static class JudgedModels
{
    /// <summary>The subjects: a model each, or all checkpoints; with the files of the role architecture, where it is named.</summary>
    public static IEnumerable<Subject> Of(RoleFiles files)
    {
        var architecture = files.Of(ArtifactRole.Architecture);
        if (files.Has(ArtifactRole.Architecture) && architecture.Count != 1)
        {
            return [Subject.Impossible(files.Missing(ArtifactRole.Architecture) is { IsEmpty: false } problem
                ? problem
                : SafeText.Of($"{architecture.Count} files match the role architecture, and a model has one"))];
        }

        return Of(files, static _ => true).Select(s => s.Files.Count == 0 ? s : s with { Files = [.. architecture, .. s.Files] });
    }

    /// <summary>The subjects without an architecture: a model each, or all checkpoints that are meant.</summary>
    /// <param name="files">The files by role.</param>
    /// <param name="isMeant">Which files of the role checkpoints are meant.</param>
    public static IEnumerable<Subject> Of(RoleFiles files, Predicate<RoleFile> isMeant)
    {
        if (files.Has(ArtifactRole.Model))
        {
            var parts = ModelParts.In(files.Of(ArtifactRole.Model));
            var inParts = parts.SelectMany(p => p.Files).ToHashSet();
            return files.Each(ArtifactRole.Model).Where(s => !s.Files.Any(inParts.Contains))
                .Concat(parts.Select(p => Subject.Impossible(
                    SafeText.Of($"{p.Files[0].Path} is one of {p.Files.Count + p.Missing.Count} parts of a model, which only its index holds together: name the index (model.safetensors.index.json) as the model"), p.Files[0].Path)));
        }

        if (files.Missing(ArtifactRole.Checkpoints) is { IsEmpty: false } missing)
        {
            return [Subject.Impossible(missing)];
        }

        return files.Of(ArtifactRole.Checkpoints).Where(f => isMeant(f)).ToArray() is { Length: > 0 } checkpoints
            ? [new Subject("", checkpoints)]
            : [Subject.Impossible(SafeText.Of($"neither model nor checkpoints name a file to compare"))];
    }

    /// <summary>What has to be measured to choose the model and to know its keys.</summary>
    public static IEnumerable<Need> Needs(Subject subject)
        => subject.Files.SelectMany(f => f.Role switch
        {
            ArtifactRole.Checkpoints => new Need[] { new(f, new OutlineMeasure()), new(f, new ProgressMeasure()) },
            ArtifactRole.Model => [new(f, new OutlineMeasure())],
            _ => [],
        });

    /// <summary>The model of a subject; null where no checkpoint states its step.</summary>
    public static JudgedModel? Choose(Subject subject, IMeasured measured)
    {
        var file = subject.Of(ArtifactRole.Model).FirstOrDefault() ?? Final(subject, measured);
        return file is null ? null : new JudgedModel(file.Path, measured.Of(file, new OutlineMeasure()));
    }

    private static RoleFile? Final(Subject subject, IMeasured measured)
    {
        var progress = subject.Of(ArtifactRole.Checkpoints).ToDictionary(f => measured.Of(f, new ProgressMeasure()));
        return FinalCheckpoints.Of([.. progress.Keys]) is [var final, ..] ? progress[final] : null;
    }
}

/// <summary>A model that is judged.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Outline">Its tensors, without their elements.</param>
internal sealed record JudgedModel(string Path, Checkpoint Outline);
