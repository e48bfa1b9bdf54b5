using ModelGate.Signals;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Evaluation.Calibrating;

/// <summary>What good and bad files say of signals and limits.</summary>
/// <param name="Files">The files, good ones first.</param>
/// <param name="Separations">The signals that have values, those that part the files best first.</param>
/// <param name="Limits">The limits that together catch most of the bad files, in the order in which they were taken.</param>
/// <param name="FalseAlarms">Good files that break one of the limits.</param>
/// <param name="Caught">Bad files that do not keep all of the limits.</param>
internal sealed record Calibration(IReadOnlyList<CalibrationFile> Files, IReadOnlyList<Separation> Separations, IReadOnlyList<CalibratedLimit> Limits, Proportion FalseAlarms, Proportion Caught)
{
    private const int MostBlocks = 10;
    private const int FewestPerBlock = 3;

    /// <summary>The same on files that had no part in choosing the limits; null where they are too few for it.</summary>
    public HeldOut? HeldOut { get; init; }

    /// <summary>The files.</summary>
    public IEnumerable<CalibrationFile> Good => Files.Where(f => f.IsGood);

    /// <summary>The bad files.</summary>
    public IEnumerable<CalibrationFile> Bad => Files.Where(f => !f.IsGood);

    /// <summary>Bad files that every limit lets pass.</summary>
    public IEnumerable<CalibrationFile> Missed => Bad.Where(f => LimitSet.IsKeptBy(Limits, f));

    /// <summary>Signals that say what the files are and not how they sound: that good and bad ones differ in them makes the comparison unfair.</summary>
    public IReadOnlyList<Separation> Confounders { get; init; } = [];

    /// <summary>Signals that part nothing: their best limit is one that files of no difference have as well.</summary>
    public IEnumerable<Separation> Useless => Separations.Where(s => !s.Best.IsSupported);

    /// <summary>Signals without a limit since a good file has no value of them.</summary>
    public IReadOnlyList<SignalInfo> Lacking { get; init; } = [];

    /// <summary>Signals without a limit since they have one value in all files, or none in any bad one.</summary>
    public IReadOnlyList<SignalInfo> Constant { get; init; } = [];

    /// <summary>Files that hold the bytes of another, which alone counts.</summary>
    public IReadOnlyList<(string Copy, string Of)> Copies { get; init; } = [];

    /// <summary>What the numbers are worth.</summary>
    public CalibrationWorth Worth => Limits.Count == 0 || HeldOut is { TellsThemApart: false }
        ? CalibrationWorth.Nothing
        : HeldOut is null || !Limits.All(l => l.IsSupported) ? CalibrationWorth.Guess : CalibrationWorth.Limits;

    /// <summary>Calibrates.</summary>
    /// <param name="files">The files.</param>
    /// <param name="signals">The signals that were measured.</param>
    /// <param name="describing">The signals among them that describe a file and do not judge it.</param>
    /// <param name="allowed">The share of the good files that may break one limit, from 0 to below 1.</param>
    public static Calibration Of(IReadOnlyList<CalibrationFile> files, IReadOnlyList<SignalInfo> signals, IReadOnlySet<string> describing, double allowed)
    {
        CalibrationFile[] sorted = [.. files.OrderByDescending(f => f.IsGood).ThenBy(f => f.Path, StringComparer.Ordinal)];
        var judging = signals.Where(s => !describing.Contains(s.Name)).ToArray();
        var excepted = (int)Math.Floor(sorted.Count(f => f.IsGood) * allowed);
        var limits = LimitSet.Choose(judging, sorted, excepted);
        var candidates = Math.Max(1, judging.Sum(s => Separation.SidesOf(s).Count));
        var separations = judging.Select(s => Separation.Of(s, sorted)).OfType<Separation>().Select(s => WithChance(s, candidates)).ToArray();
        return new Calibration(
            sorted,
            [.. separations.OrderBy(s => s.Error).ThenByDescending(s => s.Best.Gap).ThenBy(s => s.Best.Signal.Name, StringComparer.Ordinal)],
            limits,
            Broken(limits, sorted.Where(f => f.IsGood)),
            Broken(limits, sorted.Where(f => !f.IsGood)))
        {
            Lacking = [.. judging.Where(s => sorted.Any(f => f.IsGood && !f.Values.ContainsKey(s.Name)) && sorted.Any(f => f.Values.ContainsKey(s.Name)))],
            Constant = [.. judging.Where(s => sorted.All(f => !f.IsGood || f.Values.ContainsKey(s.Name)) && !Array.Exists(separations, t => t.Best.Signal == s))],
            HeldOut = CrossValidate(judging, sorted, excepted),
            Confounders = [.. signals.Where(s => describing.Contains(s.Name)).Select(s => Separation.Of(s, sorted)).OfType<Separation>().Select(s => WithChance(s, candidates)).Where(s => s.Best.IsSupported && s.Error < 0.25)],
        };
    }

    private static Separation WithChance(Separation separation, int candidates)
    {
        var (falseAlarms, misses) = (separation.FalseAlarms, separation.Misses);
        var caught = misses.Of - misses.Count;
        var chance = Hypergeometric.UpperTail(falseAlarms.Of + misses.Of, misses.Of, caught + falseAlarms.Count, caught);
        return separation with { Best = separation.Best with { Chance = Math.Min(1, chance * candidates) } };
    }

    private static Proportion Broken(IReadOnlyList<CalibratedLimit> limits, IEnumerable<CalibrationFile> files)
    {
        var all = files.ToArray();
        return new Proportion(all.Count(f => !LimitSet.IsKeptBy(limits, f)), all.Length);
    }

    // Neighbours by name often come from one source: they are left out together.
    private static HeldOut? CrossValidate(IReadOnlyList<SignalInfo> signals, CalibrationFile[] files, int excepted)
    {
        var (good, bad) = (files.Where(f => f.IsGood).ToArray(), files.Where(f => !f.IsGood).ToArray());
        var blocks = Math.Min(MostBlocks, Math.Min(good.Length, bad.Length));
        if (blocks < FewestPerBlock)
        {
            return null;
        }

        var (falseAlarms, caught) = (0, 0);
        for (var block = 0; block < blocks; block++)
        {
            bool IsOut(int index, int count) => (int)((long)index * blocks / count) == block;
            CalibrationFile[] rest = [.. good.Where((_, i) => !IsOut(i, good.Length)), .. bad.Where((_, i) => !IsOut(i, bad.Length))];
            var limits = LimitSet.Choose(signals, rest, excepted);
            falseAlarms += good.Where((f, i) => IsOut(i, good.Length) && !LimitSet.IsKeptBy(limits, f)).Count();
            caught += bad.Where((f, i) => IsOut(i, bad.Length) && !LimitSet.IsKeptBy(limits, f)).Count();
        }

        return new HeldOut(blocks, new Proportion(falseAlarms, good.Length), new Proportion(caught, bad.Length));
    }
}

/// <summary>Cross-validation: limits are chosen without a block of the files, and tried on that block.</summary>
/// <param name="Blocks">The number of blocks.</param>
/// <param name="FalseAlarms">Good files that broke limits which were chosen without them.</param>
/// <param name="Caught">Bad files that broke limits which were chosen without them.</param>
internal sealed record HeldOut(int Blocks, Proportion FalseAlarms, Proportion Caught)
{
    /// <summary>Whether bad files break the limits more often than good ones, beyond what their numbers leave open.</summary>
    public bool TellsThemApart => Caught.Interval.Low > FalseAlarms.Interval.High;
}

/// <summary>What calibrated limits are worth.</summary>
internal enum CalibrationWorth
{
    /// <summary>Nothing that was measured tells bad files from good ones.</summary>
    Nothing,

    /// <summary>The files are too few: such limits would be found for files that differ by chance alone.</summary>
    Guess,

    /// <summary>Limits to work with, within the stated errors.</summary>
    Limits,
}
