using ModelGate.Gates;
using ModelGate.Gates.Data;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Gates.Data;

public class DatasetMustBeLargeEnoughTests
{
    [Fact]
    public void Enough_minutes_pass_and_steps_are_told()
    {
        var judgement = Judge(Run(12), new() { Minutes = 0.2, BatchSize = 5 });

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Be("the data set holds 0.2 minutes in 12 segments, 3 steps an epoch at 5 a step");
    }

    [Fact]
    public void Too_few_minutes_fail() => Judge(Run(12), new()).Findings.Should().ContainSingle().Which.Message.Value.Should().EndWith("and 5 minutes are wanted");

    [Fact]
    public void Too_few_segments_fail() => Judge(Run(12), new() { Minutes = 0, Segments = 13 }).Findings.Should().ContainSingle().Which.Message.Value.Should().EndWith("and 13 segments are wanted");

    [Fact]
    public void Each_segment_counts_once()
    {
        var run = Run(12);
        run.With(ArtifactRole.Recordings16k, "run/1_16k_wavs/0_0.wav", WaveBytes.OfFloats(new float[16_000], rate: 16_000));

        Judge(run, new() { Minutes = 0.1 }).Measurements[1].Observed.Should().Be(12);
    }

    private static GateRun Run(int count)
    {
        var run = new GateRun();
        for (var i = 0; i < count; i++)
        {
            run.With(ArtifactRole.Recordings, $"run/0_gt_wavs/0_{i}.wav", WaveBytes.OfFloats(new float[48_000]));
        }

        return run;
    }

    private static Judgement Judge(GateRun run, DatasetMustBeLargeEnough.Options options) => run.Judge(new DatasetMustBeLargeEnough(), options).Should().ContainSingle().Subject.Judgement;
}
