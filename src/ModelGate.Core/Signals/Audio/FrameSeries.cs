using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>
/// Cuts a stream of samples into overlapping frames, four at a time, centred: 1024 zeros stand before the first sample, zeros
/// follow the last, and there are 1 + ⌊N/512⌋ frames.
/// </summary>
/// <param name="samples">The samples.</param>
/// <param name="length">The number of samples N.</param>
/// <param name="channels">The channels that are cut beside their mean; 0 where only the mean is.</param>
internal sealed class FrameSeries(MonoSamples samples, long length, int channels = 0)
{
    /// <summary>Samples a frame.</summary>
    public const int FrameLength = 2048;

    /// <summary>Samples from a frame to the next.</summary>
    public const int HopLength = 512;

    /// <summary>The RMS above which a frame is active: -60 dBFS.</summary>
    public const double ActiveLevel = 0.001;

    /// <summary>Samples that four frames cover.</summary>
    private const int Span = ((RealFourierTransform.Lanes - 1) * HopLength) + FrameLength;
    private const int Step = RealFourierTransform.Lanes * HopLength;
    private const int StepsHeld = 16;
    private const int BufferLength = ((StepsHeld - 1) * Step) + Span;

    // The mean of the channels, and then each channel.
    private readonly double[][] buffers = [.. Enumerable.Range(0, 1 + channels).Select(_ => new double[BufferLength])];
    private readonly long total = CountOf(length);
    private long next;
    private int step = StepsHeld - 1;
    private readonly double[] levels = new double[RealFourierTransform.Lanes];
    private int selected;
    private bool areLevelsKnown;

    /// <summary>The samples under the current frames, of the mean of the channels or of the selected one: frame j begins at 512·j.</summary>
    public ReadOnlySpan<double> Current => buffers[selected].AsSpan(step * Step, Span);

    /// <summary>How many of the four current frames there are.</summary>
    public int Count { get; private set; }

    /// <summary>The RMS of each of the four current frames, without a window; full scale is 1.</summary>
    public ReadOnlySpan<double> Levels
    {
        get
        {
            if (!areLevelsKnown)
            {
                Measure(Current);
                areLevelsKnown = true;
            }

            return levels;
        }
    }

    /// <summary>The number of frames of so many samples.</summary>
    public static long CountOf(long samples) => 1 + (samples / HopLength);

    /// <summary>Selects what <see cref="Current"/> shows, until the next four frames.</summary>
    /// <param name="stream">0 for the mean of the channels, 1 for the first channel, and so on.</param>
    public void Select(int stream) => (selected, areLevelsKnown) = (stream, areLevelsKnown && stream == selected);

    /// <summary>Goes on to the next four frames, of the mean of the channels; false after the last.</summary>
    public bool MoveNext()
    {
        (selected, areLevelsKnown) = (0, false);
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

    // Neighbouring frames share three quarters of their samples.
    private void Measure(ReadOnlySpan<double> samples)
    {
        const int Quarters = FrameLength / HopLength;
        Span<double> squares = stackalloc double[Span / HopLength];
        for (var i = 0; i < squares.Length; i++)
        {
            squares[i] = LaneSums.Squares(samples.Slice(i * HopLength, HopLength));
        }

        for (var lane = 0; lane < levels.Length; lane++)
        {
            var sum = 0.0;
            foreach (var square in squares.Slice(lane, Quarters))
            {
                sum += square;
            }

            levels[lane] = Math.Sqrt(sum / FrameLength);
        }
    }

    private void Fill()
    {
        var kept = FrameLength / 2;
        if (next > 0)
        {
            kept = Span - Step;
            foreach (var buffer in buffers)
            {
                buffer.AsSpan(buffer.Length - kept).CopyTo(buffer);
            }
        }

        var filled = kept + samples.Read(buffers, kept);
        foreach (var buffer in buffers)
        {
            buffer.AsSpan(filled).Clear();
        }
    }
}
