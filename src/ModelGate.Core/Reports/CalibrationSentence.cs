using System.Globalization;
using ModelGate.Evaluation.Calibrating;
using ModelGate.Runs;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Reports;

/// <summary>What a calibration says, in sentences that every format shares.</summary>
internal static class CalibrationSentence
{
    private const int Named = 5;

    /// <summary>The first line: what it comes to.</summary>
    public static SafeText Verdict(Calibration calibration) => calibration.Worth switch
    {
        CalibrationWorth.Nothing => SafeText.Of($"nothing that was measured tells the bad files from the good ones"),
        CalibrationWorth.Guess => SafeText.Of($"too few files: these limits are a guess"),
        _ => SafeText.Of($"{SafeText.Count(calibration.Limits.Count, "limit tells", "limits tell")} bad files from good ones"),
    };

    /// <summary>How many files the limits judge as they were said to be.</summary>
    public static SafeText Result(Calibration calibration) => calibration.Limits.Count == 0
        ? SafeText.Of($"no limit was found that lets the good files pass and stops a bad one")
        : SafeText.Of($"the limits stop {calibration.Caught.Count} of {SafeText.Count(calibration.Caught.Of, "bad file")} and {calibration.FalseAlarms.Count} of {SafeText.Count(calibration.FalseAlarms.Of, "good file")}");

    /// <summary>What has to be known before anybody relies on the limits.</summary>
    public static IEnumerable<SafeText> Caveats(Calibration calibration)
    {
        if (calibration.HeldOut is { } held)
        {
            yield return SafeText.Of($"On files that had no part in choosing limits ({held.Blocks} blocks, each left out once) they stop {Count(held.Caught)} bad and {Count(held.FalseAlarms)} good files");
        }
        else
        {
            yield return SafeText.Of($"With {calibration.FalseAlarms.Of} good and {calibration.Caught.Of} bad files the limits cannot be tried on files that had no part in choosing them: at least three of each are needed");
        }

        switch (calibration.Worth)
        {
            case CalibrationWorth.Nothing when calibration.Limits.Count > 0:
                yield return SafeText.Of($"Left-out files are stopped whether they are good or bad: the limits fit these files and no others");
                break;
            case CalibrationWorth.Guess when calibration.Limits.Where(l => !l.IsSupported).Select(l => SafeText.From(l.Signal.Name)).Distinct().ToArray() is { Length: > 0 } guesses:
                yield return SafeText.Of($"With this many signals, so few files would differ in one of these by chance alone: {SafeText.Join(", ", guesses)}");
                break;
        }

        if (calibration.Copies.Count > 0)
        {
            yield return SafeText.Of($"{SafeText.Count(calibration.Copies.Count, "file is a copy", "files are copies")} and {SafeText.From(calibration.Copies.Count == 1 ? "does" : "do")} not count: {SafeText.Join(", ", calibration.Copies.Take(Named).Select(c => SafeText.Of($"{SafeText.From(c.Copy)} (of {SafeText.From(c.Of)})")))}{(calibration.Copies.Count > Named ? SafeText.Of($" and {calibration.Copies.Count - Named} more") : default)}");
        }

        foreach (var confounder in calibration.Confounders)
        {
            yield return SafeText.Of($"Good and bad files also differ in {confounder.Best.Signal.Name} ({Range(confounder.Good)} against {Range(confounder.Bad)}{Unit(confounder)}), which says nothing about quality: files that are alike in it make a fairer comparison");
        }

        if (calibration.Limits.Count > 0 && calibration.Missed.ToArray() is { Length: > 0 } missed)
        {
            yield return SafeText.Of($"The limits let pass: {SafeText.Join(", ", missed.Take(Named).Select(f => SafeText.From(f.Path)))}{(missed.Length > Named ? SafeText.Of($" and {missed.Length - Named} more bad files") : default)}");
        }
    }

    /// <summary>Which signals say nothing, and why.</summary>
    public static IEnumerable<SafeText> WithoutSeparation(Calibration calibration)
    {
        if (calibration.Useless.ToArray() is { Length: > 0 } useless)
        {
            yield return SafeText.Of($"No difference beyond chance in {Names(useless.Select(s => s.Best.Signal))}");
        }

        if (calibration.Lacking.Count > 0)
        {
            yield return SafeText.Of($"A good file has no value of {Names(calibration.Lacking)}");
        }

        if (calibration.Constant.Count > 0)
        {
            yield return SafeText.Of($"All files have the same value, or no bad one has any, of {Names(calibration.Constant)}");
        }
    }

    private static SafeText Names(IEnumerable<Signals.SignalInfo> signals) => SafeText.Join(", ", signals.Select(s => SafeText.From(s.Name)));

    /// <summary>A count among others, with the interval of its rate.</summary>
    public static SafeText Count(Proportion proportion)
        => SafeText.Of($"{proportion.Count} of {proportion.Of} ({Percent(proportion.Interval.Low)} to {Percent(proportion.Interval.High)} %)");

    /// <summary>The least, the middle and the greatest of values in ascending order.</summary>
    public static string Spread(IReadOnlyList<double> ascending)
        => ascending.Count == 0 ? "none" : $"{NumberText.Of(ascending[0])} … {NumberText.Of(ascending[(ascending.Count - 1) / 2])} … {NumberText.Of(ascending[^1])}";

    private static string Range(IReadOnlyList<double> ascending)
        => ascending[0].Equals(ascending[^1]) ? NumberText.Of(ascending[0]) : $"{NumberText.Of(ascending[0])} to {NumberText.Of(ascending[^1])}";

    private static string Unit(Separation separation) => separation.Best.Signal.Unit.Length == 0 ? "" : " " + separation.Best.Signal.Unit;

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture);
}
