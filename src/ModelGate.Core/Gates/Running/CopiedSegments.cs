using ModelGate.Gates.Data;
using ModelGate.ModelRuns;
using ModelGate.Runs;

namespace ModelGate.Gates.Running;

/// <summary>A recording that a model resynthesizes, with what was computed from it.</summary>
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

/// <summary>Chooses the recordings that a model resynthesizes.</summary>
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
        RoleFile[] own = [.. all.Where(f => f.Role == role || Sides.Contains(f.Role))];
        var layout = DataSetLayout.Of(own);
        CopiedSegment[] items = [.. own.GroupBy(layout.NameOf, StringComparer.Ordinal).OrderBy(g => g.Key, NaturalOrder.Instance)
            .SelectMany(g => Apart([.. g], role, layout))
            .Where(g => g.Any(f => f.Role == role) && (!hasFeatures || g.Any(f => f.Role == ArtifactRole.Features)))
            .Select(g => new CopiedSegment(g.First(f => f.Role == role), Find(g, ArtifactRole.Features), Find(g, ArtifactRole.Pitch), Find(g, ArtifactRole.FinePitch)))];
        return items.Length <= most ? items : [.. Enumerable.Range(0, most).Select(i => items[(int)(((2L * i) + 1) * items.Length / (2L * most))])];
    }

    // Recordings of one name, in a folder for each speaker, are not one recording; where each has files of its own, their data set tells whose these are.
    private static IEnumerable<IEnumerable<RoleFile>> Apart(RoleFile[] files, ArtifactRole role, DataSetLayout layout)
        => files.Count(f => f.Role == role) < 2 ? [files]
            : Array.TrueForAll(files, f => f.Role == role) ? files.OrderBy(f => f.Path, NaturalOrder.Instance).Select(f => new[] { f })
            : files.GroupBy(layout.RootOf, StringComparer.Ordinal).OrderBy(g => g.Key, NaturalOrder.Instance);

    private static RoleFile? Find(IEnumerable<RoleFile> files, ArtifactRole role) => files.FirstOrDefault(f => f.Role == role);
}
