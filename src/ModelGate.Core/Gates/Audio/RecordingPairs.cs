using ModelGate.Runs;

namespace ModelGate.Gates.Audio;

/// <summary>Pairs every output with the reference that it may be compared with.</summary>
internal static class RecordingPairs
{
    /// <summary>
    /// A subject for each output, with its reference where one is known to belong to it: the only one; else the one whose name is the same
    /// before its last <c>_</c>, as <c>x_input.wav</c> and <c>x_converted.wav</c> have it; else, where there are as many of both, the one of
    /// the same rank.
    /// </summary>
    public static IEnumerable<Subject> Of(RoleFiles files)
    {
        var outputs = files.Of(ArtifactRole.Output);
        var references = files.Of(ArtifactRole.Reference);
        return outputs.Count == 0
            ? files.Each(ArtifactRole.Output)
            : outputs.Select((output, rank) => ReferenceOf(output, rank, outputs.Count, references) is { } reference
                ? new Subject(output.Path, [output, reference])
                : new Subject(output.Path, [output]));
    }

    private static RoleFile? ReferenceOf(RoleFile output, int rank, int outputs, IReadOnlyList<RoleFile> references)
    {
        if (references.Count == 1)
        {
            return references[0];
        }

        var stem = StemOf(output);
        var named = references.Where(r => StemOf(r) == stem).ToArray();
        return named.Length == 1 ? named[0] : references.Count == outputs ? references[rank] : null;
    }

    private static string StemOf(RoleFile file)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(file.Path);
        var end = name.LastIndexOf('_');
        return end > 0 ? name[..end] : name;
    }
}
