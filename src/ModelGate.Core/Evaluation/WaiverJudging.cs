using System.Globalization;
using ModelGate.Configuration;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Gates.Waivers;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>Lays the waivers of a configuration over the results of its gates.</summary>
internal static class WaiverJudging
{
    private static readonly GateDescriptor Gate = GateCatalogue.All.Single(g => g.ClassName == nameof(WaiversMustHold));

    /// <summary>The id of the gate that judges waivers.</summary>
    public static string Id => Gate.Id;

    /// <summary>Whether a gate is the one that judges waivers.</summary>
    public static bool Is(GateDescriptor gate) => gate == Gate;

    /// <summary>The results with failures that are waived marked as such, and one result for each waiver.</summary>
    /// <param name="plan">The plan; where it says no day, no waiver is in force.</param>
    /// <param name="results">The results of all other gates.</param>
    public static IReadOnlyList<RunResult> Apply(EvaluationPlan plan, IReadOnlyList<RunResult> results)
    {
        var waivers = plan.Configuration.Waivers;
        var configured = plan.Gates.FirstOrDefault(g => Is(g.Gate));
        if (waivers.Count == 0)
        {
            return configured is null ? results
                : [.. results, new RunResult(Gate.Ref, SafeText.Empty, configured.Severity, Outcome.NotApplicable, SafeText.Of($"the configuration has no waivers"), configured.At, [], [])];
        }

        var inForce = waivers.Where(w => plan.Day is { } today && today <= w.Until).ToArray();
        var waived = results.Select(r => r.Outcome == Outcome.Failed && Array.Find(inForce, w => w.Covers(r)) is { } waiver ? Waive(r, waiver) : r).ToList();
        var ran = results.Select(r => r.Gate.Id).ToHashSet(StringComparer.Ordinal);
        var options = configured?.Options as WaiversMustHold.Options ?? new WaiversMustHold.Options();
        return [.. waived, .. waivers.Where(w => ran.Contains(w.Gate.Id)).Select(w => ResultOf(w, plan.Day, [.. results.Where(w.Covers)], options, configured?.Severity ?? Severity.Error))];
    }

    private static RunResult Waive(RunResult result, Waiver waiver)
        => result with { Outcome = Outcome.Waived, Message = SafeText.Of($"{result.Message} (waived until {Day(waiver.Until)} by {waiver.Owner}: {waiver.Statement})") };

    // Several waivers may cover a failure: none of them is idle then.
    private static RunResult ResultOf(Waiver waiver, DateOnly? today, RunResult[] covered, WaiversMustHold.Options options, Severity severity)
    {
        var used = covered.Count(r => r.Outcome == Outcome.Failed);
        var unknown = covered.Count(r => r.Outcome == Outcome.Inconclusive);
        var failures = SafeText.Of($"{SafeText.Count(used, "failure")} {SafeText.From(used == 1 ? "is" : "are")} waived{(unknown == 0 ? SafeText.Empty : SafeText.Of($", and {unknown} of what it covers could not be judged"))}");
        var (outcome, weight, message, remedy) = (today, waiver.Until, used) switch
        {
            (null, _, _) => (Outcome.Failed, Severity.Error, SafeText.Of($"the waiver of {waiver.Subject} cannot be compared with a day, and is not in force"), "Say which day it is with --date"),
            ({ } day, var until, _) when day > until => (Outcome.Failed, Severity.Error, SafeText.Of($"the waiver of {waiver.Subject} ended on {Day(until)} ({waiver.Owner}: {waiver.Statement})"), "Fix what it waived and remove it; or, where the reason still holds, set a later day"),
            (_, _, 0) when unknown == 0 => (Outcome.Failed, Severity.Warning, SafeText.Of($"the waiver of {waiver.Subject} is no longer needed: nothing it covers fails"), "Remove it: it would hide the next failure"),
            ({ } day, var until, _) when until.DayNumber - day.DayNumber <= options.Days => (
                Outcome.Failed, Severity.Warning, SafeText.Of($"the waiver of {waiver.Subject} ends on {Day(until)}, {Within(until.DayNumber - day.DayNumber)}; {failures}"), "Fix what it waives before that day"),
            _ => (Outcome.Passed, severity, SafeText.Of($"the waiver of {waiver.Subject} is in force until {Day(waiver.Until)}; {failures}"), ""),
        };
        return new RunResult(Gate.Ref, SafeText.Empty, weight, outcome, message, waiver.At, [], outcome == Outcome.Failed ? [new Finding(message) { Remedy = SafeText.From(remedy) }] : [])
        {
            Identity = waiver.Subject,
        };
    }

    private static SafeText Day(DateOnly day) => SafeText.From(day.ToString(Waiver.DayForm, CultureInfo.InvariantCulture));

    private static SafeText Within(int days) => days == 0 ? SafeText.Of($"today") : SafeText.Of($"in {SafeText.Count(days, "day")}");
}
