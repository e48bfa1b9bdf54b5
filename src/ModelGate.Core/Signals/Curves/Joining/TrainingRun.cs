using ModelGate.Artifacts;
using ModelGate.Trainers;

namespace ModelGate.Signals.Curves.Joining;

/// <summary>A training as all of its logs tell it.</summary>
/// <param name="Log">The series, from the most detailed of the logs that tell of each; where training was resumed, of a step that ran twice the later value.</param>
/// <param name="Profile">What is known of the trainer.</param>
/// <param name="Paths">The logs, the one that names the run first.</param>
internal sealed record TrainingRun(TrainingLog Log, TrainerProfile Profile, IReadOnlyList<string> Paths)
{
    /// <summary>The path by which the run is known.</summary>
    public string Path => Paths[0];

    /// <summary>Series of which two logs tell different values at the same step.</summary>
    public IReadOnlyList<LogDisagreement> Disagreements { get; init; } = [];

    /// <summary>The series of a name, or of another name that its trainer has for it; null where there is none.</summary>
    public ScalarSeries? Find(string name)
    {
        if (Log.Series.FirstOrDefault(s => s.Name == name) is { } exact)
        {
            return exact;
        }

        var key = Key(name);
        return Log.Series.FirstOrDefault(s => Key(s.Name) == key);
    }

    /// <summary>What two names of one series have in common: the trainer's own name, where it has several, else the name however its parts are joined.</summary>
    public string Key(string name) => KeyOf(Profile, name);

    /// <summary>What is known of a series.</summary>
    public SeriesProfile ProfileOf(string name) => Profile.SeriesOf(name);

    internal static string KeyOf(TrainerProfile profile, string name)
        => profile.Series.ContainsKey(name)
            ? name
            : profile.Series.OrderBy(s => s.Key, StringComparer.Ordinal).Where(s => s.Value.Aliases.Contains(name, StringComparer.Ordinal)).Select(s => s.Key).FirstOrDefault() ?? Spelled(name);

    // eval_loss of one writer is eval/loss of another.
    private static string Spelled(string name) => string.Create(name.Length, name, (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsLetterOrDigit(from[i]) ? char.ToLowerInvariant(from[i]) : '/';
        }
    });
}

/// <summary>Two logs of one run that do not tell the same of a series.</summary>
/// <param name="Series">The series.</param>
/// <param name="Count">At how many steps they differ by more than rounding.</param>
/// <param name="Of">The number of steps that both tell of.</param>
/// <param name="Step">The first step at which they differ.</param>
/// <param name="One">The value of the log that is judged.</param>
/// <param name="Other">The value of the other log.</param>
internal sealed record LogDisagreement(string Series, int Count, int Of, long Step, double One, double Other);
