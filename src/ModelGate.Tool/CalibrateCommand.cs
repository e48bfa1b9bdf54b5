using System.CommandLine;
using System.Text;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Evaluation.Calibrating;
using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Reports;
using ModelGate.Reports.Html;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio.Pairs;
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
        var reference = Files("--reference", "Recordings that the outputs should sound like: signals on both are measured, too. They are paired by name, as the gates do.");
        var spelled = new Option<string>("--reference-name") { Description = "What the reference of an output is called, where {name} is the output's name without extension and {stem} that before its last _.", HelpName = "NAME" };
        var signal = new Option<string[]>("--signal") { Description = "Look at this signal only. May be given many times; modelgate explain lists them.", HelpName = "NAME" };
        var alarms = new Option<double>("--false-alarms") { Description = "The share of the good files that may break a limit, from 0 to below 1: use it if some of the good files may be bad.", HelpName = "SHARE" };
        var format = new Option<string>("--format") { Description = $"What to print: {string.Join(", ", Formats)}. config is a gate.config.json.", HelpName = "FORMAT", DefaultValueFactory = _ => ConsoleReport.FormatName };
        var report = new Option<string[]>("--report") { Description = $"Write a format to a file, such as html=calibration.html or config=gate.config.json. May be given many times.", HelpName = "FORMAT=FILE" };
        var overwrite = OverwriteOption.Create();
        var jobs = JobsOption.Create();
        var limit = LimitOption.Create();
        var command = new Command("calibrate", "Finds limits that let your good files pass and stop your bad ones, with their errors.") { good, bad, reference, spelled, signal, alarms, format, report, overwrite, jobs, limit };
        command.SetAction(parsed => Run(
            session,
            parsed.GetValue(good)!,
            parsed.GetValue(bad)!,
            new References(parsed.GetValue(reference) ?? [], parsed.GetValue(spelled)),
            parsed.GetValue(signal) ?? [],
            parsed.GetValue(alarms),
            parsed.GetValue(format)!,
            [.. (parsed.GetValue(report) ?? []).Select(ReportOf)],
            parsed.GetValue(overwrite),
            new MeasuringPlan(LimitOption.Apply(ReadLimits.Default, parsed.GetValue(limit) ?? []), JobsOption.Check(parsed.GetValue(jobs)), null)));
        return command;
    }

    private static int Run(
        Session session, string[] good, string[] bad, References references, string[] names, double alarms, string format, IReadOnlyList<(string Format, string Path)> reports, bool overwrite, MeasuringPlan plan)
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

        var hasReferences = references.Paths.Length > 0;
        IReadOnlyList<Signal> signals = names.Length == 0 ? [.. SignalCatalogue.All.Where(s => s.Source is not null ? s.Description.On != MeasuredOn.File : hasReferences && s is PairSignal)] : Named(names, hasReferences);
        RoleFile[] files = [.. goodFiles.Concat(badFiles).Select(f => new RoleFile(ArtifactRole.Model, f))];
        var isGood = goodFiles.ToHashSet(StringComparer.Ordinal);
        var pairs = hasReferences ? Pairs(files, references, isGood, session) : [];
        IReadOnlyList<FileMeasurements> measured, compared;
        using (var progress = ProgressLine.OnTerminal(session))
        {
            measured = SignalMeasuring.Run(files, new NamedFiles(), signals, onlyThese: false, plan with { Progress = progress }, session.Cancellation);
            compared = SignalMeasuring.RunPairs(pairs, new NamedFiles(), [.. signals.OfType<PairSignal>()], plan with { Progress = progress }, session.Cancellation);
        }

        Tell(measured, isGood, "read", "no limit is learned from it", session);
        var unread = measured.Where(m => !m.Problem.IsEmpty).Select(m => m.Path).ToHashSet(StringComparer.Ordinal);
        Tell([.. compared.Where(c => !unread.Contains(c.Path))], isGood, "compared with its reference", "no limit on both is learned from it", session);
        measured = WithPairs(measured, compared);
        (measured, var copies) = WithoutCopies(measured, isGood);
        var known = measured.Where(m => isGood.Contains(m.Path)).SelectMany(m => m.Values).Select(v => v.Signal).DistinctBy(s => s.Name).ToArray();
        var calibration = Calibration.Of([.. measured.Select(m => CalibrationFile.Of(m, isGood.Contains(m.Path)))], known, DescribingSignals.Names, alarms) with { Copies = copies };
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

    // Signals on two files are of recordings, and there has to be a reference for each.
    private static IReadOnlyList<Signal> Named(string[] names, bool hasReferences)
    {
        var pairs = SignalCatalogue.All.OfType<PairSignal>().Where(s => names.Contains(s.Description.Name, StringComparer.Ordinal)).ToArray();
        if (pairs.Length > 0 && !hasReferences)
        {
            throw new UsageException(SafeText.Of($"{pairs[0].Description.Name} is measured on an output beside its reference: name the references with --reference"));
        }

        string[] others = [.. names.Except(pairs.Select(p => p.Description.Name), StringComparer.Ordinal)];
        return [.. pairs, .. others.Length == 0 ? [] : MeasureCommand.Signals(others)];
    }

    private static (RoleFile Output, RoleFile Reference)[] Pairs(RoleFile[] files, References references, HashSet<string> good, Session session)
    {
        RoleFile[] named = [.. FilesOf("--reference", references.Paths).Select(f => new RoleFile(ArtifactRole.Reference, f))];
        RoleFile[] outputs = [.. files.Select(f => f with { Role = ArtifactRole.Output })];
        var subjects = RecordingPairs.ByName(
            new RoleFiles(new Dictionary<ArtifactRole, RoleMatch> { [ArtifactRole.Output] = new(outputs, default), [ArtifactRole.Reference] = new(named, default) }), references.Spelled).ToArray();
        var alone = subjects.Where(s => s.Files.Count == 1).Select(s => s.Path).ToArray();
        if (Array.Find(alone, good.Contains) is { } lonely)
        {
            throw new UsageException(SafeText.Of($"{SafeText.Count(named.Length, "reference")} were named, and none has a name that belongs to {lonely}, which is named as good: name them alike, or say in --reference-name what they are called"));
        }

        if (alone.Length > 0)
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: {SafeText.Count(alone.Length, "bad file has", "bad files have")} no reference, so that nothing is compared: {alone[0]}{(alone.Length > 1 ? " and others" : "")}").Value);
        }

        return [.. subjects.Where(s => s.Files.Count == 2).Select(s => (s.Files[0], s.Files[1]))];
    }

    // A good file without values would leave signals without a limit, and nobody would know why; a bad one only teaches less.
    private static void Tell(IReadOnlyList<FileMeasurements> measured, HashSet<string> good, string what, string consequence, Session session)
    {
        if (measured.FirstOrDefault(m => good.Contains(m.Path) && !m.Problem.IsEmpty) is { } wrong)
        {
            throw new UsageException(SafeText.Of($"{wrong.Path} is named as good and cannot be {what}: {wrong.Problem}"));
        }

        foreach (var file in measured.Where(m => !m.Problem.IsEmpty).Take(MostUnreadable))
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: {file.Path} is named as bad and cannot be {what}, so that {consequence}: {file.Problem}").Value);
        }
    }

    private static IReadOnlyList<FileMeasurements> WithPairs(IReadOnlyList<FileMeasurements> measured, IReadOnlyList<FileMeasurements> pairs)
    {
        var byPath = pairs.ToDictionary(p => p.Path, StringComparer.Ordinal);
        return [.. measured.Select(m => byPath.TryGetValue(m.Path, out var pair) ? m with { Values = [.. m.Values, .. pair.Values] } : m)];
    }

    // A file that lies there twice would count twice, and in both heaps would teach that nothing can be told.
    private static (IReadOnlyList<FileMeasurements> Measured, IReadOnlyList<(string Copy, string Of)> Copies) WithoutCopies(IReadOnlyList<FileMeasurements> measured, HashSet<string> good)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var (kept, copies) = (new List<FileMeasurements>(), new List<(string, string)>());
        foreach (var file in measured)
        {
            if (file.Sha256 is not { } digest || first.TryAdd(digest, file.Path))
            {
                kept.Add(file);
            }
            else if (good.Contains(file.Path) != good.Contains(first[digest]))
            {
                throw new UsageException(SafeText.Of($"{first[digest]} and {file.Path} hold the same bytes, and one is named as good and the other as bad"));
            }
            else
            {
                copies.Add((file.Path, first[digest]));
            }
        }

        return (kept, copies);
    }

    /// <summary>The references, and the pattern of their names.</summary>
    private sealed record References(string[] Paths, string? Spelled);

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
