using ModelGate.Runs;

namespace ModelGate.Gates.Data;

/// <summary>Finds what belongs together in the folders of a data set: files of one stem.</summary>
internal static class DataSets
{
    /// <summary>The roles that make up a data set.</summary>
    public static IReadOnlyList<ArtifactRole> Roles { get; } =
        [ArtifactRole.Recordings, ArtifactRole.Recordings16k, ArtifactRole.Pitch, ArtifactRole.FinePitch, ArtifactRole.Features];

    // Trainers append what a file holds to the name of the recording: 0_1.wav.npy, 0_1.wav.f0.npy, 0_1.wav.soft.pt.
    private static readonly string[] Endings = [".data.pt", ".npy", ".npz", ".pt", ".pth", ".wav", ".flac", ".f0", ".soft", ".cvec", ".hubert"];

    /// <summary>A subject for each data set: the files of some of its roles, about the folder that holds their folders.</summary>
    /// <param name="files">The files.</param>
    /// <param name="roles">The roles that are wanted.</param>
    public static IEnumerable<Subject> Of(RoleFiles files, params IReadOnlyList<ArtifactRole> roles)
    {
        foreach (var missing in roles.Select(files.Missing).Where(m => !m.IsEmpty))
        {
            yield return Subject.Impossible(missing);
        }

        RoleFile[] all = [.. roles.SelectMany(files.Of)];
        var layout = DataSetLayout.Of(all);
        foreach (var group in all.GroupBy(layout.RootOf, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            yield return new Subject(group.Key, [.. group.OrderBy(f => f.Role).ThenBy(f => f.Path, StringComparer.Ordinal)])
            {
                Beside = [.. roles.SelectMany(files.OtherCase).Where(f => layout.RootOf(f) == group.Key)],
            };
        }
    }

    /// <summary>The files of a data set by what they belong to, in the order of their names.</summary>
    public static IReadOnlyList<DataSetItem> Items(Subject subject)
    {
        var layout = DataSetLayout.Of(subject.Files);
        return [.. subject.Files.GroupBy(layout.NameOf, StringComparer.Ordinal).OrderBy(g => g.Key, NaturalOrder.Instance)
            .Select(g => new DataSetItem(g.Key, g.GroupBy(f => f.Role).ToDictionary(r => r.Key, r => r.First())))];
    }

    /// <summary>The recordings that features and pitch are computed from, where both are there.</summary>
    public static ArtifactRole SoundOf(RoleFiles files)
        => files.Of(ArtifactRole.Recordings16k).Count > 0 || !files.Has(ArtifactRole.Recordings) ? ArtifactRole.Recordings16k : ArtifactRole.Recordings;

    /// <summary>The files of a subject that are of pairs, of as many pairs at most, spread evenly.</summary>
    public static IReadOnlyList<RoleFile> Chosen(Subject subject, int most)
    {
        var items = Items(subject).Where(i => i.Files.Count == 2).ToArray();
        return [.. (items.Length <= most ? items : Enumerable.Range(0, most).Select(i => items[(int)((long)i * items.Length / most)])).SelectMany(i => i.Files.Values)];
    }

    /// <summary>The name of a recording: its file's name without the endings that trainers append.</summary>
    public static string StemOf(string fileName)
    {
        var stem = fileName;
        while (Endings.FirstOrDefault(e => stem.Length > e.Length && stem.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } ending)
        {
            stem = stem[..^ending.Length];
        }

        return stem;
    }

    /// <summary>The name of the folder that a file lies in.</summary>
    public static SafeText FolderOf(RoleFile file) => Parent(file.Path) is { Length: > 0 } folder ? SafeText.From(folder[(folder.LastIndexOf('/') + 1)..]) : SafeText.Of($"the folder of {file.FileName}");

    /// <summary>Some names in a sentence, and how many more there are.</summary>
    public static SafeText List(IReadOnlyCollection<string> names, int most = 5)
        => names.Count <= most
            ? SafeText.Join(", ", names.Select(n => SafeText.From(n)))
            : SafeText.Of($"{SafeText.Join(", ", names.Take(most).Select(n => SafeText.From(n)))} and {names.Count - most} more");

    /// <summary>The folder of a path; empty at the root.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";
}

/// <summary>What belongs to one recording of a data set.</summary>
/// <param name="Name">The name that its files share.</param>
/// <param name="Files">The files by role.</param>
internal sealed record DataSetItem(string Name, IReadOnlyDictionary<ArtifactRole, RoleFile> Files)
{
    /// <summary>The file of a role, or null.</summary>
    public RoleFile? Find(ArtifactRole role) => Files.GetValueOrDefault(role);
}

/// <summary>Orders names so that 0_10 comes after 0_9: neighbours are those that were cut one after another.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? "", y ?? "");
        var (i, j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            if (char.IsAsciiDigit(left[i]) && char.IsAsciiDigit(right[j]))
            {
                var (first, second) = (Number(left, ref i), Number(right, ref j));
                var order = first.Length != second.Length ? first.Length.CompareTo(second.Length) : string.CompareOrdinal(first, second);
                if (order != 0)
                {
                    return order;
                }
            }
            else if (left[i] != right[j])
            {
                return left[i].CompareTo(right[j]);
            }
            else
            {
                (i, j) = (i + 1, j + 1);
            }
        }

        return (left.Length - i) != (right.Length - j) ? (left.Length - i).CompareTo(right.Length - j) : string.CompareOrdinal(left, right);
    }

    private static string Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text[start..at].TrimStart('0');
    }
}
