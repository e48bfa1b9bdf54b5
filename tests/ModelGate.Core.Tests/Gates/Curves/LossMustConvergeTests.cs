using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Curves;
using ModelGate.Runs;
using ModelGate.Tests.Readers.TextLogs;

namespace ModelGate.Tests.Gates.Curves;

public class LossMustConvergeTests
{
    // Fixtures/logs/README.md: the numbers of the diagnosis that the log was rebuilt from.
    [Fact]
    public void A_run_that_stood_at_170_to_210_fails_with_its_numbers()
    {
        var judgement = Judge(RvcLogs.ReadFile("train_stagnant.log"));

        judgement.Findings.Should().ContainSingle().Which.Remedy.IsEmpty.Should().BeFalse();
        Text(judgement, "convergence").Should().Be("stagnant");
        Value(judgement, "loss-first").Should().Be(333.991);
        Value(judgement, "loss-min").Should().Be(170.2);
        Value(judgement, "loss-level").Should().BeInRange(170, 210);
        var level = judgement.Measurements.Single(m => m.Signal == "loss-level");
        level.Subject.Value.Should().Be("loss_mel");
        level.Required.Should().Be(new Requirement(Relation.AtMost, 27));
        level.Margin.Should().BeLessThan(-140);
    }

    [Fact]
    public void A_healthy_run_of_twelve_points_passes_with_its_numbers()
    {
        var judgement = Judge(RvcLogs.ReadFile("train_converging.log"));

        judgement.Findings.Should().BeEmpty();
        judgement.IsInconclusive.Should().BeFalse();
        Value(judgement, "loss-points").Should().Be(12);
        judgement.Measurements.Single(m => m.Signal == "loss-level").Margin.Should().BeApproximately(8.75, 0.1);
    }

    [Fact]
    public void The_ceiling_follows_the_logs_mel_weight_and_an_option_overrules_it()
    {
        double[] flat = [18, 18, 18, 18, 18, 18];
        Limit(Log(flat, ("train.c_mel", new MetadataValue.Real(30)))).Should().Be(18);
        Limit(Log(flat)).Should().Be(27);
        Limit(Log(flat), new() { Ceiling = 17.5 }).Should().Be(17.5);
    }

    [Fact]
    public void Too_few_points_are_inconclusive()
    {
        Judge(Log([18, 18, 18, 18])).IsInconclusive.Should().BeTrue();
        Judge(Log([18, 18, 18, 18, 18])).IsInconclusive.Should().BeFalse();
        Judge(Log([18, 18, 18, 18, 18]), new() { MinimumPoints = 6 }).IsInconclusive.Should().BeTrue();
    }

    [Fact]
    public void A_series_that_is_not_there_is_inconclusive_and_the_others_are_named()
    {
        var judgement = Judge(Log([1, 2]), new() { Series = ["loss_mell"] });

        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().MatchRegex("loss_mell\\b.*\\bloss_mel\\b");
    }

    [Theory]
    [InlineData("not finite", "1400", new double[] { 20, 20, 20, 20, 20, 20, 20, double.NaN })]
    [InlineData("saturated", "75", new double[] { 20, 20, 20, 20, 20, 75, 75, 75 })]
    [InlineData("diverging", "60", new double[] { 21, 20, 21, 20, 21, 60, 61, 60 })]
    [InlineData("oscillating", "90", new double[] { 20, 90, 20, 90, 20, 90, 90, 20 })]
    public void Every_bad_end_fails_with_its_verdict_and_its_number(string verdict, string number, double[] values)
    {
        var judgement = Judge(Log(values));

        Text(judgement, "convergence").Should().Be(verdict);
        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain(number);
    }

    [Fact]
    public void Shows_the_curve_with_its_ceiling_and_the_judged_window()
    {
        var curve = Run(Log([30, 25, 20, 19, 18, 18, 18, 18])).Exhibits.Should().ContainSingle().Which.Should().BeOfType<CurveExhibit>().Subject;

        curve.Points.Select(p => (p.X, p.Y)).Should().Equal((0, 30), (200, 25), (400, 20), (600, 19), (800, 18), (1000, 18), (1200, 18), (1400, 18));
        curve.Limit.Should().Be(27);
        curve.Shaded.Should().ContainSingle().Which.To.Should().Be(1400);
    }

    [Fact]
    public void A_NaN_in_another_series_fails_with_its_step()
    {
        var judgement = Judge(RvcLogs.ReadFile("nan-disc-mel-finite.log"));

        Text(judgement, "convergence").Should().Be("not finite");
        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("loss_disc").And.Contain("3600");
    }

    [Fact]
    public void Of_two_starts_the_last_is_judged_and_named()
        => Judge(RvcLogs.ReadFile("restart-nan-behind-good-run.log")).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("not finite at step 200").And.Contain("start 2 of 2").And.Contain("6600");

    [Fact]
    public void A_resumed_run_is_one_run()
    {
        var judgement = Judge(RvcLogs.ReadFile("resume-one-epoch-back.log"));

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().NotContain("start");
    }

    [Fact]
    public void A_peak_is_named_with_the_fall_since()
        => Judge(RvcLogs.ReadFile("applio113-rise-then-fall.log")).Summary.Value.Should().Contain("29.89").And.Contain("41.021 at step 1199");

    [Fact]
    public void A_run_of_one_point_is_told_how_to_get_more()
    {
        var judgement = Judge(RvcLogs.ReadFile("one-point-run.log"));

        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Contain("log_interval");
    }

    [Fact]
    public void A_value_that_repeats_exactly_is_frozen()
    {
        Text(Judge(Log([31.2, 28.5, 26.1, 23.44, 23.44, 23.44, 23.44, 23.44])), "convergence").Should().Be("frozen");
        Text(Judge(Log([31.2, 28.5, 26.1, 22, 22, 22, 22, 22])), "convergence").Should().NotBe("frozen", "a log of whole numbers repeats them");
        Text(Judge(Log([.. Enumerable.Range(0, 60).Select(i => Math.Round(0.101 + (0.2 * Math.Exp(-i / 6.0)), 3))])), "convergence").Should().NotBe("frozen", "it came down to the log's digits");
    }

    [Fact]
    public void A_curve_that_falls_above_its_ceiling_is_learning_and_not_done()
    {
        var log = Log([.. Enumerable.Range(0, 40).Select(i => 120 - (2 * i) + (i % 3))]);

        Judge(log).Findings.Should().BeEmpty();
        Judge(log).Summary.Value.Should().Contain("learning, not done").And.Contain("above the 27");
        Judge(log, new() { Require = ConvergenceRequirement.Converged }).Findings.Should().ContainSingle();
        Judge(Log([.. Enumerable.Range(0, 40).Select(i => 26 - (0.3 * i) + (0.1 * (i % 3)))]), new() { Require = ConvergenceRequirement.Converged }).Findings.Should().BeEmpty("it is under the ceiling");
    }

    [Theory]
    [InlineData(12, 30, true)]
    [InlineData(12, 60, false)]
    [InlineData(60, 32, false)]
    public void A_short_run_a_little_above_the_ceiling_cannot_be_told_yet(int points, double level, bool isInconclusive)
        => Judge(Log([.. Enumerable.Range(0, points).Select(i => level + (0.37 * (i % 4)))])).IsInconclusive.Should().Be(isInconclusive);

    [Fact]
    public void A_value_at_the_trainers_cut_off_is_a_lower_bound()
        => Judge(Log([75, 75, 61.3, 58.2, 60.9, 59.1, 61.2, 58.8, 60.3, 59.7])).Summary.Value.Should().Contain("at least 75");

    [Fact]
    public void A_file_that_is_no_log_is_inconclusive()
        => new GateRun().With(ArtifactRole.Log, "train.log", "{ \"a\": [1] }"u8.ToArray()).Judge(new LossMustConverge(), new LossMustConverge.Options())
            .Should().ContainSingle().Which.Judgement.IsInconclusive.Should().BeTrue();

    private static double? Value(Judgement judgement, string signal) => judgement.Measurements.Single(m => m.Signal == signal).Observed;

    private static string Text(Judgement judgement, string signal) => judgement.Measurements.Single(m => m.Signal == signal).Text.Value;

    private static double? Limit(TrainingLog log, LossMustConverge.Options? options = null)
        => Judge(log, options).Measurements.Single(m => m.Signal == "loss-level").Required?.Limit;

    private static Judgement Judge(TrainingLog log, LossMustConverge.Options? options = null) => Run(log, options).Judgement;

    private static (Judgement Judgement, string Path, IReadOnlyList<Exhibit> Exhibits) Run(TrainingLog log, LossMustConverge.Options? options = null)
        => new GateRun().With(ArtifactRole.Log, "train.log", log).Judge(new LossMustConverge(), options ?? new()).Should().ContainSingle().Subject;

    private static TrainingLog Log(double[] values, params (string Key, MetadataValue Value)[] hyperparameters)
        => new("rvc-log", [new ScalarSeries("loss_mel", [.. values.Select((v, i) => new ScalarPoint(i * 200, v))])], hyperparameters.ToDictionary(h => h.Key, h => h.Value));
}
