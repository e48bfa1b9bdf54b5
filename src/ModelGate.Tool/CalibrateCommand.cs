using System.CommandLine;
using System.Text;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Evaluation.Calibrating;
using ModelGate.Gates;
using ModelGate.Reports;
using ModelGate.Reports.Html;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Catalogue;

namespace ModelGate.Tool;

/// <summary><c>modelgate calibrate</c>: finds limits that tell bad files from good ones, and says how far they can be trusted.</summary>
internal static class CalibrateCommand
{
    private const string Configuration = "config";
    private const int MostUnreadable = 5;

    private static readonly string[] Formats = [ConsoleReport.FormatName, "json", Configuration, "html"];

    public static Command Create(Session session)
    {
        var good = Files("--good", "Files that are as they should be: files, folders or patterns.");
        var bad = Files("--bad", "Files that have to fail: files, folders or patterns.");
        good.Required = bad.Required = true;
        var signal = new Option<string[]>("--signal") { Description = "Look at this signal only. May be given many times; modelgate explain lists them.", HelpName = "NAME" };
        var alarms = new Option<double>("--false-alarms") { Description = "The share of the good files that may break a limit, from 0 to below 1: use it if some of the good files may be bad.", HelpName = "SHARE" };
        var format = new Option<string>("--format") { Description = $"What to print: {string.Join(", ", Formats)}. config is a gate.config.json.", HelpName = "FORMAT", DefaultValueFactory = _ => ConsoleReport.FormatName };
        var report = new Option<string[]>("--report") { Description = $"Write a format to a file, such as html=calibration.html or config=gate.config.json. May be given many times.", HelpName = "FORMAT=FILE" };
        var overwrite = OverwriteOption.Create();
        var jobs = JobsOption.Create();
        var limit = LimitOption.Create();
        var command = new Command("calibrate", "Finds limits that let your good files pass and stop your bad ones, with their errors.") { good, bad, signal, alarms, format, report, overwrite, jobs, limit };
        command.SetAction(parsed => Run(
            session,
            parsed.GetValue(good)!,
            parsed.GetValue(bad)!,
            parsed.GetValue(signal) ?? [],
            parsed.GetValue(alarms),
            parsed.GetValue(format)!,
            [.. (parsed.GetValue(report) ?? []).Select(ReportOf)],
            parsed.GetValue(overwrite),
            new MeasuringPlan(LimitOption.Apply(ReadLimits.Default, parsed.GetValue(limit) ?? []), JobsOption.Check(parsed.GetValue(jobs)), null)));
        return command;
    }

    private static int Run(
        Session session, string[] good, string[] bad, string[] names, double alarms, string format, IReadOnlyList<(string Format, string Path)> reports, bool overwrite, MeasuringPlan plan)
    {
        Require(format);
        if (alarms is not (>= 0 and < 1))
        {
            throw new UsageException(SafeText.Of($"--false-alarms is a share from 0 to below 1, and not {alarms}"));
        }

        foreach (var (_, path) in reports)
        {
            WrittenFile.RequireOwn(path, SafeText.From(path), overwrite);
        }

        var (goodFiles, badFiles) = (FilesOf("--good", good), FilesOf("--bad", bad));
        var full = goodFiles.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        if (badFiles.FirstOrDefault(f => full.Contains(Path.GetFullPath(f))) is { } both)
        {
            throw new UsageException(SafeText.Of($"{both} is named as good and as bad"));
        }

        IReadOnlyList<Signal> signals = names.Length == 0 ? [.. SignalCatalogue.All.Where(s => s.Source is not null && s.Description.On != MeasuredOn.File)] : MeasureCommand.Signals(names);
        RoleFile[] files = [.. goodFiles.Concat(badFiles).Select(f => new RoleFile(ArtifactRole.Model, f))];
        IReadOnlyList<FileMeasurements> measured;
        using (var progress = ProgressLine.OnTerminal(session))
        {
            measured = SignalMeasuring.Run(files, new NamedFiles(), signals, onlyThese: false, plan with { Progress = progress }, session.Cancellation);
        }

        var isGood = goodFiles.ToHashSet(StringComparer.Ordinal);
        if (measured.FirstOrDefault(m => isGood.Contains(m.Path) && !m.Problem.IsEmpty) is { } unreadable)
        {
            throw new UsageException(SafeText.Of($"{unreadable.Path} is named as good and cannot be read: {unreadable.Problem}"));
        }

        foreach (var unread in measured.Where(m => !m.Problem.IsEmpty).Take(MostUnreadable))
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: {unread.Path} is named as bad and cannot be read, so that no limit is learned from it: {unread.Problem}").Value);
        }

        var known = measured.Where(m => isGood.Contains(m.Path)).SelectMany(m => m.Values).Select(v => v.Signal).DistinctBy(s => s.Name).ToArray();
        var calibration = Calibration.Of([.. measured.Select(m => CalibrationFile.Of(m, isGood.Contains(m.Path)))], known, DescribingSignals.Names, alarms);
        foreach (var (kind, path) in reports)
        {
            WrittenFile.Replace(path, stream => Write(calibration, kind, stream));
        }

        if (format == ConsoleReport.FormatName)
        {
            session.Show(console => ConsoleCalibration.Write(calibration, console));
        }
        else
        {
            session.Write(stream => Write(calibration, format, stream));
        }

        return calibration.Worth == CalibrationWorth.Limits ? ExitCode.Passed : ExitCode.CouldNotJudge;
    }

    private static void Write(Calibration calibration, string format, Stream stream)
    {
        switch (format)
        {
            case "json":
                CalibrationJson.Write(calibration, stream);
                break;
            case "html":
                CalibrationPage.Write(calibration, stream);
                break;
            case Configuration:
                stream.Write(Encoding.UTF8.GetBytes(CalibrationConfiguration.Of(calibration)));
                break;
            default:
                stream.Write(Encoding.UTF8.GetBytes(Session.Plain(console => ConsoleCalibration.Write(calibration, console))));
                break;
        }
    }

    private static Option<string[]> Files(string name, string description)
        => new(name) { Description = description, HelpName = "PATH", AllowMultipleArgumentsPerToken = true };

    // A shell expands a pattern; one in quotes, or on Windows, comes as it was written.
    private static string[] FilesOf(string option, string[] paths)
    {
        string[] files = [.. paths.SelectMany(p => Path.Exists(p) || !Glob.HasWildcard(p) ? NamedFiles.Below(p).Select(f => f.Path) : Matches(p)).DistinctBy(Path.GetFullPath).Order(StringComparer.Ordinal)];
        if (Array.Find(files, f => !File.Exists(f)) is { } absent)
        {
            throw new UsageException(SafeText.Of($"{option}: there is no file {absent}"));
        }

        return files.Length > 0 ? files : throw new UsageException(SafeText.Of($"{option}: there is no file in {string.Join(", ", paths)}"));
    }

    private static IEnumerable<string> Matches(string pattern)
    {
        // The part before the first wildcard is the folder that is searched.
        var parts = pattern.Replace('\\', '/').Split('/');
        var literal = string.Join('/', parts.TakeWhile(p => !Glob.HasWildcard(p)));
        var folder = literal.Length > 0 ? literal : pattern.StartsWith('/') ? "/" : ".";
        try
        {
            var root = Path.GetFullPath(folder);
            return [.. GlobMatches.Of(new Workspace(root, root), string.Join('/', parts.SkipWhile(p => !Glob.HasWildcard(p)))).Select(f => folder == "." ? f : $"{folder.TrimEnd('/')}/{f}")];
        }
        catch (IOException fault)
        {
            throw new UsageException(SafeText.Of($"{pattern}: {fault.Message}"));
        }
    }

    private static (string Format, string Path) ReportOf(string value)
    {
        if (value.Split('=', 2) is not [{ Length: > 0 } format, { Length: > 0 } path])
        {
            throw new UsageException(SafeText.Of($"--report takes FORMAT=FILE, such as html=calibration.html, and not \"{value}\""));
        }

        Require(format);
        return (format, path);
    }

    private static void Require(string format)
    {
        if (!Formats.Contains(format, StringComparer.Ordinal))
        {
            throw new UsageException(SafeText.Of($"calibrate cannot print \"{format}\"; it prints {string.Join(", ", Formats)}"));
        }
    }
}
