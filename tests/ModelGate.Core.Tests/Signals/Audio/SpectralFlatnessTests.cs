using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using ModelGate.Signals.Audio;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

public class SpectralFlatnessTests
{
    // Computed by librosa (Fixtures/audio/README.md).
    [Theory]
    [InlineData("reference.wav", 0.13552427685573826, 0.05262934449943922, 160)]
    [InlineData("converted_noise.wav", 0.3806754076927511, 0.3806754076927511, 521)]
    [InlineData("u06-8-bit.wav", 0.1140868829, 0.04222873099, 85)]
    [InlineData("u10-24-bit.wav", 0.1452101758, 0.03687721196, 90)]
    [InlineData("u15-float.wav", 0.139948876, 0.04462424661, 95)]
    [InlineData("u01-stereo.wav", 0.06252843068, 0.02189599371, 80)]
    public void It_is_librosas_to_nine_digits(string file, double mean, double active, long frames)
    {
        var flatness = MadeClip.Flatness(WaveBytes.ReadFixture(file));
        flatness.Mean.Should().BeApproximately(mean, 1e-9);
        flatness.ActiveMean.Should().BeApproximately(active, 1e-9);
        flatness.Frames.Should().Be(frames);
        flatness.NonFiniteSamples.Should().Be(0);
    }

    public static TheoryData<string, double[], double, double?, double> Signals => new()
    {
        { "silence", [.. MadeClip.Silence(48_000)], 1, null, 1e-9 },
        { "sine of 440 Hz", [.. MadeClip.Sine(440, 48_000)], 0, 0, 5e-5 },
        { "saw of 120 Hz", [.. MadeClip.Saw(120, 48_000)], 0.0026, 0.0026, 1e-3 },

        // exp(-gamma): the powers of white noise are distributed exponentially.
        { "Gaussian noise", [.. MadeClip.Noise(0.1, 48_000)], 0.5615, 0.5615, 5e-3 },
        { "Gaussian noise under -60 dBFS", [.. MadeClip.Noise(0.0005, 48_000)], 0.5615, null, 5e-3 },
    };

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_reference_signal_has_its_value(string signal, double[] samples, double mean, double? active, double tolerance)
    {
        var flatness = MadeClip.Flatness(MadeClip.Of(samples));
        flatness.Mean.Should().BeApproximately(mean, tolerance, signal);
        flatness.ActiveMean.HasValue.Should().Be(active.HasValue, signal);
        (flatness.ActiveMean ?? 0).Should().BeApproximately(active ?? 0, tolerance, signal);
    }

    [Theory]
    [InlineData(2047, 0)]
    [InlineData(2048, 5)]
    [InlineData(2559, 5)]
    [InlineData(2560, 6)]
    [InlineData(32_767, 64)]
    [InlineData(32_768, 65)]
    [InlineData(70_001, 137)]
    public void Every_frame_is_that_of_the_definition(int count, int expectedFrames)
    {
        var samples = MadeClip.Noise(0.1, count).Select(s => (double)(float)s).ToArray();
        var frames = new List<FlatnessFrame>();
        var clip = MadeClip.Of(samples);
        var flatness = (Flatness)AudioPass.Run(clip, [new FlatnessMeasure().Begin(clip), new FrameMeter(frames)], TestContext.Current.CancellationToken)[0];
        flatness.Frames.Should().Be(expectedFrames);
        frames.Should().HaveCount(expectedFrames);
        for (var i = 0; i < frames.Count; i++)
        {
            var (expected, rms) = Definition(samples, i);
            frames[i].Flatness.Should().BeApproximately(expected, 1e-12);
            frames[i].Rms.Should().BeApproximately(rms, 1e-12);
        }
    }

    [Fact]
    public void Silence_between_words_does_not_count()
    {
        var clip = MadeClip.Of([.. MadeClip.Saw(120, 48_000), .. MadeClip.Silence(48_000)]);
        var flatness = MadeClip.Flatness(clip);
        flatness.Mean.Should().BeGreaterThan(0.4);
        flatness.ActiveMean.Should().BeLessThan(0.05);
        flatness.ActiveShare.Should().BeApproximately(0.5, 0.02);
    }

    [Theory]
    [InlineData(-25.0, true)]
    [InlineData(-15.0, false)]
    public void The_level_is_that_of_a_frames_rms(double level, bool isActive)
        => MadeClip.Flatness(MadeClip.Of(MadeClip.Noise(0.1, 48_000)), level).ActiveFrames.Should().Match(n => n > 90 == isActive);

    [Fact]
    public void The_channels_are_averaged()
    {
        var noise = MadeClip.Noise(0.1, 8192).ToArray();
        var opposite = MadeClip.Of(noise.SelectMany(s => new[] { s, -s }), channels: 2);
        MadeClip.Flatness(opposite).Mean.Should().BeApproximately(1, 1e-9);
        var tripled = MadeClip.Of(noise.SelectMany(s => new[] { s, s, s }), channels: 3);
        MadeClip.Flatness(tripled).Mean.Should().BeApproximately(MadeClip.Flatness(MadeClip.Of(noise)).Mean!.Value, 1e-12);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void One_sample_that_is_not_finite_leaves_no_value(float sample)
    {
        var samples = MadeClip.Noise(0.1, 100_000).ToArray();
        samples[99_999] = sample;
        MadeClip.Flatness(MadeClip.Of(samples)).Should().Match<Flatness>(f => f.Mean == null && f.ActiveMean == null && f.Frames == 0 && f.NonFiniteSamples == 1);
        samples[0] = sample;
        MadeClip.Flatness(MadeClip.Of(samples, channels: 2)).NonFiniteSamples.Should().Be(2);
    }

    [Fact]
    public void Infinite_samples_of_a_file_are_counted()
        => MadeClip.Flatness(WaveBytes.ReadFixture("u01-inf-some.wav")).Should().Match<Flatness>(f => f.Mean == null && f.ActiveMean == null && f.NonFiniteSamples == 3);

    [Theory]
    [InlineData(3e38)]
    [InlineData(1e-42)]
    public void The_largest_and_the_least_floats_have_a_value(double scale)
        => MadeClip.Flatness(MadeClip.Of(MadeClip.Noise(0.1, 4096).Select(s => s * scale))).Mean.Should().BeInRange(0.4, 1);

    [Fact]
    public void Memory_does_not_grow_with_the_length()
    {
        var clip = MadeClip.Of(MadeClip.Silence(4_000_000));
        MadeClip.Flatness(clip);
        var before = GC.GetAllocatedBytesForCurrentThread();
        MadeClip.Flatness(clip);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(2_000_000);
    }

    private sealed class FrameMeter(List<FlatnessFrame> frames) : AudioMeter
    {
        public override bool NeedsSpectra => true;

        public override void Add(FrameSeries series, SpectrumBlock spectra)
        {
            Span<FlatnessFrame> values = stackalloc FlatnessFrame[4];
            frames.AddRange(values[..FrameFlatness.Measure(series, spectra, values)]);
        }

        public override object Finish(long nonFinite) => frames;
    }

    private static (double Flatness, double Rms) Definition(double[] samples, int frame)
    {
        var padded = Enumerable.Range((frame * 512) - 1024, 2048).Select(i => i >= 0 && i < samples.Length ? samples[i] : 0).ToArray();
        var spectrum = padded.Select((s, i) => new Complex(s * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / 2048))), 0)).ToArray();
        Fourier.Forward(spectrum, FourierOptions.NoScaling);
        var powers = spectrum.Take(1025).Select(x => Math.Max(1e-10, (x.Real * x.Real) + (x.Imaginary * x.Imaginary))).ToArray();
        return (Math.Exp(powers.Average(Math.Log)) / powers.Average(), Math.Sqrt(padded.Average(s => s * s)));
    }
}
