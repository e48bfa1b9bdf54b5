using ModelGate.Artifacts;

namespace ModelGate.Gates.Curves;

/// <summary>Sentences about a run that several gates say.</summary>
internal static class RunSentences
{
    /// <summary>That a series ends before its log does.</summary>
    public static SafeText Silence(SilentSeries silent) => silent.LastStep < silent.LogStep
        ? SafeText.Of($"{SafeText.From(silent.Series, 40)} ends at step {silent.LastStep}, and the log goes on to step {silent.LogStep}: its last values are missing, or are written in a form that is not read")
        : SafeText.Of($"{SafeText.From(silent.Series, 40)} ends at step {silent.LastStep}, and the log goes on behind it: its last values are missing, or are written in a form that is not read");
}
