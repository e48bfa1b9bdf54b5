namespace ModelGate.Gates.Data;

/// <summary>How the folders of data sets lie: one for each kind of file, with or without one for each speaker below them, or one for each speaker that holds every kind.</summary>
internal sealed class DataSetLayout
{
    private readonly HashSet<string> shared;
    private readonly HashSet<string> kinds;

    private DataSetLayout(HashSet<string> shared, HashSet<string> kinds) => (this.shared, this.kinds) = (shared, kinds);

    /// <summary>The layout of some files.</summary>
    /// <param name="files">The files of all roles that are looked at.</param>
    public static DataSetLayout Of(IReadOnlyCollection<RoleFile> files)
    {
        var roles = files.GroupBy(f => DataSets.Parent(f.Path), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(f => f.Role).ToHashSet(), StringComparer.Ordinal);

        // so-vits-svc keeps everything of a voice in one folder: 44k/anna/x.wav beside 44k/anna/x.wav.f0.npy.
        var shared = roles.Where(r => r.Value.Count > 1).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);

        // DDSP-SVC has folders of the same names below those of each kind: audio/1/x.wav and units/1/x.wav.npy.
        var kinds = roles.Where(r => !shared.Contains(r.Key) && DataSets.Parent(r.Key).Length > 0).GroupBy(r => (Root: DataSets.Parent(DataSets.Parent(r.Key)), Speaker: Name(r.Key)))
            .Where(g => g.SelectMany(r => r.Value).Distinct().Skip(1).Any()).SelectMany(g => g.Select(r => DataSets.Parent(r.Key))).ToHashSet(StringComparer.Ordinal);
        return new DataSetLayout(shared, kinds);
    }

    /// <summary>The folder of the data set that a file is of; empty where it is the root.</summary>
    public string RootOf(RoleFile file)
    {
        var above = DataSets.Parent(DataSets.Parent(file.Path));
        return kinds.Contains(above) ? DataSets.Parent(above) : above;
    }

    /// <summary>The name of the recording that a file belongs to, with its speaker where a folder names one.</summary>
    public string NameOf(RoleFile file)
    {
        var folder = DataSets.Parent(file.Path);
        return shared.Contains(folder) || kinds.Contains(DataSets.Parent(folder)) ? $"{Name(folder)}/{DataSets.StemOf(file.FileName)}" : DataSets.StemOf(file.FileName);
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
