using ModelGate.Gates;
using ModelGate.Gates.Curves;

namespace ModelGate.Tests.Gates.Curves;

/// <summary>The gates on trainings of real trainers, with all of their logs and without options: held against what the one who trained them says of each.</summary>
public class RealRunsTests
{
    public static TheoryData<string> Names => [.. RunFixture.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_is_judged_by_the_series_that_counts_and_comes_out_as_its_class_says(string name)
    {
        var run = RunFixture.Load(name);
        var judged = run.Run().Judge(new LossMustConverge(), new LossMustConverge.Options());
        foreach (var (judgement, _, _) in judged)
        {
            if (run.Class is null)
            {
                judgement.IsInconclusive.Should().BeTrue("two networks play against each other, and none of their losses is meant to fall");
                continue;
            }

            judgement.IsInconclusive.Should().BeFalse(judgement.Summary.Value);
            (judgement.Findings.Count == 0).Should().Be(run.Class is "converged" or "converging", judgement.Summary.Value);
            judgement.Measurements.Select(m => m.Subject.Value).Distinct().Should().ContainSingle().Which.Should().Be(run.Class == "notFinite" ? JudgedOfBroken(name) : run.Tag);
        }
    }

    [Theory]
    [InlineData("lightning-converging", 1)]
    [InlineData("lightning-high-rate", 1)]
    [InlineData("lightning-weights-only", 1)]
    [InlineData("lightning-resumed", 2)]
    [InlineData("hf-gpt2-resumed", 1)]
    [InlineData("accelerate-bin-resumed", 1)]
    [InlineData("coqui-resumed", 1)]
    public void The_logs_of_a_run_are_one_subject(string name, int subjects)
        => RunFixture.Load(name).Run().Judge(new LossMustConverge(), new LossMustConverge.Options()).Should().HaveCount(subjects);

    [Fact]
    public void Two_loggers_of_one_run_agree()
    {
        foreach (var name in RunFixture.Names)
        {
            Judge(new LossMustConverge(), new LossMustConverge.Options(), name).Should().OnlyContain(j => !j.Summary.Value.Contains("do not agree"), name);
        }
    }

    [Fact]
    public void A_resumed_run_has_the_points_of_both_starts()
    {
        var judgement = Judge(new LossMustConverge(), new LossMustConverge.Options { Series = ["train_loss"] }, "accelerate-bin-resumed").Single();

        // 135 points from step 1 on, and 64 from 129 to 192: seven steps stand twice.
        judgement.Measurements.Single(m => m.Signal == "loss-points").Observed.Should().Be(192);
        judgement.Summary.Value.Should().Contain("2 logs are one run");
    }

    [Fact]
    public void A_second_training_in_a_folder_of_its_own_is_the_one_that_is_judged()
    {
        var judgement = Judge(new LossMustConverge(), new LossMustConverge.Options(), "lightning-weights-only").Single();

        judgement.Measurements.Single(m => m.Signal == "loss-last").Observed.Should().BeApproximately(0.5024, 1e-3);
        judgement.Summary.Value.Should().Contain("start 2 of 2");
        Judge(new TrainingMustNotHaveRestarted(), new TrainingMustNotHaveRestarted.Options(), "lightning-weights-only").Single().Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("hf-bert-nan", "loss")]
    [InlineData("hf-bert-nan-hidden", "loss")]
    [InlineData("lightning-nan", "train_loss")]
    public void A_loss_that_is_NaN_is_named_also_where_its_trainer_hides_it(string name, string series)
        => Judge(new LossMustBeFinite(), new LossMustBeFinite.Options(), name).Single().Findings.Should().Contain(f => f.Message.Value.StartsWith(series + " is", StringComparison.Ordinal));

    [Fact]
    public void No_healthy_run_is_called_broken()
    {
        foreach (var name in RunFixture.Names.Where(n => RunFixture.Load(n).Class != "notFinite"))
        {
            Judge(new LossMustBeFinite(), new LossMustBeFinite.Options(), name).Should().OnlyContain(j => j.Findings.Count == 0, name);
        }
    }

    [Fact]
    public void Of_all_runs_the_one_whose_validation_loss_rose_is_overtrained()
        => RunFixture.Names.Where(n => RunFixture.Load(n).Class != "notFinite" && Judge(new TrainingMustNotOvertrain(), new TrainingMustNotOvertrain.Options(), n).Any(j => j.Findings.Count > 0))
            .Should().Equal("lightning-overfit");

    [Fact]
    public void Of_all_runs_the_one_whose_rate_grows_is_off_its_schedule()
        => RunFixture.Names.Where(n => Judge(new LearningRateMustFollowItsSchedule(), new LearningRateMustFollowItsSchedule.Options(), n).Any(j => j.Findings.Count > 0))
            .Should().Equal("lightning-nan");

    // The validation loss of a run that broke is judged where there is one; what the truth names is where the NaN was seen.
    private static string JudgedOfBroken(string name) => name switch
    {
        "hf-bert-nan" => "eval_loss",
        "lightning-nan" => "val_loss",
        _ => "loss",
    };

    private static IEnumerable<Judgement> Judge(Gate gate, object options, string name) => RunFixture.Load(name).Run().Judge(gate, options).Select(j => j.Judgement);
}
