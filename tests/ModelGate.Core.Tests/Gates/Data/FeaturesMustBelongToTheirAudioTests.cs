using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;
using ModelGate.Signals.Data;

namespace ModelGate.Tests.Gates.Data;

public class FeaturesMustBelongToTheirAudioTests
{
    private const int Width = 256;

    [Fact]
    public void Computes_log_mel_as_numpy_does()
    {
        var sound = DataFixture.LogMel("0_0");
        var expected = DataFixture.Expected.GetProperty("logMel");

        sound.Frames.Should().Be(100);
        foreach (var (frame, name) in new[] { (0, "first"), (49, "fiftieth"), (99, "last") })
        {
            sound.Values.Skip(frame * LogMelMeasure.Bands).Take(LogMelMeasure.Bands).Zip(expected.GetProperty(name).EnumerateArray())
                .Should().OnlyContain(p => Math.Abs(p.First - p.Second.GetDouble()) < 1e-4);
        }
    }

    [Fact]
    public void Features_of_the_recordings_pass_with_the_R2_that_numpy_computes()
    {
        var judgement = Judge(DataFixture.With(i => DataFixture.Features(DataFixture.Stems[i])));

        judgement.Findings.Should().BeEmpty();
        judgement.IsInconclusive.Should().BeFalse();
        judgement.Summary.Value.Should().Contain("10 segments").And.NotContain("out");
        Value(judgement, "feature-fit").Should().BeApproximately(DataFixture.Expected.GetProperty("own").GetDouble(), 1e-4);
        Value(judgement, "shuffled-feature-fit").Should().BeLessThan(0.1);
        Math.Abs(Value(judgement, "feature-lag")).Should().BeLessThanOrEqualTo(0.04);
    }

    [Fact]
    public void Features_of_the_neighbour_fail_and_the_neighbour_is_named()
    {
        var judgement = Judge(DataFixture.With(i => DataFixture.Features(DataFixture.Stems[(i + 9) % 10])));

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("not those of their recordings").And.Contain("recording after");
        Value(judgement, "feature-fit").Should().BeApproximately(DataFixture.Expected.GetProperty("next").GetDouble(), 1e-4);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void Features_of_others_fail(int step)
        => Judge(DataFixture.With(i => DataFixture.Features(DataFixture.Stems[((i * step) + 5) % 10]))).Findings
            .Should().ContainSingle().Which.Message.Value.Should().Contain("not those of their recordings");

    [Theory]
    [InlineData(5, "100 ms late")]
    [InlineData(-8, "160 ms early")]
    [InlineData(20, "400 ms late")]
    public void Late_features_fail_and_it_is_said_how_late_they_are(int frames, string expected)
        => Judge(DataFixture.With(i => Shifted(DataFixture.Features(DataFixture.Stems[i]), 64 * 2, frames))).Findings
            .Should().ContainSingle().Which.Message.Value.Should().Contain(expected);

    [Fact]
    public void A_frame_of_delay_passes()
        => Judge(DataFixture.With(i => Shifted(DataFixture.Features(DataFixture.Stems[i]), 64 * 2, 1))).Findings.Should().BeEmpty();

    [Fact]
    public void Two_exchanged_files_are_named_with_what_they_hold()
    {
        int Exchanged(int i) => i switch { 3 => 6, 6 => 3, _ => i };
        var judgement = Judge(DataFixture.With(i => DataFixture.Features(DataFixture.Stems[Exchanged(i)])));

        judgement.Findings.Select(f => f.Message.Value).Should().HaveCount(2)
            .And.Contain(m => m.StartsWith("the features of 0_3 are those of 0_6", StringComparison.Ordinal))
            .And.Contain(m => m.StartsWith("the features of 0_6 are those of 0_3", StringComparison.Ordinal));
    }

    [Fact]
    public void One_late_file_is_named()
        => Judge(DataFixture.With(i => i == 4 ? Shifted(DataFixture.Features("0_4"), 64 * 2, 6) : DataFixture.Features(DataFixture.Stems[i]))).Findings
            .Should().ContainSingle().Which.Message.Value.Should().StartWith("the features of 0_4 are 120 ms late");

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Features_that_are_not_linear_in_the_sound_are_told_from_those_of_others(double noise)
    {
        var features = DataFixture.Stems.Select((s, i) => DataFixture.Rows(Nonlinear(DataFixture.LogMel(s), noise, i), Width)).ToArray();

        var judgement = Judge(DataFixture.With(i => features[i]));
        judgement.Findings.Should().BeEmpty();
        Value(judgement, "feature-fit").Should().BeLessThan(noise == 0 ? 1 : 0.4);
        judgement.IsInconclusive.Should().BeFalse();
        Judge(DataFixture.With(i => features[(i + 4) % 10])).Findings.Should().NotBeEmpty();
    }

    [Fact]
    public void Noise_in_place_of_features_fails()
    {
        var random = new Random(3);
        Judge(DataFixture.With(_ => DataFixture.Rows([.. Enumerable.Range(0, 100 * Width).Select(_ => (float)Gauss(random))], Width))).Findings.Should().ContainSingle();
    }

    [Fact]
    public void Too_few_segments_say_nothing()
    {
        var run = new GateRun();
        foreach (var stem in DataFixture.Stems.Take(7))
        {
            run.With(ArtifactRole.Recordings16k, $"1_16k_wavs/{stem}.wav", DataFixture.Sound(stem)).With(ArtifactRole.Features, $"3_feature768/{stem}.npy", DataFixture.Features(stem));
        }

        var judgement = Judge(run);
        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().StartWith("7 of 7 segments");
    }

    [Fact]
    public void Looks_at_no_more_segments_than_it_is_told()
        => Judge(DataFixture.With(i => DataFixture.Features(DataFixture.Stems[i])), new() { Segments = 8 }).Summary.Value.Should().Contain("of 8 segments");

    private static double Value(Judgement judgement, string signal) => judgement.Measurements.Single(m => m.Signal == signal).Observed!.Value;

    // Later frames than there are hold the last one, as those before the first hold the first.
    private static byte[] Shifted(byte[] npy, int rowBytes, int frames)
    {
        var start = npy.Length - (100 * rowBytes);
        return [.. npy[..start], .. Enumerable.Range(0, 100).SelectMany(i => npy.Skip(start + (Math.Clamp(i - frames, 0, 99) * rowBytes)).Take(rowBytes))];
    }

    private static float[] Nonlinear(LogMelFrames sound, double noise, int seed)
    {
        var (weights, random) = (new Random(11), new Random(100 + seed));
        var matrix = Enumerable.Range(0, Width * LogMelMeasure.Bands).Select(_ => Gauss(weights) / 4).ToArray();
        var phases = Enumerable.Range(0, Width).Select(_ => 6 * weights.NextDouble()).ToArray();
        return [.. Enumerable.Range(0, sound.Frames).SelectMany(t => Enumerable.Range(0, Width).Select(j =>
        {
            var sum = Enumerable.Range(0, LogMelMeasure.Bands).Sum(b => sound.Values[(t * LogMelMeasure.Bands) + b] / 2.5 * matrix[(j * LogMelMeasure.Bands) + b]);
            return (float)(Math.Sin((3 * sum) + phases[j]) + Math.Abs(sum) + (noise * Gauss(random)));
        }))];
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Judgement Judge(GateRun run, FeaturesMustBelongToTheirAudio.Options? options = null)
        => run.Judge(new FeaturesMustBelongToTheirAudio(), options ?? new()).Should().ContainSingle().Subject.Judgement;
}
