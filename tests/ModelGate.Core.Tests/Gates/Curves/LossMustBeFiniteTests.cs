using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Curves;
using ModelGate.Runs;
using ModelGate.Tests.Readers.TextLogs;

namespace ModelGate.Tests.Gates.Curves;

public class LossMustBeFiniteTests
{
    [Fact]
    public void A_run_whose_series_are_all_finite_passes()
        => Judge(RvcLogs.ReadFile("train_converging.log")).Findings.Should().BeEmpty();

    [Fact]
    public void Series_beside_the_judged_one_fail_with_their_step()
    {
        var judgement = Judge(RvcLogs.ReadFile("nan-disc-mel-finite.log"));

        judgement.Findings.Should().HaveCount(3);
        judgement.Findings[0].Message.Value.Should().Contain("loss_disc").And.Contain("3600");
    }

    [Fact]
    public void The_last_start_is_judged()
        => Judge(RvcLogs.ReadFile("restart-nan-behind-good-run.log")).Summary.Value.Should().Contain("from step 200 on");

    [Fact]
    public void A_start_before_it_is_told_and_does_not_fail()
    {
        var log = Log("loss", 3, 2, 1) with { Abandoned = [new AbandonedRun(Log("loss", 3, double.NaN).Series, null, 200)] };

        Judge(log).Findings.Should().BeEmpty();
        Judge(log).Summary.Value.Should().Contain("a start before this one was not");
    }

    [Theory]
    [InlineData("loss", 0, new[] { double.PositiveInfinity, 3, 2, 1 })]
    [InlineData("loss", 1, new[] { double.NaN, 3, 2, 1 })]
    [InlineData("loss", 1, new[] { 3, double.NaN, 2, 1 })]
    [InlineData("loss", 1, new[] { 3, double.PositiveInfinity, 2, 1 })]
    [InlineData("loss", 1, new[] { double.PositiveInfinity })]
    [InlineData("grad_norm", 0, new[] { 3, double.NaN, 2, double.PositiveInfinity })]
    [InlineData("grad_norm", 1, new[] { 3, double.NaN, double.NaN, double.NaN })]
    [InlineData("grad_norm", 1, new[] { double.NaN, double.NaN })]
    public void What_mixed_precision_makes_at_the_beginning_or_skips_is_no_failure(string series, int findings, double[] values)
        => Judge(Log(series, values)).Findings.Should().HaveCount(findings);

    [Fact]
    public void A_series_that_is_ignored_does_not_count()
        => Judge(Log("loss", 1, double.NaN) with { Series = [.. Log("loss", 1, double.NaN).Series, .. Log("other", 1, 2).Series] }, new() { Ignore = ["loss"] }).Findings.Should().BeEmpty();

    [Fact]
    public void A_log_without_points_is_inconclusive() => Judge(Log("loss")).IsInconclusive.Should().BeTrue();

    private static Judgement Judge(TrainingLog log, LossMustBeFinite.Options? options = null)
        => new GateRun().With(ArtifactRole.Log, "train.log", log).Judge(new LossMustBeFinite(), options ?? new()).Should().ContainSingle().Which.Judgement;

    private static TrainingLog Log(string name, params double[] values)
        => new("rvc-log", [new ScalarSeries(name, [.. values.Select((v, i) => new ScalarPoint(i * 200, v))])], new Dictionary<string, MetadataValue>());
}
