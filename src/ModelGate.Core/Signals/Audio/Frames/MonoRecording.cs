using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Frames;

/// <summary>The beginning of a recording in memory: the mean of its channels, or one of them.</summary>
/// <param name="Samples">The samples; zero where one is not finite.</param>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="NonFinite">The samples, over all channels, that are NaN or infinite.</param>
/// <param name="IsWhole">Whether there is nothing of the recording behind it.</param>
internal sealed record MonoRecording(float[] Samples, int SampleRate, long NonFinite, bool IsWhole)
{
    /// <summary>Most samples of a recording that are compared, 64 MB: 349 seconds at 48 kHz.</summary>
    public const int MostSamples = 1 << 24;

    /// <summary>The duration in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;

    /// <summary>Reads a recording, up to so many seconds.</summary>
    /// <param name="clip">The recording.</param>
    /// <param name="seconds">The most seconds that are read.</param>
    /// <param name="cancellation">Cancelled where the user wants to stop.</param>
    /// <param name="channel">The channel that is read, counted from zero; null for the mean of all.</param>
    /// <exception cref="Faults.ArtifactFault">The recording ends before its last frame.</exception>
    public static MonoRecording Of(AudioClip clip, double seconds, CancellationToken cancellation, int? channel = null)
    {
        var length = (int)Math.Min(clip.Frames, Math.Min(MostSamples, Math.Round(seconds * clip.SampleRate)));
        var samples = new float[length];
        var reader = new MonoSamples(clip, [], []);
        double[][] blocks = [.. Enumerable.Range(0, channel is null ? 1 : 2 + channel.Value).Select(_ => new double[Math.Min(1 << 14, Math.Max(1, length))])];
        for (var at = 0; at < length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = Math.Min(reader.Read(blocks, 0), length - at);
            for (var i = 0; i < read; i++)
            {
                samples[at + i] = double.IsFinite(blocks[^1][i]) ? (float)blocks[^1][i] : 0;
            }

            at += read;
        }

        return new MonoRecording(samples, clip.SampleRate, reader.NonFinite, length == clip.Frames);
    }

    /// <summary>The same at a lower rate.</summary>
    public MonoRecording At(int rate, CancellationToken cancellation)
        => rate == SampleRate ? this : this with { Samples = new Resampler(SampleRate, rate).Resample(Samples, cancellation), SampleRate = rate };

    /// <summary>The root mean square.</summary>
    public double Rms() => Samples.Length == 0 ? 0 : Math.Sqrt(FrameRms.Squares(Samples) / Samples.Length);
}
