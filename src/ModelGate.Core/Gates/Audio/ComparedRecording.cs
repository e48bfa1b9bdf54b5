using ModelGate.Artifacts;
using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>A recording that a model made, and the one that it may be held against.</summary>
/// <param name="Output">The recording.</param>
/// <param name="Reference">What the model was given or should sound like; null where none is known to belong to it.</param>
internal sealed record ComparedRecording(ArtifactFile<AudioClip> Output, ArtifactFile<AudioClip>? Reference)
{
    /// <summary>
    /// Every output with its reference: the only one; else the one whose name is the same before its last <c>_</c>, as
    /// <c>x_input.wav</c> does with <c>x_converted.wav</c>; else, where there are as many of both, the one of the same rank.
    /// </summary>
    public static IEnumerable<Selection<ComparedRecording>> Of(ArtifactSet artifacts)
    {
        var outputs = artifacts.Files<AudioClip>(ArtifactRole.Output).ToArray();
        var references = artifacts.Files<AudioClip>(ArtifactRole.Reference).Where(r => r.Artifact is not null).ToArray();
        for (var i = 0; i < outputs.Length; i++)
        {
            var output = outputs[i];
            yield return output.Subject is { } file
                ? new(file.Path, new ComparedRecording(file, ReferenceOf(file, i, outputs.Length, references)))
                : new(output.Artifact, output.Problem);
        }
    }

    // Rank counts unreadable references too: without them every later pair would be a wrong one.
    private static ArtifactFile<AudioClip>? ReferenceOf(
        ArtifactFile<AudioClip> output, int rank, int outputs, Selection<ArtifactFile<AudioClip>>[] references)
    {
        if (references.Length == 1)
        {
            return references[0].Subject;
        }

        var stem = StemOf(output.Path);
        var named = references.Where(r => StemOf(r.Artifact!) == stem).ToArray();
        return named.Length == 1 ? named[0].Subject : references.Length == outputs ? references[rank].Subject : null;
    }

    private static string StemOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var end = name.LastIndexOf('_');
        return end > 0 ? name[..end] : name;
    }
}
