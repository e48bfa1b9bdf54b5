using ModelGate.Artifacts;
using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>The files that hold weights, whatever part they play, each once.</summary>
internal static class WeightFiles
{
    /// <summary>The roles whose files hold weights.</summary>
    public static readonly IReadOnlyList<ArtifactRole> Roles = [ArtifactRole.Model, ArtifactRole.Checkpoints, ArtifactRole.Architecture];

    /// <summary>The files, readable or refused; a problem in place of each that could not be opened or holds something else.</summary>
    public static IEnumerable<Selection<ExaminedFile>> In(ArtifactSet artifacts)
        => Roles.SelectMany(role => artifacts.Examined(role).Where(s => role != ArtifactRole.Architecture || !IsManifest(s.Subject)).Select(s => Weights(s, role)))
            .DistinctBy(s => s.Artifact ?? s.Problem.Value, StringComparer.Ordinal);

    // An architecture may be a JSON manifest: text, with nothing in it to run and nobody's weights.
    private static bool IsManifest(ExaminedFile? file) => file?.Content is KeyManifest || file?.Fault?.Format == "key-manifest";

    private static Selection<ExaminedFile> Weights(Selection<ExaminedFile> selection, ArtifactRole role)
        => selection.Subject is { Content: { } content and not Checkpoint } file
            ? new(file.Path, SafeText.Of($"{file.Path} is {content.Format}, which cannot serve as {role.Key()}"))
            : selection;
}
