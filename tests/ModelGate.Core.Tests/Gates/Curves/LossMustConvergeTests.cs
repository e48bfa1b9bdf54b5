using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Rvc;

namespace ModelGate.Tests.Gates.Curves;

public class LossMustConvergeTests
{
    [Fact]
    public void A_run_that_stood_at_170_to_210_fails_with_its_numbers()
    {
        var judgement = Judge(RvcLogs.ReadFile("train_stagnant.log"));
        judgement.Findings.Should().ContainSingle();
        judgement.Summary.Value.Should().Be(
            "loss_mel stagnated: it fell from 333.991 at step 1 to 209.8 at step 6, and since step 1236 it stays between 170.2 and 209.8 (median 186.3); a converged run is at 27 or under");
        judgement.Findings[0].Remedy.IsEmpty.Should().BeFalse();
        var level = judgement.Measurements.Single(m => m.Signal == "loss-level");
        level.Required.Should().Be(new Requirement(Relation.AtMost, 27));
        level.Margin.Should().BeLessThan(-150);
        judgement.Measurements.Single(m => m.Signal == "convergence").Text.Value.Should().Be("stagnant");
    }

    [Fact]
    public void A_healthy_run_of_twelve_points_passes_with_its_numbers()
    {
        var judgement = Judge(RvcLogs.ReadFile("train_converging.log"));
        judgement.Findings.Should().BeEmpty();
        judgement.IsInconclusive.Should().BeFalse();
        judgement.Measurements.Single(m => m.Signal == "loss-level").Margin.Should().BeApproximately(8.75, 0.1);
    }

    [Fact]
    public void The_ceiling_follows_the_logs_mel_weight_and_an_option_overrules_it()
    {
        Limit(Log([18, 18, 18, 18, 18, 18], ("train.c_mel", new MetadataValue.Real(30)))).Should().Be(18);
        Limit(Log([18, 18, 18, 18, 18, 18])).Should().Be(27);
        Limit(Log([18, 18, 18, 18, 18, 18]), new() { Ceiling = 17.5 }).Should().Be(17.5);
    }

    [Fact]
    public void Too_few_points_are_inconclusive()
    {
        var judgement = Judge(Log([18, 18, 18, 18]));
        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Be("loss_mel has 4 points, and 5 are needed to judge it");
    }

    [Fact]
    public void A_series_that_is_not_there_is_inconclusive_and_the_others_are_named()
    {
        var judgement = Judge(Log([1, 2]), new() { Series = "loss_mell" });
        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Be("the log has no series loss_mell; it has loss_mel");
    }

    [Theory]
    [InlineData("not finite at step 1400", new double[] { 20, 20, 20, 20, 20, 20, 20, double.NaN })]
    [InlineData("stands at 75", new double[] { 20, 20, 20, 20, 20, 75, 75, 75 })]
    [InlineData("diverges: after a low of 20 at step 200 it came to 60", new double[] { 21, 20, 21, 20, 21, 60, 61, 60 })]
    [InlineData("oscillates: since step 400 it swings between 20 and 90", new double[] { 20, 90, 20, 90, 20, 90, 90, 20 })]
    public void Every_bad_end_has_its_sentence(string expected, double[] values)
        => Judge(Log(values)).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain(expected);

    private static double? Limit(TrainingLog log, LossMustConverge.Options? options = null)
        => Judge(log, options).Measurements.Single(m => m.Signal == "loss-level").Required?.Limit;

    private static Judgement Judge(TrainingLog log, LossMustConverge.Options? options = null)
        => new LossMustConverge().Judge(new ArtifactFile<TrainingLog>("train.log", 1, default, log), options ?? new());

    private static TrainingLog Log(double[] values, params (string Key, MetadataValue Value)[] hyperparameters)
        => new("rvc-log", [new ScalarSeries("loss_mel", [.. values.Select((v, i) => new ScalarPoint(i * 200, v))])], hyperparameters.ToDictionary(h => h.Key, h => h.Value));
}
