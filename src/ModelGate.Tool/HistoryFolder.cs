using System.Globalization;
using System.Text.RegularExpressions;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Runs;
using ModelGate.Runs.Json;

namespace ModelGate.Tool;

/// <summary>A folder with a small file for each run: what the run measured, and what became of it.</summary>
/// <remarks>The files are numbered in the order in which they were written, since a report holds no clock: 000042-0b1c2d3e4f5a.json, with the commit where the build server tells it.</remarks>
internal static partial class HistoryFolder
{
    private const int ShortCommit = 12;
    private const long LastNumber = 999_999_999_999;

    /// <summary>The runs of a folder, the oldest first; none where there is no folder yet.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="most">How many runs are read, the newest of all.</param>
    /// <param name="limits">What a file may cost to read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="UsageException">A file of it is not what a run writes there, or cannot be read.</exception>
    public static RunHistory Read(string folder, int most, ReadLimits limits, CancellationToken cancellation)
        => new([.. Numbered(folder).TakeLast(most).Select(f => Entry(f.Path, limits, cancellation))]);

    /// <summary>Reads one run.</summary>
    /// <exception cref="UsageException">It is not what a run writes there, or cannot be read.</exception>
    public static Baseline Entry(string path, ReadLimits limits, CancellationToken cancellation)
    {
        using var file = OpenedFile.Open(path);
        using var budget = new ReadBudget(limits, cancellation);
        return file.Read(ArtifactRole.History, budget) is Baseline { Run: not null } entry ? entry
            : throw new UsageException(SafeText.Of($"{path} is not a run that modelgate check --history wrote; a history holds nothing else under such names"));
    }

    /// <summary>Adds a run, and removes the oldest beyond a number; a run that says the same as the newest is not added again.</summary>
    /// <param name="folder">The folder, which is made where it is not there.</param>
    /// <param name="entry">The run.</param>
    /// <param name="most">How many runs are kept.</param>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Add(string folder, Baseline entry, int most)
    {
        using var written = new MemoryStream();
        BaselineJson.Write(entry, written);
        var there = Numbered(folder);
        if (there is [.., var newest] && File.ReadAllBytes(newest.Path).AsSpan().SequenceEqual(written.GetBuffer().AsSpan(0, (int)written.Length)))
        {
            return;
        }

        var number = there is [.., var last] ? last.Number + 1 : 1;
        if (number > LastNumber)
        {
            throw new UsageException(SafeText.Of($"the history {folder} is at its last number; rename its newest file"));
        }

        var commit = entry.Run!.Origin.Commit.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"{number:000000}{(commit.Length == 0 ? "" : "-")}{commit[..Math.Min(commit.Length, ShortCommit)]}.json");
        WrittenFile.Replace(Path.Combine(folder, name), stream => stream.Write(written.GetBuffer(), 0, (int)written.Length), SafeText.Of($"the history {folder}"));
        foreach (var (_, path) in there.SkipLast(Math.Max(0, most - 1)).Where(f => WrittenFile.IsOwn(f.Path)))
        {
            File.Delete(path);
        }
    }

    /// <summary>Whether a file is called like a run.</summary>
    public static bool IsEntry(string path) => Name().IsMatch(Path.GetFileName(path));

    /// <summary>The files of a folder that are called like runs, the oldest first.</summary>
    /// <exception cref="UsageException">The folder cannot be read.</exception>
    public static IReadOnlyList<(long Number, string Path)> Numbered(string folder)
    {
        if (File.Exists(folder))
        {
            throw new UsageException(SafeText.Of($"{folder} is a file; a history is a folder"));
        }

        try
        {
            return !Directory.Exists(folder) ? []
                : [.. Directory.EnumerateFiles(folder).Select(p => (Match: Name().Match(Path.GetFileName(p)), Path: p)).Where(f => f.Match.Success)
                    .Select(f => (Number: long.Parse(f.Match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), f.Path))
                    .OrderBy(f => f.Number).ThenBy(f => f.Path, StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(SafeText.Of($"the history {folder} cannot be read: {fault.Message.TrimEnd('.')}"));
        }
    }

    [GeneratedRegex(@"\A([0-9]{6,12})(?:-[0-9A-Za-z]{1,12})?\.json\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
