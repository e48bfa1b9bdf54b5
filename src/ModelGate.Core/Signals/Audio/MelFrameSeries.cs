using System.Runtime.Intrinsics;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>The log-mel frames of a recording in a trainer's settings, four at a time, shown to every meter that listens to them.</summary>
internal sealed class MelFrameSeries : AudioMeter
{
    private readonly MelSettings settings;
    private readonly int span;
    private readonly int step;
    private readonly IReadOnlyList<AudioMeter> listeners;
    private readonly LogMelBank bank;
    private readonly FrameSpectra spectra;
    private readonly double[] buffer;
    private readonly long total;
    private long next;
    private int start;
    private int filled;

    public MelFrameSeries(AudioClip clip, MelSettings settings, IReadOnlyList<AudioMeter> listeners)
    {
        (this.settings, this.listeners) = (settings, listeners);
        step = RealFourierTransform.Lanes * settings.HopLength;
        span = settings.FrameLength + step - settings.HopLength;
        total = settings.CountOf(clip.Frames);
        bank = new LogMelBank(clip.SampleRate, settings);
        spectra = new FrameSpectra(settings.FrameLength, settings.HopLength);
        buffer = new double[(32 * step) + span];
        filled = settings.Mirrored;
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
            while (filled - start >= span)
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
        for (var i = 0; i < settings.Mirrored; i++)
        {
            buffer[filled + i] = buffer[filled - 2 - i];
        }

        filled += settings.Mirrored;
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
            for (var i = 1; i <= settings.Mirrored; i++)
            {
                buffer[settings.Mirrored - i] = buffer[settings.Mirrored + i];
            }
        }

        var samples = buffer.AsSpan(start, span);
        var frames = new MelFrames(bank.Of(spectra.Power(samples)), Activity(samples), next, (int)Math.Min(RealFourierTransform.Lanes, total - next));
        foreach (var listener in listeners)
        {
            listener.Add(frames);
        }

        next += RealFourierTransform.Lanes;
        start += step;
    }

    private Vector256<double> Activity(ReadOnlySpan<double> samples)
    {
        var mask = Vector256<long>.Zero;
        for (var lane = 0; lane < RealFourierTransform.Lanes && next + lane < total; lane++)
        {
            var power = LaneSums.Squares(samples.Slice(lane * settings.HopLength, settings.FrameLength)) / settings.FrameLength;
            mask = Math.Sqrt(power) > FrameSeries.ActiveLevel ? mask.WithElement(lane, -1L) : mask;
        }

        return mask.AsDouble();
    }
}

/// <summary>Up to four log-mel frames: an element a band, a lane a frame. They hold until the next ones.</summary>
internal readonly ref struct MelFrames(ReadOnlySpan<Vector256<double>> bands, Vector256<double> active, long first, int count)
{
    /// <summary>The natural logarithms of the bands.</summary>
    public ReadOnlySpan<Vector256<double>> Bands { get; } = bands;

    /// <summary>All bits set in the lanes whose frame has an RMS, without a window, above -60 dBFS.</summary>
    public Vector256<double> Active { get; } = active;

    /// <summary>The index of the first of the frames.</summary>
    public long First { get; } = first;

    /// <summary>The number of frames.</summary>
    public int Count { get; } = count;
}
