using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Weights;

/// <summary>What of a run is used in the end: its models; where there is none, the checkpoint that was saved last.</summary>
internal static class ShippedModels
{
    /// <summary>A subject for each, with the files of a role that it is held against.</summary>
    public static IEnumerable<Subject> Of(RoleFiles files, ArtifactRole against)
    {
        if (files.Missing(against) is { IsEmpty: false } problem)
        {
            return [Subject.Impossible(problem)];
        }

        var others = files.Of(against);
        var models = files.Of(ArtifactRole.Model).Where(f => !others.Any(o => o.Path == f.Path)).ToArray();
        var shipped = models.Length > 0 ? models : Newest(files.Of(ArtifactRole.Checkpoints).Where(f => !others.Any(o => o.Path == f.Path))) is { } newest ? [newest] : [];
        if (shipped.Length == 0)
        {
            var missing = files.Missing(ArtifactRole.Model);
            return [Subject.Impossible(missing.IsEmpty ? files.Missing(ArtifactRole.Checkpoints) is { IsEmpty: false } none ? none : SafeText.Of($"there is no model and no checkpoint to judge") : missing)];
        }

        return shipped.Select(f => new Subject(f.Path, [f, .. others]));
    }

    // By the number in its name: nothing has been opened when gates choose what they judge.
    private static RoleFile? Newest(IEnumerable<RoleFile> checkpoints)
        => checkpoints.Select(f => (File: f, Name: CheckpointName.OfPath(f.Path))).Where(f => f.Name is { SaysState: false, SaysDiscriminator: false })
            .OrderBy(f => f.Name.Step ?? f.Name.Epoch ?? -1).ThenBy(f => f.File.Path, StringComparer.Ordinal).LastOrDefault().File;
}
