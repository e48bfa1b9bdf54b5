using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Frames;

/// <summary>The log-mel spectrogram of samples in memory, by <see cref="LogMelFrames"/>.</summary>
internal sealed class LogMelSpectrogram
{
    /// <summary>Bands of a frame.</summary>
    public const int Bands = LogMelBank.Bands;

    /// <summary>Samples from a frame to the next.</summary>
    public const int Hop = LogMelBank.HopLength;

    private readonly float[] values;

    private LogMelSpectrogram(long frames) => (values, Active) = (new float[frames * Bands], new bool[frames]);

    /// <summary>Whether each frame is active.</summary>
    public bool[] Active { get; }

    /// <summary>The number of frames.</summary>
    public int Frames => Active.Length;

    /// <summary>The frame's bands, natural logarithms.</summary>
    public ReadOnlySpan<float> this[int frame] => values.AsSpan(frame * Bands, Bands);

    /// <summary>Computes it; null where the samples are too few for a frame.</summary>
    /// <param name="recording">The samples.</param>
    /// <param name="gain">What each is multiplied by.</param>
    /// <param name="cancellation">Cancelled where the user wants to stop.</param>
    public static LogMelSpectrogram? Of(MonoRecording recording, double gain, CancellationToken cancellation)
    {
        var count = LogMelBank.CountOf(recording.Samples.Length);
        if (count == 0)
        {
            return null;
        }

        var result = new LogMelSpectrogram(count);
        var frames = new LogMelFrames(recording.SampleRate);
        var window = new SampleWindow(recording.Samples, 0, recording.Samples.Length);
        var samples = new float[LogMelFrames.SamplesOfFour];
        for (var frame = 0; frame < count; frame += LogMelFrames.FramesAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var four = (int)Math.Min(LogMelFrames.FramesAtOnce, count - frame);
            var length = LogMelFrames.SamplesOf(four);
            window.CopyMirroredTo(LogMelFrames.StartOf(frame), samples.AsSpan(0, length));
            frames.Compute(samples.AsSpan(0, length), four, gain, result.values.AsSpan(frame * Bands), result.Active.AsSpan(frame));
        }

        return result;
    }
}
