using ModelGate.Gates;
using ModelGate.Gates.Requirements;
using ModelGate.Runs;
using ModelGate.Tests.Readers;

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

    [Theory]
    [InlineData("eval.wer", "Below", 0.12, true)]
    [InlineData("eval.wer", "Below", 0.118, false)]
    [InlineData("eval.passed", "Equal", 1, true)]
    [InlineData("eval.per_class", "AtLeast", 0.7, true)]
    [InlineData("eval.per_class.1", "AtLeast", 0.7, false)]
    public void A_number_of_the_team_is_found_by_its_path(string name, string relation, double limit, bool holds)
    {
        var judgement = Metric("metrics.json", name, relation, limit);

        judgement.IsInconclusive.Should().BeFalse();
        (judgement.Findings.Count == 0).Should().Be(holds);
        judgement.Measurements.Should().ContainSingle().Which.Signal.Should().Be(name);
    }

    [Theory]
    [InlineData("loss", "Below", 0.12, double.NaN)]
    [InlineData("loss", "AtLeast", 0, double.NaN)]
    [InlineData("best", "AtMost", 1e308, double.PositiveInfinity)]
    [InlineData("worst", "Above", 0, double.NegativeInfinity)]
    public void A_number_that_diverged_fails(string name, string relation, double limit, double value)
    {
        var judgement = Metric("diverged.json", name, relation, limit);

        judgement.Findings.Should().ContainSingle().Which.Evidence.Should().ContainSingle().Which.Observed.Should().Be(value);
    }

    [Fact]
    public void The_last_of_several_values_counts_and_the_sentence_says_so()
        => Metric("log.jsonl", "loss", "Below", 0.01).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("0.0114151 (the last of 40 values)");

    [Theory]
    [InlineData("eval.wre", "the nearest name is \"eval.wer\"")]
    [InlineData("eval.model", "there it holds a string, not a number")]
    [InlineData("eval", "there it holds an object, not a number")]
    [InlineData("nothing-like-any-of-them", "it has train.loss, train.epoch, eval.wer, eval.cer, eval.passed and others")]
    public void A_number_that_the_file_does_not_hold_is_inconclusive_and_says_why(string name, string why)
    {
        var judgement = Metric("metrics.json", name, "Below", 1);

        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Be($"metrics.json has no {name}: {why}");
    }

    private static Judgement Metric(string file, string name, string relation, double limit)
        => Judge(ArtifactRole.Metrics, Fixture.PathOf($"metrics/{file}"), name, new Requirement(Enum.Parse<Relation>(relation), limit));

    private static Judgement Judge(ArtifactRole role, string file, string signal, params Requirement[] bounds)
    {
        var options = new RequirementMustHold.Options { Role = role, Signal = signal, Requirements = bounds };
        return new GateRun().With(role, Path.GetFileName(file), File.ReadAllBytes(file)).Judge(new RequirementMustHold(options), options).Single().Judgement;
    }
}
