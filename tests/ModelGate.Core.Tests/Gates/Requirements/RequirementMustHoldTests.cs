using ModelGate.Gates;
using ModelGate.Gates.Requirements;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Requirements;

/// <summary>Bounds on signals of the samples; the values are numpy's over the same files, computed outside of this project.</summary>
public class RequirementMustHoldTests
{
    private const double RmsOfTheNoise = 0.1291080376;
    private const double LowestMelLoss = 170.2;

    [Theory]
    [InlineData("AtLeast", RmsOfTheNoise - 1e-6, true)]
    [InlineData("AtLeast", RmsOfTheNoise + 1e-6, false)]
    [InlineData("AtMost", RmsOfTheNoise + 1e-6, true)]
    [InlineData("AtMost", RmsOfTheNoise - 1e-6, false)]
    [InlineData("Above", 0.2, false)]
    [InlineData("Below", 0.2, true)]
    public void A_value_is_on_the_right_side_of_its_bound_or_fails(string relation, double limit, bool holds)
    {
        var judgement = Judge(ArtifactRole.Output, Repository.PathOf("samples", "lexi", "audio", "lexi_converted.wav"), "rms", new Requirement(Enum.Parse<Relation>(relation), limit));

        judgement.IsInconclusive.Should().BeFalse();
        (judgement.Findings.Count == 0).Should().Be(holds);
        judgement.Measurements.Should().ContainSingle().Which.Observed.Should().BeApproximately(RmsOfTheNoise, 1e-9);
    }

    [Fact]
    public void Every_bound_has_to_hold()
        => Judge(ArtifactRole.Output, Repository.PathOf("samples", "lexi", "audio", "lexi_converted.wav"), "rms", new(Relation.AtLeast, 0.1), new(Relation.AtMost, 0.12))
            .Findings.Should().ContainSingle();

    [Fact]
    public void Every_part_of_a_file_has_to_keep_the_bound()
    {
        var judgement = Judge(ArtifactRole.Log, Repository.PathOf("samples", "lexi", "train.log"), "loss-min", new Requirement(Relation.AtMost, 100));

        // Of the log's series, loss_mel alone never comes under 100.
        var finding = judgement.Findings.Should().ContainSingle().Subject;
        finding.Evidence.Should().ContainSingle().Which.Observed.Should().Be(LowestMelLoss);
        finding.Message.Value.Should().Contain("loss_mel");
    }

    [Fact]
    public void A_signal_that_has_no_value_is_inconclusive()
        => Judge(ArtifactRole.Checkpoints, Repository.PathOf("samples", "lexi", "lexi.pth"), "training-epoch", new Requirement(Relation.AtLeast, 1))
            .IsInconclusive.Should().BeTrue();

    [Fact]
    public void A_file_of_another_kind_is_inconclusive()
        => Judge(ArtifactRole.Output, Repository.PathOf("samples", "lexi", "train.log"), "rms", new Requirement(Relation.AtLeast, 0)).IsInconclusive.Should().BeTrue();

    private static Judgement Judge(ArtifactRole role, string file, string signal, params Requirement[] bounds)
    {
        var options = new RequirementMustHold.Options { Role = role, Signal = signal, Requirements = bounds };
        return new GateRun().With(role, Path.GetFileName(file), File.ReadAllBytes(file)).Judge(new RequirementMustHold(options), options).Single().Judgement;
    }
}
