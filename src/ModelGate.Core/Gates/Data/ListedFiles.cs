using ModelGate.Artifacts;

namespace ModelGate.Gates.Data;

/// <summary>A line of a data set's list: what it names, held against the files that are there by the ends of their paths.</summary>
/// <param name="Number">The line's number.</param>
/// <param name="Paths">The paths that it names, with forward slashes, each cut to its folder and name; a lone name where it has no folder.</param>
internal sealed record ListedFiles(int Number, IReadOnlyList<string> Paths)
{
    private static readonly string[] Endings = [".wav", ".flac", ".mp3", ".ogg", ".npy", ".npz", ".pt", ".pth"];

    /// <summary>What stands behind the last path, each a field; empty where nothing does.</summary>
    public IReadOnlyList<string> Rest { get; private init; } = [];

    /// <summary>Whether spaces stand around a path, which trainers take for a part of it.</summary>
    public bool HasSpaces { get; private init; }

    /// <summary>Whether it names the silence that RVC adds to every list, which is not of the data set.</summary>
    public bool IsMute { get; private init; }

    /// <summary>Whether it is a row of a table with tabs, which says something of a segment.</summary>
    public bool IsOfTable { get; private init; }

    /// <summary>The sample rate in thousands that the name of that silence states; null where it states none.</summary>
    public int? MuteRate { get; private init; }

    /// <summary>The segment whose files it names; the first where they are of several.</summary>
    public string Stem => StemOf(Paths[0]);

    /// <summary>The segments whose files it names.</summary>
    public IEnumerable<string> Stems => Paths.Select(StemOf).Distinct(StringComparer.Ordinal);

    /// <summary>The lines of a list that name files.</summary>
    public static IEnumerable<ListedFiles> Of(FileList list)
    {
        foreach (var (number, fields) in list.Lines)
        {
            // GPT-SoVITS names a segment by its recording alone, beside its text; its table of semantics begins with a line of titles.
            string[] named = list.Separator == '\t' ? [fields[0]] : [.. fields.Where((f, i) => i == 0 || IsPath(f.Trim()))];
            string[] paths = [.. named.Select(n => n.Trim().Trim('\uFEFF').Replace('\\', '/')).Where(n => n.Length > 0 && n != "item_name")];
            if (paths.Length == 0)
            {
                continue;
            }

            var mute = Array.Find(paths, p => p.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., "mute" or "mute_spin" or "mute_contentvec", _, _] or [.., "mute", _]);
            yield return new ListedFiles(number, [.. paths.Select(End)])
            {
                Rest = list.Separator == '\t' ? [] : [.. fields.Skip(Math.Max(0, Last(fields)) + 1)],
                HasSpaces = list.Separator == '|' && Array.Exists(named, n => n.Length != n.Trim().Length),
                IsMute = mute is not null,
                IsOfTable = list.Separator == '\t' && fields.Count > 1,
                MuteRate = mute is not null && Path.GetFileNameWithoutExtension(mute) is ['m', 'u', 't', 'e', .. var rate, 'k'] && int.TryParse(rate, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var thousands) ? thousands : null,
            };
        }
    }

    /// <summary>The folder and name at the end of a path.</summary>
    public static string End(string path) => string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).TakeLast(2));

    private static int Last(IReadOnlyList<string> fields)
    {
        for (var i = fields.Count - 1; i > 0; i--)
        {
            if (IsPath(fields[i].Trim()))
            {
                return i;
            }
        }

        return 0;
    }

    private static string StemOf(string path) => DataSets.StemOf(path[(path.LastIndexOf('/') + 1)..]);

    private static bool IsPath(string field) => Array.Exists(Endings, e => field.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
