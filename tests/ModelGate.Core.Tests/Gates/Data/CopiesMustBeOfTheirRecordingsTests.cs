using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Data;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Gates.Data;

public class CopiesMustBeOfTheirRecordingsTests
{
    [Fact]
    public void Recordings_and_the_same_at_16_kHz_pass_whatever_their_level()
    {
        var judgement = Judge(Run(i => Sound(i)));

        judgement.Findings.Should().BeEmpty();
        judgement.Measurements.Single().Observed.Should().BeInRange(0.95, 1);
    }

    [Fact]
    public void Recordings_of_the_neighbour_are_named()
        => Judge(Run(i => Sound((i + 1) % 10))).Findings.Should().HaveCount(10).And.Subject.First().Message.Value.Should().StartWith("0_0 in 1_16k_wavs is 0_9 of 0_gt_wavs: correlation ");

    [Fact]
    public void One_pair_that_was_exchanged_is_found_among_the_others()
        => Judge(Run(i => Sound(i switch { 3 => 7, 7 => 3, _ => i }))).Findings.Select(f => f.Message.Value[..35]).Should().Equal("0_3 in 1_16k_wavs is 0_7 of 0_gt_wa", "0_7 in 1_16k_wavs is 0_3 of 0_gt_wa");

    [Theory]
    [InlineData(8000, "500 ms late")]
    [InlineData(-8000, "500 ms early")]
    public void A_copy_that_is_late_or_early_is_said_to_be(int samples, string said)
        => Judge(Run(i => Late(Sound(i), -samples))).Findings.Should().HaveCount(10).And.OnlyContain(f => f.Message.Value.Contains(said, StringComparison.Ordinal));

    [Fact]
    public void Noise_in_place_of_the_recording_is_another_recording()
    {
        var random = new Random(1);
        Judge(Run(i => [.. Sound(i).Select(_ => (float)((random.NextDouble() - 0.5) * 0.2))])).Findings.Should().HaveCount(10).And.OnlyContain(f => f.Message.Value.Contains("is another recording", StringComparison.Ordinal));
    }

    [Fact]
    public void Silence_beside_speech_fails_and_beside_silence_is_left_out()
    {
        Judge(Run(i => i == 4 ? new float[48_000] : Sound(i))).Findings.Should().ContainSingle().Which.Message.Value.Should().StartWith("0_4 in 1_16k_wavs is another recording: correlation 0.00");

        var run = new GateRun().With(ArtifactRole.Recordings, "run/0_gt_wavs/mute.wav", WaveBytes.OfFloats(new float[48_000])).With(ArtifactRole.Recordings16k, "run/1_16k_wavs/mute.wav", WaveBytes.OfFloats(new float[16_000], rate: 16_000));
        Judge(run).IsInconclusive.Should().BeTrue();
    }

    // numpy.corrcoef of the bands, each less its mean, over the frames that both have.
    [Theory]
    [InlineData(0, -0.07089292294536698)]
    [InlineData(3, 0.9814955815423279)]
    public void The_correlation_is_that_of_numpy(int late, double expected)
    {
        var recording = Frames((i, b) => Math.Sin(0.3 * i * (b + 1)) + b);
        var copy = Frames((i, b) => Math.Sin(0.3 * (i - 3) * (b + 1)) + (0.2 * Math.Cos((0.9 * i) + b)) - 5);

        RecordingCopyCorrelation.Of(recording, copy, late).Should().BeApproximately(expected, 1e-6);
        RecordingCopyCorrelation.Best(recording, copy).Late.Should().Be(3);
    }

    private sealed class Collector : AudioMeter
    {
        private readonly List<float> samples = [];

        public override void Add(ReadOnlySpan<float> interleaved) => samples.AddRange(interleaved);

        public override object Finish(long nonFinite) => samples.ToArray();
    }

    private static LogMelFrames Frames(Func<int, int, double> value)
        => new([.. Enumerable.Range(0, 40 * LogMelMeasure.Bands).Select(k => (float)value(k / LogMelMeasure.Bands, k % LogMelMeasure.Bands))], 40, 0.8);

    private static float[] Sound(int segment)
    {
        var clip = WaveBytes.Read(DataFixture.Sound($"0_{segment}"));
        return Upsampled((float[])AudioPass.Run(clip, [new Collector()], CancellationToken.None)[0]);
    }

    // Exactly band-limited: the spectrum of 16 kHz, with nothing above 8 kHz.
    private static float[] Upsampled(float[] samples)
    {
        var length = samples.Length;
        var spectrum = samples.Select(s => new Complex(s, 0)).ToArray();
        Fourier.Forward(spectrum, FourierOptions.Matlab);
        var wide = new Complex[length * 3];
        for (var k = 1; k < length / 2; k++)
        {
            (wide[k], wide[^k]) = (1.5 * spectrum[k], 1.5 * spectrum[^k]);
        }

        Fourier.Inverse(wide, FourierOptions.Matlab);
        return [.. wide.Select(v => (float)v.Real)];
    }

    private static float[] Late(float[] samples, int by)
        => by >= 0 ? [.. new float[by * 3], .. samples[..^(by * 3)]] : [.. samples[(-by * 3)..], .. new float[-by * 3]];

    private static GateRun Run(Func<int, float[]> recordings)
    {
        var run = new GateRun();
        for (var i = 0; i < 10; i++)
        {
            run.With(ArtifactRole.Recordings, $"run/0_gt_wavs/0_{i}.wav", WaveBytes.OfFloats(recordings(i))).With(ArtifactRole.Recordings16k, $"run/1_16k_wavs/0_{i}.wav", DataFixture.Sound($"0_{i}"));
        }

        return run;
    }

    private static Judgement Judge(GateRun run) => run.Judge(new CopiesMustBeOfTheirRecordings(), new CopiesMustBeOfTheirRecordings.Options()).Should().ContainSingle().Subject.Judgement;
}
