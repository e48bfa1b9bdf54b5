namespace ModelGate.Signals.Audio;

/// <summary>Why a recording has no value of a signal.</summary>
internal static class RecordingProblem
{
    /// <summary>Samples that are no number.</summary>
    public static SafeText NotFinite(long count) => SafeText.Of($"{SafeText.Count(count, "sample")} {SafeText.From(count == 1 ? "is" : "are")} NaN or infinite");

    /// <summary>Samples that no signal can be computed from.</summary>
    public static SafeText NothingMeasured(long notFinite) => SafeText.Of($"{NotFinite(notFinite)}, and nothing else can be measured: see samples-must-be-finite");

    /// <summary>A recording that is shorter than a frame.</summary>
    public static SafeText TooShort(long samples) => SafeText.Of($"the recording has {SafeText.Count(samples, "sample")} a channel, and one frame takes {FrameSeries.FrameLength}");
}
