using ModelGate.Configuration;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>The files of a recognised folder that no role of its trainer's preset names.</summary>
/// <param name="Recordings">Recordings that are not of a data set, by the part that each seems to play.</param>
/// <param name="Others">Why the others are not judged, and which.</param>
internal sealed record UnnamedFiles(IReadOnlyList<(string Path, ArtifactRole Role)> Recordings, IReadOnlyList<(string Why, IReadOnlyList<string> Paths)> Others)
{
    private const int DeepestFolder = 8;

    // Names are looked at, and the first bytes of these many files.
    private const int MostFiles = 50_000;
    private const int MostOpened = 500;

    private const string Unnamed = "no role of the preset names them";
    private const string OtherKinds = "files of other kinds";
    private const string Hidden = "hidden folders, which are not searched";
    private const string TooDeep = "folders that lie too deep to be searched";

    /// <summary>Looks at a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="named">The paths, relative to it, that a role names.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static UnnamedFiles Of(string folder, IReadOnlySet<string> named)
    {
        var root = Path.GetFullPath(folder);
        var left = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var unnamed = FolderTree.Files(root, DeepestFolder, name => name is not ['.', ..], deeper => Leave(TooDeep, deeper), hidden => Leave(Hidden, hidden))
            .Select(f => Relative(Path.GetRelativePath(root, f)))
            .Where(f => !named.Contains(f) && f != GateConfiguration.FileName)
            .Take(MostFiles).Order(StringComparer.Ordinal).ToArray();
        var kinds = unnamed.Take(MostOpened).Select(f => (Path: f, Kind: FolderFiles.KindOf(Path.Combine(root, f)))).ToArray();
        var recordings = FolderFiles.Recordings([.. kinds.Where(k => k.Kind == ArtifactRole.Output).Select(k => k.Path)]);
        var judged = recordings.Select(r => r.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, kind) in kinds.Where(k => !judged.Contains(k.Path)))
        {
            Leave(kind is null ? OtherKinds : Unnamed, path);
        }

        foreach (var path in unnamed.Skip(MostOpened))
        {
            Leave(ContentRecognition.IsWeights(path) ? Unnamed : OtherKinds, path);
        }

        return new UnnamedFiles(recordings, [.. left.Select(l => (l.Key, (IReadOnlyList<string>)[.. l.Value.Order(StringComparer.Ordinal)]))]);

        void Leave(string why, string path) => (left.TryGetValue(why, out var paths) ? paths : left[why] = []).Add(Relative(path));

        static string Relative(string path) => path.Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>The plan that judges the recordings too, and says what is left.</summary>
    public EvaluationPlan Complete(EvaluationPlan plan)
    {
        var roles = Recordings.GroupBy(r => r.Role).Where(g => !plan.Configuration.Artifacts.ContainsKey(g.Key)).OrderBy(g => g.Key)
            .ToDictionary(g => g.Key, g => new RolePatterns([.. g.Select(r => r.Path)], SourcePosition.None) { AreNames = true });
        var own = plan.Gates.Select(g => g.Gate.Id).ToHashSet(StringComparer.Ordinal);
        ConfiguredGate[] gates = [.. plan.Gates.Concat(ContentRecognition.GatesFor(roles).Where(g => !own.Contains(g.Gate.Id))).OrderBy(g => g.Gate.Id, StringComparer.Ordinal)];
        return plan with
        {
            Configuration = plan.Configuration with { Artifacts = plan.Configuration.Artifacts.Concat(roles).ToDictionary(), Gates = gates },
            Gates = gates,
            Notes =
            [
                .. plan.Notes,
                .. roles.Select(r => SafeText.Of($"{r.Key.Key()}: {ContentRecognition.Listed(r.Value.Patterns)}")),
                .. Others.Select(o => SafeText.Of($"not judged: {ContentRecognition.Listed(o.Paths)} ({o.Why})")),
            ],
        };
    }
}
