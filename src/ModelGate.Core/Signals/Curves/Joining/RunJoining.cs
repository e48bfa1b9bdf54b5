using ModelGate.Artifacts;
using ModelGate.Trainers;

namespace ModelGate.Signals.Curves.Joining;

/// <summary>Makes one run of the logs that tell of it.</summary>
/// <remarks>
/// Logs of one format follow each other: each is a start of the training, or a copy of what another holds. Where a later one goes back to where the series began, what comes before is
/// another run, as in one file (see <c>TrainingLogBuilder</c>). Logs of different formats tell the same run side by side: the one with the most points of a series counts, and the other has to agree.
/// </remarks>
internal static class RunJoining
{
    // Of copies all points are alike; what was trained twice is alike by chance, if at all.
    private const double ShareOfCopy = 0.9;

    private const double SinglePrecision = 1e-6;

    /// <summary>Joins them.</summary>
    /// <param name="logs">By path; at least one. A prefix is put in front of the names of a log's series, where it lies in a folder for a part of the run.</param>
    public static TrainingRun Join(IReadOnlyList<(string Path, string Prefix, TrainingLog Log)> logs)
    {
        var formats = logs.Select(l => l.Log.Format).Distinct(StringComparer.Ordinal).ToArray();
        var names = logs.SelectMany(l => l.Log.Series.Select(s => l.Prefix + s.Name)).ToHashSet(StringComparer.Ordinal);
        var profile = RunProfiles.Of(formats, names);
        string[] paths = [.. logs.Select(l => l.Path)];
        if (logs is [var only])
        {
            return new TrainingRun(Named(only.Log, only.Prefix), profile, paths);
        }

        var tellings = logs.GroupBy(l => l.Log.Format, StringComparer.Ordinal)
            .Select(g => InOrder(g).Select(l => (Folder: FolderOf(l.Path), Log: Named(l.Log, l.Prefix)))
                .Aggregate((a, b) => (b.Folder, Continue(a.Log, b.Log, isApart: a.Folder != b.Folder))).Log).ToArray();
        var disagreements = new List<LogDisagreement>();
        var joined = tellings.Aggregate((a, b) => Beside(a, b, profile, disagreements));
        return new TrainingRun(joined, profile, paths) { Disagreements = disagreements };
    }

    private static IEnumerable<(string Path, string Prefix, TrainingLog Log)> InOrder(IEnumerable<(string Path, string Prefix, TrainingLog Log)> logs)
    {
        var all = logs.ToArray();
        return all.All(l => l.Log.WrittenFrom is not null)
            ? all.OrderBy(l => l.Log.WrittenFrom).ThenBy(l => l.Path, NumberedNames.Order)
            : all.OrderBy(l => l.Path, NumberedNames.Order);
    }

    private static TrainingLog Named(TrainingLog log, string prefix) => prefix.Length == 0 ? log : log with
    {
        Series = [.. log.Series.Select(s => s with { Name = prefix + s.Name })],
        Silent = [.. log.Silent.Select(s => s with { Series = prefix + s.Series })],
        Lost = [.. log.Lost.Select(l => l with { Series = prefix + l.Series })],
        Abandoned = [.. log.Abandoned.Select(a => a with { Series = [.. a.Series.Select(s => s with { Name = prefix + s.Name })] })],
    };

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static TrainingLog Continue(TrainingLog before, TrainingLog after, bool isApart)
    {
        var own = after.Series.Where(s => s.Points.Count > 0).ToDictionary(s => s.Name, StringComparer.Ordinal);
        var shared = before.Series.Where(s => s.Points.Count > 0 && own.ContainsKey(s.Name)).Select(s => (Before: s, After: own[s.Name])).ToArray();
        var isCopy = shared.Length == 0 || IsCopy(shared);
        var main = shared.Length == 0 ? default : shared.MaxBy(s => s.After.Points.Count);
        var isNew = !isCopy && (after.Abandoned.Count > 0 || main.After.Points[0].Step <= main.Before.Points[0].Step);
        var joined = after with
        {
            Hyperparameters = Both(before.Hyperparameters, after.Hyperparameters),
            Best = after.Best ?? before.Best,
            WrittenFrom = before.WrittenFrom,
            NotUnderstood = before.NotUnderstood + after.NotUnderstood,
            NotFiniteText = isNew ? after.NotFiniteText : before.NotFiniteText ?? after.NotFiniteText,
            Unread = isNew || before.Unread.IsEmpty ? after.Unread : before.Unread,
            Warnings = [.. before.Warnings, .. after.Warnings],
            Starts = isCopy ? Math.Max(before.Starts, after.Starts) : before.Starts + after.Starts,
        };
        if (isNew)
        {
            var last = before.Series.Where(s => s.Points.Count > 0).Max(s => s.Points[^1].Step);
            return joined with { Abandoned = [.. before.Abandoned, new AbandonedRun(before.Series, before.Epoch, last) { IsApart = isApart }, .. after.Abandoned] };
        }

        return joined with
        {
            Series = [.. before.Series.Select(s => own.TryGetValue(s.Name, out var next) ? Merge(s, next, isCopy) : s), .. after.Series.Where(s => before.Series.All(b => b.Name != s.Name))],
            Abandoned = isCopy && before.Abandoned.Count < after.Abandoned.Count ? after.Abandoned : before.Abandoned,
            Lost = isCopy ? [.. before.Lost.Union(after.Lost)] : [.. before.Lost, .. after.Lost],
            Resumed = isCopy ? [.. before.Resumed.Union(after.Resumed)] : [.. before.Resumed, main.After.Points[0].Step, .. after.Resumed],
            ReplacedNotFinite = [.. before.ReplacedNotFinite, .. after.ReplacedNotFinite, .. isCopy ? [] : shared.SelectMany(s => Replaced(s.Before, s.After))],
            Epoch = Later(before.Epoch, after.Epoch),
            Saved = [.. before.Saved.Union(after.Saved)],
            Events = isCopy && shared.Length > 0 ? (after.Events.Count > before.Events.Count ? after.Events : before.Events) : [.. before.Events, .. after.Events],
        };
    }

    private static TrainingLog Beside(TrainingLog one, TrainingLog other, TrainerProfile profile, List<LogDisagreement> disagreements)
    {
        var series = one.Series.ToList();
        foreach (var next in other.Series)
        {
            var key = TrainingRun.KeyOf(profile, next.Name);
            var exact = series.FindIndex(s => s.Name == next.Name);
            var at = exact >= 0 ? exact : series.FindIndex(s => TrainingRun.KeyOf(profile, s.Name) == key);
            var difference = at < 0 ? null : Difference(series[at], next);

            // Names that are only spelled alike may mean two things: train_loss of transformers is the mean of the run, train/loss one value of it.
            if (at < 0 || (difference is not null && exact < 0 && !profile.Series.ContainsKey(key)))
            {
                series.Add(next);
                continue;
            }

            if (difference is not null)
            {
                disagreements.Add(difference);
            }

            series[at] = Finer(series[at], next);
        }

        var starts = other.Starts > one.Starts ? other : one;
        return one with
        {
            Series = series,
            Hyperparameters = Both(other.Hyperparameters, one.Hyperparameters),
            Starts = starts.Starts,
            Resumed = starts.Resumed,
            ReplacedNotFinite = [.. one.ReplacedNotFinite.UnionBy(other.ReplacedNotFinite, r => TrainingRun.KeyOf(profile, r.Series))],
            Abandoned = starts.Abandoned,
            Epoch = Later(one.Epoch, other.Epoch),
            Saved = one.Saved.Count > 0 ? one.Saved : other.Saved,
            Events = [.. one.Events, .. other.Events],
            Best = one.Best ?? other.Best,
            NotUnderstood = one.NotUnderstood + other.NotUnderstood,
            NotFiniteText = one.NotFiniteText ?? other.NotFiniteText,
            Unread = one.Unread.IsEmpty ? other.Unread : one.Unread,
            Silent = [.. one.Silent.Concat(other.Silent).Where(s => series.Exists(t => t.Name == s.Series && t.Points[^1].Step <= s.LastStep))],
            Lost = starts.Lost,
            Warnings = [.. one.Warnings, .. other.Warnings],
        };
    }

    // The one with more points, and what the other has before and behind it.
    private static ScalarSeries Finer(ScalarSeries one, ScalarSeries other)
    {
        var (fine, coarse) = other.Points.Count > one.Points.Count ? (other, one) : (one, other);
        if (fine.Points.Count == 0)
        {
            return one;
        }

        var (first, last) = (fine.Points[0].Step, fine.Points[^1].Step);
        ScalarPoint[] points = [.. coarse.Points.Where(p => p.Step < first), .. fine.Points, .. coarse.Points.Where(p => p.Step > last)];
        return new ScalarSeries(one.Name, points) { Logged = fine.Logged + points.Length - fine.Points.Count };
    }

    private static ScalarSeries Merge(ScalarSeries before, ScalarSeries after, bool isCopy)
    {
        var points = new List<ScalarPoint>(before.Points.Count + after.Points.Count);
        var (i, j) = (0, 0);
        while (i < before.Points.Count || j < after.Points.Count)
        {
            var isBefore = j == after.Points.Count || (i < before.Points.Count && before.Points[i].Step < after.Points[j].Step);
            var next = isBefore ? before.Points[i++] : after.Points[j++];

            // Of a step that ran twice the later value counts; of copies the one that is not finite, for only one of them can be true.
            if (!isBefore && i < before.Points.Count && before.Points[i].Step == next.Step)
            {
                next = isCopy && !double.IsFinite(before.Points[i].Value) ? before.Points[i] : next;
                i++;
            }

            points.Add(next);
        }

        return new ScalarSeries(before.Name, points) { Logged = before.Logged + after.Logged - (before.Points.Count + after.Points.Count - points.Count) };
    }

    private static IEnumerable<ReplacedValue> Replaced(ScalarSeries before, ScalarSeries after)
        => Together(before, after).Where(p => !double.IsFinite(p.One.Value) && double.IsFinite(p.Other.Value)).Take(1).Select(p => new ReplacedValue(before.Name, p.One.Step));

    private static bool IsCopy((ScalarSeries Before, ScalarSeries After)[] shared)
    {
        var (count, alike) = (0, 0);
        foreach (var (before, after) in shared)
        {
            foreach (var (one, other) in Together(before, after))
            {
                count++;
                alike += IsAlike(one.Value, other.Value, SinglePrecision * Math.Max(Math.Abs(one.Value), Math.Abs(other.Value))) ? 1 : 0;
            }
        }

        return count > 0 && alike >= ShareOfCopy * count;
    }

    private static LogDisagreement? Difference(ScalarSeries one, ScalarSeries other)
    {
        var rounding = Rounding.Of(one, other);
        var (count, of) = (0, 0);
        (ScalarPoint One, ScalarPoint Other)? first = null;
        foreach (var (a, b) in Together(one, other))
        {
            of++;
            if (!IsAlike(a.Value, b.Value, rounding.At(a.Value, b.Value)))
            {
                count++;
                first ??= (a, b);
            }
        }

        return first is { } found ? new LogDisagreement(one.Name, count, of, found.One.Step, found.One.Value, found.Other.Value) : null;
    }

    private static bool IsAlike(double one, double other, double room)
        => one.Equals(other) || (double.IsFinite(one) && double.IsFinite(other) && Math.Abs(one - other) <= room);

    private static IEnumerable<(ScalarPoint One, ScalarPoint Other)> Together(ScalarSeries one, ScalarSeries other)
    {
        var j = 0;
        foreach (var point in one.Points)
        {
            while (j < other.Points.Count && other.Points[j].Step < point.Step)
            {
                j++;
            }

            if (j < other.Points.Count && other.Points[j].Step == point.Step)
            {
                yield return (point, other.Points[j]);
            }
        }
    }

    private static long? Later(long? one, long? other) => one is { } a && other is { } b ? Math.Max(a, b) : one ?? other;

    private static IReadOnlyDictionary<string, MetadataValue> Both(IReadOnlyDictionary<string, MetadataValue> first, IReadOnlyDictionary<string, MetadataValue> winning)
    {
        if (first.Count == 0 || winning.Count == 0)
        {
            return winning.Count == 0 ? first : winning;
        }

        var both = new Dictionary<string, MetadataValue>(first, StringComparer.Ordinal);
        foreach (var (name, value) in winning)
        {
            both[name] = value;
        }

        return both;
    }
}
