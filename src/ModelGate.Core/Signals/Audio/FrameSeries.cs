using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>
/// Cuts a stream of samples into overlapping frames, four at a time, centred: 1024 zeros stand before the first sample, zeros
/// follow the last, and there are 1 + ⌊N/512⌋ frames.
/// </summary>
/// <param name="samples">The samples.</param>
/// <param name="length">The number of samples N.</param>
internal sealed class FrameSeries(MonoSamples samples, long length)
{
    /// <summary>Samples a frame.</summary>
    public const int FrameLength = 2048;

    /// <summary>Samples from a frame to the next.</summary>
    public const int HopLength = 512;

    /// <summary>Samples that four frames cover.</summary>
    private const int Span = ((RealFourierTransform.Lanes - 1) * HopLength) + FrameLength;
    private const int Step = RealFourierTransform.Lanes * HopLength;
    private const int StepsHeld = 16;

    private readonly double[] buffer = new double[((StepsHeld - 1) * Step) + Span];
    private readonly long total = CountOf(length);
    private long next;
    private int step = StepsHeld - 1;

    /// <summary>The samples under the current frames: frame j begins at 512·j.</summary>
    public ReadOnlySpan<double> Current => buffer.AsSpan(step * Step, Span);

    /// <summary>How many of the four current frames there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number of frames of so many samples.</summary>
    public static long CountOf(long samples) => 1 + (samples / HopLength);

    /// <summary>Goes on to the next four frames; false after the last.</summary>
    public bool MoveNext()
    {
        if (next >= total)
        {
            return false;
        }

        if (++step == StepsHeld)
        {
            step = 0;
            Fill();
        }

        Count = (int)Math.Min(RealFourierTransform.Lanes, total - next);
        next += RealFourierTransform.Lanes;
        return true;
    }

    private void Fill()
    {
        var kept = FrameLength / 2;
        if (next > 0)
        {
            kept = Span - Step;
            buffer.AsSpan(buffer.Length - kept).CopyTo(buffer);
        }

        var rest = buffer.AsSpan(kept);
        rest[samples.Read(rest)..].Clear();
    }
}
