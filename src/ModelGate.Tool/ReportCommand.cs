using System.CommandLine;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Reports.Html;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary><c>modelgate report</c>: all runs of a team on one page.</summary>
internal static class ReportCommand
{
    private const int MostFolders = 10_000;

    public static Command Create(Session session)
    {
        var folders = new Argument<string[]>("FOLDER") { Description = "A folder that check --history wrote, or one with several of these below. May be given many times.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output", "-o") { Description = "The page: one HTML file that needs no network.", HelpName = "FILE", Required = true };
        var runs = new Option<int>("--runs") { Description = "How many runs of each folder are shown, the newest of all.", HelpName = "N", DefaultValueFactory = _ => 500 };
        var overwrite = OverwriteOption.Create();
        var limit = LimitOption.Create();
        var command = new Command("report", "Draws the runs that check --history kept: every model of a team on one page, what fails first, and each number over the runs.") { folders, output, runs, overwrite, limit };
        command.SetAction(parsed => Run(session, parsed.GetValue(folders)!, parsed.GetValue(output)!, parsed.GetValue(runs), parsed.GetValue(overwrite), LimitOption.Apply(ReadLimits.Default, parsed.GetValue(limit) ?? [])));
        return command;
    }

    private static int Run(Session session, string[] folders, string output, int most, bool overwrite, ReadLimits limits)
    {
        var name = SafeText.From(output);
        if (most < 1)
        {
            throw new UsageException(SafeText.Of($"--runs is {most}; it has to be at least 1"));
        }

        if (HistoryFolder.IsEntry(output))
        {
            throw new UsageException(SafeText.Of($"{name} is called like a run of a history; give the page another name"));
        }

        WrittenFile.RequireOwn(output, name, overwrite);
        var histories = folders.SelectMany(f => Histories(f, folders.Length > 1)).DistinctBy(h => Path.GetFullPath(h.Folder)).ToArray();
        var models = histories.SelectMany(h => Models(h.Name, HistoryFolder.Read(h.Folder, most, limits, session.Cancellation))).ToArray();
        WrittenFile.Replace(output, stream => RunsPage.Write(models, stream), name);
        session.Output.WriteLine(SafeText.Of($"{name}: {SafeText.Count(models.Length, "model")} in {SafeText.Count(histories.Length, "history", "histories")}").Value);
        return ExitCode.Passed;
    }

    private static IEnumerable<ModelHistory> Models(string folder, RunHistory history)
        => history.Runs.SelectMany(r => r.Models).Select(m => m.Name.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(m => new ModelHistory(SafeText.From(string.Join(": ", new[] { folder, m }.Where(t => t.Length > 0)), int.MaxValue), history.Of(m), history.Runs.Count));

    // The folders with runs in them, by the name that tells them apart on the page.
    private static List<(string Folder, string Name)> Histories(string root, bool isOneOfSeveral)
    {
        if (!Directory.Exists(root))
        {
            throw new UsageException(SafeText.Of($"there is no folder {root}"));
        }

        List<string> found;
        try
        {
            found = [.. Directory.EnumerateDirectories(root, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 20 }).Take(MostFolders + 1)];
        }
        catch (IOException fault)
        {
            throw new UsageException(SafeText.Of($"{root} cannot be read: {fault.Message.TrimEnd('.')}"));
        }

        if (found.Count > MostFolders)
        {
            throw new UsageException(SafeText.Of($"{root} has more than {MostFolders} folders below it: name those that hold histories"));
        }

        var histories = found.Prepend(root).Where(f => HistoryFolder.Numbered(f).Count > 0).Order(StringComparer.Ordinal).ToArray();
        if (histories.Length == 0)
        {
            throw new UsageException(SafeText.Of($"{root} holds no runs: modelgate check --history FOLDER writes them"));
        }

        return [.. histories.Select(h => (h, isOneOfSeveral || histories.Length > 1 ? Name(root, h, isOneOfSeveral) : ""))];
    }

    private static string Name(string root, string folder, bool isOneOfSeveral)
    {
        var below = Path.GetRelativePath(root, folder).Replace(Path.DirectorySeparatorChar, '/');
        return below == "." ? root : isOneOfSeveral ? $"{root.TrimEnd('/')}/{below}" : below;
    }
}
