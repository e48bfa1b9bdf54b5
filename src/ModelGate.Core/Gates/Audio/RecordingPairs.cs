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
    public static IEnumerable<Subject> Of(RoleFiles files) => Of(files, null, ArtifactRole.Reference);

    /// <summary>A subject for each output, with its reference where a name or the role says that it belongs to it: what can be judged without one is not judged beside one that was guessed.</summary>
    /// <param name="files">The files by role.</param>
    /// <param name="spelled">The name of an output's reference, with <c>{name}</c> or <c>{stem}</c>; null to find it.</param>
    public static IEnumerable<Subject> ByName(RoleFiles files, string? spelled) => Of(files, spelled, ArtifactRole.Reference, byRank: false);

    /// <summary>A subject for each output with its reference; where one has none, a subject that says so.</summary>
    /// <param name="files">The files by role.</param>
    /// <param name="spelled">The name of an output's reference, with <c>{name}</c> or <c>{stem}</c>; null to find it.</param>
    public static IEnumerable<Subject> Both(RoleFiles files, string? spelled)
        => files.Missing(ArtifactRole.Reference) is { IsEmpty: false } problem && files.Of(ArtifactRole.Output).Count > 0
            ? files.Of(ArtifactRole.Output).Select(o => Subject.Impossible(problem, o.Path))
            : Of(files, spelled, ArtifactRole.Reference).Select(s => s.Files.Count == 1 ? Subject.Impossible(Unpaired(s, files, ArtifactRole.Reference, spelled), s.Path) : s);

    /// <summary>Pairs with recordings of another role.</summary>
    public static IEnumerable<Subject> Of(RoleFiles files, string? spelled, ArtifactRole role, bool byRank = true)
    {
        var outputs = files.Of(ArtifactRole.Output);
        var others = files.Of(role);

        // A pattern that also matches outputs would have each compared with itself.
        if (others.Any(r => outputs.Any(o => o.Path == r.Path)))
        {
            others = [.. others.Where(r => outputs.All(o => o.Path != r.Path))];
        }

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

        var named = outputs.Select(o => ByName(o, others, outputs)).ToArray();
        return named.Any(n => n.Length > 0) || others.Count != outputs.Count || !byRank
            ? outputs.Select((o, i) => Paired(o, named[i], SafeText.Of($"by its name")))
            : outputs.Select((o, i) => Paired(o, [others[i]], SafeText.Of($"by its position among {others.Count}, since no names match")));
    }

    /// <summary>Why an output has no recording beside it.</summary>
    public static SafeText Unpaired(Subject subject, RoleFiles files, ArtifactRole role, string? spelled)
        => files.Of(role).Count == 0
            ? SafeText.Of($"there is no {role.Key()} to compare {subject.Path} with")
            : files.Of(role).All(r => files.Of(ArtifactRole.Output).Any(o => o.Path == r.Path))
                ? SafeText.Of($"every {role.Key()} is an output as well: {subject.Path} would be compared with itself")
            : spelled is not null
                ? SafeText.Of($"none of {SafeText.Count(files.Of(role).Count, role.Key())} is called {Spelled(spelled, subject.First(ArtifactRole.Output))}, as referenceName says for {subject.Path}")
                : SafeText.Of($"none of {SafeText.Count(files.Of(role).Count, role.Key())} has a name that belongs to {subject.Path}: name them alike, or say in referenceName what they are called");

    private static Subject Paired(RoleFile output, IReadOnlyList<RoleFile> found, SafeText how)
        => found.Count == 1 ? new Subject(output.Path, [output, found[0]]) { PairedBy = how } : new Subject(output.Path, [output]);

    private static RoleFile[] ByName(RoleFile output, IReadOnlyList<RoleFile> others, IReadOnlyList<RoleFile> outputs)
    {
        var same = others.Where(r => NameOf(r) == NameOf(output)).ToArray();
        if (same.Length > 0)
        {
            return InItsFolder(output, same);
        }

        // What has the whole name of another output is that one's.
        var names = outputs.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        return InItsFolder(output, [.. others.Where(r => StemOf(r) == StemOf(output) && !names.Contains(NameOf(r)))]);
    }

    // Several speakers often have a folder each, with files of the same names.
    private static RoleFile[] InItsFolder(RoleFile output, RoleFile[] found)
        => found.Length < 2 || found.Where(r => FolderOf(r) == FolderOf(output)).ToArray() is not { Length: 1 } only ? found : only;

    private static string FolderOf(RoleFile file) => file.Path.Split('/') is [.., var folder, _] ? folder : "";

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
