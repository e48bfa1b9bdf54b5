using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Gates.Data;

public class DurationsMustAlignTests
{
    // Of RVC's own preprocessing: 48 kHz, 16 kHz, HuBERT's (n - 400) / 320 + 1 frames, pitch at a hop of 160 samples.
    private const int Samples = 228_665;
    private const int Samples16k = 76_222;
    private const int FeatureRows = 237;
    private const int PitchFrames = 476;

    [Fact]
    public void What_the_preprocessing_writes_passes()
    {
        var judgement = Judge(Run());

        judgement.Findings.Should().BeEmpty();
        judgement.IsInconclusive.Should().BeFalse();
        judgement.Summary.Value.Should().Contain("3_feature768 has 49.7 frames a second");
    }

    [Fact]
    public void A_recording_that_was_cut_at_one_rate_only_fails()
        => Judge(Run(samples16k: Samples16k - 8000)).Findings.Select(f => f.Message.Value).Should().ContainSingle(m => m == "0_2 is 4.764 s in 0_gt_wavs and 4.264 s in 1_16k_wavs");

    [Fact]
    public void A_difference_of_a_fiftieth_of_a_second_passes_and_more_fails()
    {
        Judge(Run(samples16k: Samples16k - 310)).Findings.Should().BeEmpty();
        Judge(Run(samples16k: Samples16k - 330)).Findings.Should().ContainSingle();
    }

    [Fact]
    public void Features_of_another_length_fail()
        => Judge(Run(rows: 200)).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("0_2 has 200 frames in 3_feature768");

    [Fact]
    public void Pitch_of_another_length_fails()
        => Judge(Run(pitch: 400)).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("0_2 has 400 frames in 2b-f0nsf");

    [Fact]
    public void Features_made_at_another_rate_fail_once_for_all()
        => Judge(Run(all: true, rows: FeatureRows * 3)).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("to a second of the recordings, and 50 are expected");

    // The numbers of a trainer that stopped: "The size of tensor a (119200) must match the size of tensor b (119400)".
    [Fact]
    public void Recordings_that_are_no_whole_number_of_hops_are_named_and_fail_where_a_hop_is_stated()
    {
        GateRun Of(int samples) => new GateRun().With(ArtifactRole.Recordings, "run/0_gt_wavs/0_3.wav", WaveBytes.OfFloats(new float[samples], rate: 40_000))
            .With(ArtifactRole.FinePitch, "run/2b-f0nsf/0_3.wav.npy", DataFixture.Npy(new float[299], "<f4", 299));

        Judge(Of(119_400)).Should().Match<Judgement>(j => j.Findings.Count == 0 && j.Summary.Value.Contains("0_3: 119400 samples, where 298 frames of 400 make 119200"));
        Judge(Of(119_400), new() { Hop = 400 }).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("0_3 has 119400 samples, which are 298.5 hops of 400: 298 frames make 119200");
        Judge(Of(119_200)).Summary.Value.Should().NotContain("hops");
        Judge(Of(119_200), new() { Hop = 400 }).Findings.Should().BeEmpty();
    }

    [Fact]
    public void Recordings_alone_say_nothing()
        => Judge(new GateRun().With(ArtifactRole.Recordings, "0_gt_wavs/a.wav", WaveBytes.OfFloats(new float[4800]))).IsAboutNothing.Should().BeTrue();

    private static GateRun Run(bool all = false, int samples16k = Samples16k, int rows = FeatureRows, int pitch = PitchFrames)
    {
        var run = new GateRun();
        for (var i = 0; i < 5; i++)
        {
            var isOdd = all || i == 2;
            run.With(ArtifactRole.Recordings, $"run/0_gt_wavs/0_{i}.wav", WaveBytes.OfFloats(new float[Samples]))
                .With(ArtifactRole.Recordings16k, $"run/1_16k_wavs/0_{i}.wav", WaveBytes.OfFloats(new float[isOdd ? samples16k : Samples16k], rate: 16_000))
                .With(ArtifactRole.FinePitch, $"run/2b-f0nsf/0_{i}.wav.npy", DataFixture.Npy(new float[isOdd ? pitch : PitchFrames], "<f4", isOdd ? pitch : PitchFrames))
                .With(ArtifactRole.Features, $"run/3_feature768/0_{i}.npy", DataFixture.Rows(new float[768 * (isOdd ? rows : FeatureRows)], 768));
        }

        return run;
    }

    private static Judgement Judge(GateRun run, DurationsMustAlign.Options? options = null) => run.Judge(new DurationsMustAlign(), options ?? new()).Should().ContainSingle().Subject.Judgement;
}
