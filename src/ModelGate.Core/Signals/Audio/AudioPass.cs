using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio;

/// <summary>The one pass over a recording: samples are decoded once, frames and spectra computed once, and every meter listens.</summary>
internal static class AudioPass
{
    /// <summary>Runs meters over a recording.</summary>
    /// <returns>What each gave, in their order.</returns>
    /// <exception cref="Faults.ArtifactFault">The recording ends before its last frame.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static IReadOnlyList<object> Run(AudioClip clip, IReadOnlyList<AudioMeter> meters, CancellationToken cancellation)
    {
        var samples = new MonoSamples(clip, meters);
        var listeners = meters.Where(m => m.NeedsSpectra).ToArray();
        var channelListeners = meters.Where(m => m.NeedsChannels).ToArray();
        if (listeners.Length + channelListeners.Length > 0 && clip.Frames >= FrameSeries.FrameLength)
        {
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

        samples.ReadToEnd(cancellation);
        return [.. meters.Select(m => m.Finish(samples.NonFinite))];
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
