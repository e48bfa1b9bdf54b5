using ModelGate.Signals.Audio;
using ModelGate.Artifacts;

namespace ModelGate.Tests.Signals;

/// <summary>A recording made in the test, one channel of 48 kHz unless told otherwise.</summary>
internal sealed class MadeClip(float[] samples, int channels) : ISampleSource
{
    public static AudioClip Of(IEnumerable<double> samples, int channels = 1)
    {
        var values = samples.Select(s => (float)s).ToArray();
        return new AudioClip("made", "pcm_f32le", 48_000, channels, values.Length / channels, new MadeClip(values, channels));
    }

    public static IEnumerable<double> Silence(int count) => Enumerable.Repeat(0.0, count);

    public static IEnumerable<double> Sine(double frequency, int count) => Enumerable.Range(0, count).Select(i => 0.5 * Math.Sin(2 * Math.PI * frequency * i / 48_000));

    public static IEnumerable<double> Saw(double frequency, int count) => Enumerable.Range(0, count).Select(i => 0.5 * ((2 * (i * frequency / 48_000 % 1)) - 1));

    public static IEnumerable<double> Noise(double deviation, int count, int seed = 1)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())).ToArray();
    }

    /// <summary>Noise between two frequencies and nothing elsewhere, rounded to 16 bits as a file holds it.</summary>
    public static IEnumerable<double> BandNoise(double deviation, int count, double low, double high, int seed = 1)
    {
        var spectrum = Noise(deviation, count, seed).Select(s => new System.Numerics.Complex(s, 0)).ToArray();
        MathNet.Numerics.IntegralTransforms.Fourier.Forward(spectrum, MathNet.Numerics.IntegralTransforms.FourierOptions.Matlab);
        for (var i = 0; i < count; i++)
        {
            var frequency = Math.Min(i, count - i) * 48_000.0 / count;
            spectrum[i] = frequency >= low && frequency <= high ? spectrum[i] : 0;
        }

        MathNet.Numerics.IntegralTransforms.Fourier.Inverse(spectrum, MathNet.Numerics.IntegralTransforms.FourierOptions.Matlab);
        return spectrum.Select(s => Math.Round(s.Real * 32768) / 32768);
    }

    public int Read(long firstFrame, Span<float> destination)
    {
        var rest = samples.AsSpan((int)Math.Min(firstFrame * channels, samples.Length));
        var count = Math.Min(rest.Length, destination.Length / channels * channels);
        rest[..count].CopyTo(destination);
        return count / channels;
    }

    /// <summary>The flatness of each channel over the band that it occupies.</summary>
    public static BandFlatness BandFlatness(AudioClip clip)
        => (BandFlatness)AudioPass.Run(clip, [new OccupiedBandMeasure().Begin(clip)], CancellationToken.None)[0];

    /// <summary>The flatness of a recording.</summary>
    public static Flatness Flatness(AudioClip clip, double minimumLevel = FlatnessMeasure.DefaultMinimumLevel)
        => (Flatness)AudioPass.Run(clip, [new FlatnessMeasure(minimumLevel).Begin(clip)], CancellationToken.None)[0];
}
