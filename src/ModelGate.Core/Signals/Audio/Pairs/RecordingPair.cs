using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>All that signals on two recordings are read from.</summary>
/// <param name="Comparison">One channel of the output, or all where they are the same, compared with the reference.</param>
/// <param name="Output">The output by itself.</param>
/// <param name="Reference">The reference by itself.</param>
internal sealed record RecordingPair(RecordingComparison Comparison, RecordingFacts Output, RecordingFacts Reference)
{
    /// <summary>The share by which the durations of two recordings may differ that count as of one timing.</summary>
    public const double Alignment = 0.02;

    /// <summary>Whether both last equally long: what compares them frame by frame has no meaning otherwise.</summary>
    public bool IsOfOneTiming => Output.Form is { } output && Reference.Form is { } reference && Math.Abs((output.Seconds / reference.Seconds) - 1) <= Alignment;
}

/// <summary>What is measured on one recording of two; null where the file did not give it.</summary>
internal sealed record RecordingFacts(ClipForm? Form, Loudness? Loudness, Crossings? Crossings, PitchStatistics? Pitch, FrameLevels? Levels)
{
    /// <summary>What has to be measured.</summary>
    public static IReadOnlyList<Measure> Measures { get; } = [new ClipFormMeasure(), new LoudnessMeasure(), new CrossingsMeasure(), new PitchMeasure(), new FrameLevelsMeasure()];

    /// <summary>Reads the facts off what was measured.</summary>
    public static RecordingFacts Of(Func<Measure, object?> find) => new(
        find(Measures[0]) as ClipForm, find(Measures[1]) as Loudness, find(Measures[2]) as Crossings, find(Measures[3]) as PitchStatistics, find(Measures[4]) as FrameLevels);
}
