using System.Runtime.Intrinsics;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>The log-mel frames of a recording as HiFi-GAN is trained on, four at a time, shown to every meter that listens to them.</summary>
/// <remarks>
/// n_fft and window 1024, hop 256, in samples at the recording's own rate; 384 mirrored samples at each end; periodic Hann; √(|X|² + 1e-9); 80 Slaney bands from 0 to
/// 8 kHz, or half the rate where that is less; ln(max(., 1e-5)).
/// </remarks>
internal sealed class MelFrameSeries : AudioMeter
{
    /// <summary>Samples a frame.</summary>
    public const int FrameLength = 1024;

    /// <summary>Samples from a frame to the next.</summary>
    public const int HopLength = 256;

    /// <summary>Mel bands.</summary>
    public const int Bands = 80;

    private const int Mirrored = (FrameLength - HopLength) / 2;
    private const int Span = FrameLength + ((RealFourierTransform.Lanes - 1) * HopLength);
    private const int Step = RealFourierTransform.Lanes * HopLength;
    private const double HighestFrequency = 8000;
    private const double LeastPower = 1e-9;
    private const double LeastMagnitude = 1e-5;

    private readonly IReadOnlyList<AudioMeter> listeners;
    private readonly IReadOnlyList<(int First, double[] Weights)> bank;
    private readonly FrameSpectra spectra = new(FrameLength, HopLength);
    private readonly LaneBuffer magnitudes = new((FrameLength / 2) + 1);
    private readonly LaneBuffer logarithms = new(Bands);
    private readonly double[] buffer = new double[(32 * Step) + Span];
    private readonly long total;
    private long next;
    private int start;
    private int filled = Mirrored;

    public MelFrameSeries(AudioClip clip, IReadOnlyList<AudioMeter> listeners)
    {
        this.listeners = listeners;
        total = CountOf(clip.Frames);
        bank = new SlaneyBands(clip.SampleRate, FrameLength, Bands, Math.Min(HighestFrequency, clip.SampleRate / 2.0)).Bands;
    }

    /// <summary>The number of frames of so many samples; none where there are too few to mirror.</summary>
    public static long CountOf(long samples) => samples <= Mirrored || samples < HopLength ? 0 : 1 + ((samples - HopLength) / HopLength);

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
        Compute(spectra.Power(samples));
        var frames = new MelFrames(logarithms.Span, Activity(samples), next, (int)Math.Min(RealFourierTransform.Lanes, total - next));
        foreach (var listener in listeners)
        {
            listener.Add(frames);
        }

        next += RealFourierTransform.Lanes;
        start += Step;
    }

    private void Compute(ReadOnlySpan<Vector256<double>> powers)
    {
        var magnitude = magnitudes.Span;
        for (var k = 0; k < powers.Length; k++)
        {
            magnitude[k] = Vector256.Sqrt(powers[k] + Vector256.Create(LeastPower));
        }

        var target = logarithms.Span;
        for (var band = 0; band < target.Length; band++)
        {
            var (first, weights) = bank[band];
            var sum = Vector256<double>.Zero;
            for (var i = 0; i < weights.Length; i++)
            {
                sum += magnitude[first + i] * weights[i];
            }

            sum = Vector256.MaxNative(sum, Vector256.Create(LeastMagnitude));
            target[band] = Vector256.Create(Math.Log(sum[0]), Math.Log(sum[1]), Math.Log(sum[2]), Math.Log(sum[3]));
        }
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
    /// <summary>The natural logarithms of the bands, <see cref="MelFrameSeries.Bands"/> elements.</summary>
    public ReadOnlySpan<Vector256<double>> Bands { get; } = bands;

    /// <summary>All bits set in the lanes whose frame has an RMS, without a window, above -60 dBFS.</summary>
    public Vector256<double> Active { get; } = active;

    /// <summary>The index of the first of the frames.</summary>
    public long First { get; } = first;

    /// <summary>The number of frames.</summary>
    public int Count { get; } = count;
}
