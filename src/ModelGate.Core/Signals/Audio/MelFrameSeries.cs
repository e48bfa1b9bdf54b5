using System.Runtime.Intrinsics;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>The log-mel frames of a recording as HiFi-GAN is trained on, four at a time, shown to every meter that listens to them.</summary>
/// <remarks>Window 1024 and hop 256, in samples at the recording's own rate; 384 mirrored samples at each end; periodic Hann; bands as in <see cref="LogMelBank"/>.</remarks>
internal sealed class MelFrameSeries : AudioMeter
{
    private const int FrameLength = LogMelBank.FrameLength;
    private const int HopLength = LogMelBank.HopLength;
    private const int Mirrored = LogMelBank.Mirrored;
    private const int Span = FrameLength + ((RealFourierTransform.Lanes - 1) * HopLength);
    private const int Step = RealFourierTransform.Lanes * HopLength;

    private readonly IReadOnlyList<AudioMeter> listeners;
    private readonly LogMelBank bank;
    private readonly FrameSpectra spectra = new(FrameLength, HopLength);
    private readonly double[] buffer = new double[(32 * Step) + Span];
    private readonly long total;
    private long next;
    private int start;
    private int filled = Mirrored;

    public MelFrameSeries(AudioClip clip, IReadOnlyList<AudioMeter> listeners)
    {
        this.listeners = listeners;
        total = LogMelBank.CountOf(clip.Frames);
        bank = new LogMelBank(clip.SampleRate);
    }

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<double> mono)
    {
        while (!mono.IsEmpty)
        {
            var part = mono[..Math.Min(mono.Length, buffer.Length - filled)];
            part.CopyTo(buffer.AsSpan(filled));
            filled += part.Length;
            mono = mono[part.Length..];
            while (filled - start >= Span)
            {
                Show();
            }

            if (filled == buffer.Length)
            {
                Shift();
            }
        }
    }

    /// <summary>Shows the last frames.</summary>
    public override object Finish(long nonFinite)
    {
        if (nonFinite > 0 || total == 0)
        {
            return this;
        }

        // Behind the last four frames more samples are held than are mirrored, or all there are.
        Shift();
        for (var i = 0; i < Mirrored; i++)
        {
            buffer[filled + i] = buffer[filled - 2 - i];
        }

        filled += Mirrored;
        buffer.AsSpan(filled).Clear();
        while (next < total)
        {
            Show();
        }

        return this;
    }

    private void Shift()
    {
        buffer.AsSpan(start, filled - start).CopyTo(buffer);
        (start, filled) = (0, filled - start);
    }

    private void Show()
    {
        if (next == 0)
        {
            for (var i = 1; i <= Mirrored; i++)
            {
                buffer[Mirrored - i] = buffer[Mirrored + i];
            }
        }

        var samples = buffer.AsSpan(start, Span);
        var frames = new MelFrames(bank.Of(spectra.Power(samples)), Activity(samples), next, (int)Math.Min(RealFourierTransform.Lanes, total - next));
        foreach (var listener in listeners)
        {
            listener.Add(frames);
        }

        next += RealFourierTransform.Lanes;
        start += Step;
    }

    private Vector256<double> Activity(ReadOnlySpan<double> samples)
    {
        Span<double> squares = stackalloc double[Span / HopLength];
        for (var i = 0; i < squares.Length; i++)
        {
            squares[i] = LaneSums.Squares(samples.Slice(i * HopLength, HopLength));
        }

        var mask = Vector256<long>.Zero;
        for (var lane = 0; lane < RealFourierTransform.Lanes && next + lane < total; lane++)
        {
            var power = (squares[lane] + squares[lane + 1] + squares[lane + 2] + squares[lane + 3]) / FrameLength;
            mask = Math.Sqrt(power) > FrameSeries.ActiveLevel ? mask.WithElement(lane, -1L) : mask;
        }

        return mask.AsDouble();
    }
}

/// <summary>Up to four log-mel frames: an element a band, a lane a frame. They hold until the next ones.</summary>
internal readonly ref struct MelFrames(ReadOnlySpan<Vector256<double>> bands, Vector256<double> active, long first, int count)
{
    /// <summary>The natural logarithms of the bands, <see cref="LogMelBank.Bands"/> elements.</summary>
    public ReadOnlySpan<Vector256<double>> Bands { get; } = bands;

    /// <summary>All bits set in the lanes whose frame has an RMS, without a window, above -60 dBFS.</summary>
    public Vector256<double> Active { get; } = active;

    /// <summary>The index of the first of the frames.</summary>
    public long First { get; } = first;

    /// <summary>The number of frames.</summary>
    public int Count { get; } = count;
}
