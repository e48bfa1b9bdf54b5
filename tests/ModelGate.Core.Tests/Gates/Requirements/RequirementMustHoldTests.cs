using ModelGate.Gates;
using ModelGate.Gates.Requirements;
using ModelGate.Runs;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Requirements;

public class RequirementMustHoldTests
{
    // The RMS by numpy: see RecordingSignalsTests.
    private const double Rms = 0.08210534762;

    [Theory]
    [InlineData("AtLeast", 0.082, true)]
    [InlineData("AtLeast", 0.083, false)]
    [InlineData("AtMost", 0.083, true)]
    [InlineData("AtMost", 0.082, false)]
    [InlineData("Below", 0.083, true)]
    [InlineData("Above", 0.083, false)]
    [InlineData("Equal", 0.083, false)]
    public void A_value_is_on_the_required_side_or_fails(string relation, double limit, bool holds)
    {
        var judgement = Judge(Fixture.Bytes("audio/reference.wav"), "rms", new Requirement(Enum.Parse<Relation>(relation), limit));

        judgement.IsInconclusive.Should().BeFalse();
        judgement.Findings.Should().HaveCount(holds ? 0 : 1);
        judgement.Measurements.Should().ContainSingle().Which.Should().Match<Measurement>(m => m.Signal == "rms" && m.Unit == "FS" && m.Required!.Limit == limit);
        judgement.Measurements[0].Observed.Should().BeApproximately(Rms, 1e-9);
    }

    [Fact]
    public void Each_of_several_bounds_has_to_hold()
    {
        var bytes = Fixture.Bytes("audio/reference.wav");

        Judge(bytes, "rms", new(Relation.AtLeast, 0.08), new(Relation.AtMost, 0.09)).Findings.Should().BeEmpty();
        Judge(bytes, "rms", new(Relation.AtLeast, 0.09), new(Relation.AtMost, 0.5)).Findings.Should().ContainSingle();
        Judge(bytes, "rms", new(Relation.AtLeast, 0.01), new(Relation.AtMost, 0.02)).Findings.Should().ContainSingle();
    }

    [Fact]
    public void Every_part_has_to_hold()
    {
        var judgement = Judge(Fixture.Bytes("audio/scipy/test-8000Hz-le-2ch-1byteu.wav"), "peak", new Requirement(Relation.Below, 0.708));

        judgement.Findings.Should().ContainSingle("the mean of the channels peaks at 0.707 and one of them at 0.711").Which.Message.Value.Should().Contain("channel ");
    }

    [Fact]
    public void A_signal_without_a_value_is_inconclusive()
        => Judge(Wave(MadeClip.Silence(48_000)), "spectral-flatness", new Requirement(Relation.Below, 0.1)).IsInconclusive.Should().BeTrue();

    [Fact]
    public void A_file_of_another_kind_is_inconclusive()
        => Judge("{ \"a\": [1] }"u8.ToArray(), "rms", new Requirement(Relation.Below, 0.1)).IsInconclusive.Should().BeTrue();

    private static byte[] Wave(IEnumerable<double> samples) => Tests.Readers.Wave.WaveBytes.OfFloats([.. samples.Select(s => (float)s)]);

    private static Judgement Judge(byte[] bytes, string signal, params Requirement[] requirements)
    {
        var options = new RequirementMustHold.Options { Role = ArtifactRole.Output, Signal = signal, Requirements = requirements };
        return new GateRun().With(ArtifactRole.Output, "a.wav", bytes).Judge(new RequirementMustHold(options), options).Should().ContainSingle().Which.Judgement;
    }
}
