using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio;

/// <summary>One sequence of samples of a recording, the mean of its channels or one of them, with all that is computed from it, shown to the meters that listen.</summary>
internal sealed class AudioStream
{
    private readonly AudioMeter[] all;
    private readonly AudioMeter[] series;
    private readonly AudioMeter[] frameListeners;
    private readonly AudioMeter[] spectrumListeners;

    public AudioStream(AudioClip clip, IReadOnlyList<AudioMeter> listeners)
    {
        series = clip.Frames < FrameSeries.FrameLength ? [] :
        [
            .. listeners.Where(m => m.NeedsMel is not null).GroupBy(m => m.NeedsMel!).Select(g => new MelFrameSeries(clip, g.Key, [.. g])),
            .. listeners.Where(m => m.NeedsPitch).ToArray() is { Length: > 0 } pitch ? [new PitchFrameSeries(clip, pitch)] : Array.Empty<AudioMeter>(),
        ];
        all = [.. series, .. listeners];
        frameListeners = [.. listeners.Where(m => m.NeedsFrames)];
        spectrumListeners = [.. listeners.Where(m => m.NeedsSpectra)];
    }

    /// <summary>Whether somebody has to know the mean before the first sample.</summary>
    public bool NeedsMean => all.Any(m => m.NeedsMean);

    /// <summary>Whether somebody listens to frames, or to their spectra.</summary>
    public bool NeedsFrames => frameListeners.Length + spectrumListeners.Length > 0;

    /// <summary>Tells the mean of all samples.</summary>
    public void Begin(double mean)
    {
        foreach (var meter in all.Where(m => m.NeedsMean))
        {
            meter.Begin(mean);
        }
    }

    /// <summary>Shows the next samples.</summary>
    public void Add(ReadOnlySpan<double> samples)
    {
        foreach (var meter in all)
        {
            meter.Add(samples);
        }
    }

    /// <summary>Shows the current frames, which are of this stream.</summary>
    public void Show(FrameSeries frames, FrameSpectra spectra)
    {
        foreach (var listener in frameListeners)
        {
            listener.Add(frames);
        }

        if (spectrumListeners.Length == 0)
        {
            return;
        }

        var block = new SpectrumBlock(spectra.Power(frames));
        foreach (var listener in spectrumListeners)
        {
            listener.Add(frames, block);
        }
    }

    /// <summary>Shows what is left in the series of mel and pitch frames.</summary>
    public void Finish(long nonFinite)
    {
        foreach (var meter in series)
        {
            meter.Finish(nonFinite);
        }
    }
}
