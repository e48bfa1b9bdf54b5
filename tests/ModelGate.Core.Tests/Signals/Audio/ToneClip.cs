using ModelGate.Artifacts;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>A sine whose level changes from segment to segment, in as many channels as levels are given, computed as it is read.</summary>
/// <param name="rate">Samples a second.</param>
/// <param name="frequency">In hertz.</param>
/// <param name="segments">The seconds, and the peak of each channel in dBFS.</param>
internal sealed class ToneClip(int rate, double frequency, (double Seconds, double[] Peaks)[] segments) : ISampleSource
{
    private readonly (long End, double[] Amplitudes)[] parts = [.. segments.Select((s, i) => (
        (long)Math.Round(segments.Take(i + 1).Sum(t => t.Seconds) * rate), Array.ConvertAll(s.Peaks, p => Math.Pow(10, p / 20))))];

    public double Phase { get; init; }

    /// <summary>How long it fades in and out: a tone that begins at once overshoots between its first samples.</summary>
    public double FadeSeconds { get; init; }

    public AudioClip Clip => new("made", "pcm_f32le", rate, parts[0].Amplitudes.Length, parts[^1].End, this);

    public int Read(long firstFrame, Span<float> destination)
    {
        var channels = parts[0].Amplitudes.Length;
        var frames = (int)Math.Min(destination.Length / channels, parts[^1].End - firstFrame);
        var part = 0;
        for (var i = 0; i < frames; i++)
        {
            while (firstFrame + i >= parts[part].End)
            {
                part++;
            }

            var value = GainAt(firstFrame + i) * Math.Sin(Phase + (2 * Math.PI * frequency * (firstFrame + i) / rate));
            for (var channel = 0; channel < channels; channel++)
            {
                destination[(i * channels) + channel] = (float)(value * parts[part].Amplitudes[channel]);
            }
        }

        return frames;
    }

    private double GainAt(long frame) => FadeSeconds > 0 ? Math.Min(1, Math.Min(frame, parts[^1].End - frame) / (FadeSeconds * rate)) : 1;
}
