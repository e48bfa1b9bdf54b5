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
        // Most stereo files hold one channel twice, and the mean is then each of them.
        var split = meters.OfType<ChannelsMeter>().ToArray();
        var first = split.Length > 0 && clip.Channels > 1 ? FirstReading.Of(clip, cancellation) : null;
        var areOne = first?.ChannelsAgree ?? true;
        foreach (var meter in split)
        {
            meter.Begin(areOne ? 1 : clip.Channels);
        }

        AudioMeter[] mixed = [.. meters.Where(m => m is not ChannelsMeter)];
        AudioStream[] streams = areOne
            ? [new AudioStream(clip, [.. mixed, .. split.Select(s => s.Each[0])])]
            : [new AudioStream(clip, mixed), .. Enumerable.Range(0, clip.Channels).Select(c => new AudioStream(clip, [.. split.Select(s => s.Each[c])]))];
        if (streams.Any(s => s.NeedsMean))
        {
            first ??= FirstReading.Of(clip, cancellation);
            for (var i = 0; i < streams.Length; i++)
            {
                streams[i].Begin(i == 0 ? first.Mean : first.ChannelMeans[i - 1]);
            }
        }

        var samples = new MonoSamples(first?.Clip ?? clip, meters, streams);
        ShowFrames(clip, streams, samples, cancellation);
        samples.ReadToEnd(cancellation);
        foreach (var stream in streams)
        {
            stream.Finish(samples.NonFinite);
        }

        return [.. meters.Select(m => m.Finish(samples.NonFinite))];
    }

    private static void ShowFrames(AudioClip clip, AudioStream[] streams, MonoSamples samples, CancellationToken cancellation)
    {
        if (!streams.Any(s => s.NeedsFrames) || clip.Frames < FrameSeries.FrameLength)
        {
            return;
        }

        var frames = new FrameSeries(samples, clip.Frames, streams.Length - 1);
        var spectra = new FrameSpectra();
        while (frames.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();

            // No spectrum of a sample that is not finite means anything: what follows is only counted.
            for (var i = 0; i < streams.Length && samples.NonFinite == 0; i++)
            {
                if (streams[i].NeedsFrames)
                {
                    frames.Select(i);
                    streams[i].Show(frames, spectra);
                }
            }
        }
    }
}
