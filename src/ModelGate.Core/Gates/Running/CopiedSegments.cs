using ModelGate.Gates.Data;
using ModelGate.ModelRuns;
using ModelGate.Runs;

namespace ModelGate.Gates.Running;

/// <summary>A recording that a model makes anew, with what was computed from it.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Features">Its features; null for a model that takes a mel spectrogram.</param>
/// <param name="Pitch">Its coarse pitch; null where none is known.</param>
/// <param name="FinePitch">Its pitch in hertz; null where none is known.</param>
internal sealed record CopiedSegment(RoleFile Recording, RoleFile? Features, RoleFile? Pitch, RoleFile? FinePitch)
{
    /// <summary>Its files.</summary>
    public IEnumerable<RoleFile> Files => new[] { Recording, Features, Pitch, FinePitch }.OfType<RoleFile>();

    /// <summary>The step that makes it.</summary>
    public ModelRunStep.Synthesize Step(RoleFile copy, int speaker) => new()
    {
        Recording = Recording.Path,
        Features = Features?.Path,
        Pitch = Pitch?.Path,
        FinePitch = FinePitch?.Path,
        Speaker = speaker,
        Output = copy.Path,
    };
}

/// <summary>Chooses the recordings that a model makes anew.</summary>
internal static class CopiedSegments
{
    private static readonly ArtifactRole[] Sides = [ArtifactRole.Features, ArtifactRole.Pitch, ArtifactRole.FinePitch];

    /// <summary>As many as are asked for, spread evenly over the data set in the order of their names: the same files give the same choice.</summary>
    /// <param name="files">The files of a subject.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<CopiedSegment> Of(IEnumerable<RoleFile> files, int most)
    {
        var all = files.ToArray();
        var role = all.Any(f => f.Role == ArtifactRole.Recordings) ? ArtifactRole.Recordings : ArtifactRole.Reference;
        var hasFeatures = all.Any(f => f.Role == ArtifactRole.Features);
        var items = DataSets.Items(new Subject("", [.. all.Where(f => f.Role == role || Sides.Contains(f.Role))]))
            .Where(i => i.Find(role) is not null && (!hasFeatures || i.Find(ArtifactRole.Features) is not null))
            .Select(i => new CopiedSegment(i.Find(role)!, i.Find(ArtifactRole.Features), i.Find(ArtifactRole.Pitch), i.Find(ArtifactRole.FinePitch)))
            .ToArray();
        return items.Length <= most ? items : [.. Enumerable.Range(0, most).Select(i => items[(int)(((2L * i) + 1) * items.Length / (2L * most))])];
    }
}
