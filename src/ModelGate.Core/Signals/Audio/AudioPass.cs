using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio;

/// <summary>The one pass over a recording: samples are decoded once, frames, spectra, mel bands and pitch computed once, and every meter listens.</summary>
internal static class AudioPass
{
    /// <summary>Runs meters over a recording.</summary>
    /// <returns>What each gave, in their order.</returns>
    /// <exception cref="Faults.ArtifactFault">The recording ends before its last frame.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static IReadOnlyList<object> Run(AudioClip clip, IReadOnlyList<AudioMeter> meters, CancellationToken cancellation)
    {
        var series = new List<AudioMeter>();
        if (clip.Frames >= FrameSeries.FrameLength)
        {
            Begin(series, meters.Where(m => m.NeedsMel), heard => new MelFrameSeries(clip, heard));
            Begin(series, meters.Where(m => m.NeedsPitch), heard => new PitchFrameSeries(clip, heard));
        }

        AudioMeter[] all = [.. series, .. meters];
        if (all.Any(m => m.NeedsMean))
        {
            (var mean, clip) = FirstReading.Of(clip, cancellation);
            foreach (var meter in all.Where(m => m.NeedsMean))
            {
                meter.Begin(mean);
            }
        }

        var samples = new MonoSamples(clip, all);
        ShowFrames(clip, meters, samples, cancellation);
        samples.ReadToEnd(cancellation);
        foreach (var meter in series)
        {
            meter.Finish(samples.NonFinite);
        }

        return [.. meters.Select(m => m.Finish(samples.NonFinite))];
    }

    private static void Begin(List<AudioMeter> series, IEnumerable<AudioMeter> listeners, Func<AudioMeter[], AudioMeter> begin)
    {
        if (listeners.ToArray() is { Length: > 0 } heard)
        {
            series.Add(begin(heard));
        }
    }

    private static void ShowFrames(AudioClip clip, IReadOnlyList<AudioMeter> meters, MonoSamples samples, CancellationToken cancellation)
    {
        var frameListeners = meters.Where(m => m.NeedsFrames).ToArray();
        var listeners = meters.Where(m => m.NeedsSpectra).ToArray();
        var channelListeners = meters.Where(m => m.NeedsChannels).ToArray();
        var needsSpectra = listeners.Length + channelListeners.Length > 0;
        if ((!needsSpectra && frameListeners.Length == 0) || clip.Frames < FrameSeries.FrameLength)
        {
            return;
        }

        var frames = new FrameSeries(samples, clip.Frames, channelListeners.Length > 0 && clip.Channels > 1 ? clip.Channels : 0);
        var spectra = new FrameSpectra();
        while (frames.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();

            // No spectrum of a sample that is not finite means anything: what follows is only counted.
            if (samples.NonFinite > 0)
            {
                continue;
            }

            foreach (var listener in frameListeners)
            {
                listener.Add(frames);
            }

            if (!needsSpectra)
            {
                continue;
            }

            var block = new SpectrumBlock(spectra.Power(frames));
            foreach (var listener in listeners)
            {
                listener.Add(frames, block);
            }

            if (channelListeners.Length > 0)
            {
                ShowChannels(channelListeners, clip.Channels, frames, spectra, block);
            }
        }
    }

    private static void ShowChannels(AudioMeter[] listeners, int channels, FrameSeries frames, FrameSpectra spectra, SpectrumBlock mean)
    {
        // Most stereo files hold one channel twice, and the spectrum of the mean is then that of each.
        var agree = frames.ChannelsAgree;
        for (var channel = 0; channel < channels; channel++)
        {
            var block = mean;
            if (!agree)
            {
                frames.Select(channel);
                block = new SpectrumBlock(spectra.Power(frames));
            }

            foreach (var listener in listeners)
            {
                listener.Add(channel, frames, block);
            }
        }
    }
}
