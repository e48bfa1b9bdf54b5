using ModelGate.Runs;

namespace ModelGate.Gates.Audio;

/// <summary>Pairs every output with the recording that it may be compared with, and says how it was found.</summary>
/// <remarks>
/// In this order: the name that the gate's option spells; the only recording of the role; the one of the same name, with or without what follows the last <c>_</c>, as
/// <c>x_input.wav</c> and <c>x_converted.wav</c> have it. By their rank files are paired only where no name fits any, and there are as many of both: a name that fits one output and not
/// another shows that the other's is missing.
/// </remarks>
internal static class RecordingPairs
{
    private const string Name = "{name}";
    private const string Stem = "{stem}";

    /// <summary>A subject for each output, with its reference where one is known to belong to it.</summary>
    public static IEnumerable<Subject> Of(RoleFiles files, string? spelled = null) => Of(files, spelled, ArtifactRole.Reference);

    /// <summary>A subject for each output with its reference; where one has none, a subject that says so.</summary>
    /// <param name="files">The files by role.</param>
    /// <param name="spelled">The name of an output's reference, with <c>{name}</c> or <c>{stem}</c>; null to find it.</param>
    public static IEnumerable<Subject> Both(RoleFiles files, string? spelled)
        => files.Missing(ArtifactRole.Reference) is { IsEmpty: false } problem && files.Of(ArtifactRole.Output).Count > 0
            ? files.Of(ArtifactRole.Output).Select(o => Subject.Impossible(problem, o.Path))
            : Of(files, spelled).Select(s => s.Files.Count == 1 ? Subject.Impossible(Unpaired(s, files, ArtifactRole.Reference, spelled), s.Path) : s);

    /// <summary>Pairs with recordings of another role.</summary>
    public static IEnumerable<Subject> Of(RoleFiles files, string? spelled, ArtifactRole role)
    {
        var outputs = files.Of(ArtifactRole.Output);
        var others = files.Of(role);
        if (outputs.Count == 0)
        {
            return files.Each(ArtifactRole.Output);
        }

        if (spelled is not null)
        {
            return outputs.Select(o => Paired(o, others.Where(r => r.FileName == Spelled(spelled, o) || NameOf(r) == Spelled(spelled, o)).ToArray(), SafeText.Of($"as referenceName says")));
        }

        if (others.Count == 1)
        {
            return outputs.Select(o => Paired(o, others, SafeText.Of($"the only {role.Key()}")));
        }

        var named = outputs.Select(o => ByName(o, others)).ToArray();
        return named.Any(n => n.Length > 0) || others.Count != outputs.Count
            ? outputs.Select((o, i) => Paired(o, named[i], SafeText.Of($"by its name")))
            : outputs.Select((o, i) => Paired(o, [others[i]], SafeText.Of($"by its rank among {others.Count}: no name says so")));
    }

    /// <summary>Why an output has no recording beside it.</summary>
    public static SafeText Unpaired(Subject subject, RoleFiles files, ArtifactRole role, string? spelled)
        => files.Of(role).Count == 0
            ? SafeText.Of($"there is no {role.Key()} to compare {subject.Path} with")
            : spelled is not null
                ? SafeText.Of($"none of {SafeText.Count(files.Of(role).Count, role.Key())} is called {Spelled(spelled, subject.First(ArtifactRole.Output))}, as referenceName says for {subject.Path}")
                : SafeText.Of($"none of {SafeText.Count(files.Of(role).Count, role.Key())} has a name that belongs to {subject.Path}: name them alike, or say in referenceName how they are called");

    private static Subject Paired(RoleFile output, IReadOnlyList<RoleFile> found, SafeText how)
        => found.Count == 1 ? new Subject(output.Path, [output, found[0]]) { PairedBy = how } : new Subject(output.Path, [output]);

    private static RoleFile[] ByName(RoleFile output, IReadOnlyList<RoleFile> others)
    {
        var same = others.Where(r => NameOf(r) == NameOf(output)).ToArray();
        return same.Length == 1 ? same : [.. others.Where(r => StemOf(r) == StemOf(output))];
    }

    private static string Spelled(string pattern, RoleFile output)
        => pattern.Replace(Name, NameOf(output), StringComparison.Ordinal).Replace(Stem, StemOf(output), StringComparison.Ordinal);

    private static string NameOf(RoleFile file) => Path.GetFileNameWithoutExtension(file.FileName);

    private static string StemOf(RoleFile file)
    {
        var name = NameOf(file);
        var end = name.LastIndexOf('_');
        return end > 0 ? name[..end] : name;
    }
}
