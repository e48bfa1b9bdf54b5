using ModelGate.Artifacts;
using ModelGate.Signals.Curves.Joining;

namespace ModelGate.Tests.Signals.Curves.Joining;

public class RunJoiningTests
{
    [Fact]
    public void A_file_that_goes_on_continues_the_series()
    {
        var run = Join(("b/events.2", Log("tensorboard", 1, (30, 3), (40, 2))), ("b/events.1", Log("tensorboard", 0, (10, 5), (20, 4))));

        run.Log.Series.Single().Points.Should().Equal(new(10, 5), new(20, 4), new ScalarPoint(30, 3), new ScalarPoint(40, 2));
        (run.Log.Starts, run.Log.Abandoned.Count).Should().Be((2, 0));
        run.Log.Resumed.Should().Equal(30);
    }

    [Fact]
    public void Of_a_step_that_ran_twice_the_later_value_counts_and_a_NaN_before_it_is_kept_in_mind()
    {
        var run = Join(("a/1", Log("tensorboard", 0, (10, 5), (20, 4), (30, double.NaN))), ("a/2", Log("tensorboard", 1, (20, 4.5), (30, 3.5))));

        run.Log.Series.Single().Points.Should().Equal(new(10, 5), new ScalarPoint(20, 4.5), new ScalarPoint(30, 3.5));
        run.Log.ReplacedNotFinite.Should().Equal(new ReplacedValue("loss", 30));
    }

    [Fact]
    public void A_file_that_begins_where_the_series_began_is_another_run()
    {
        var run = Join(("a/1", Log("tensorboard", 0, (10, 5), (20, 4))), ("a/2", Log("tensorboard", 1, (10, 6), (20, 5), (30, 4))));

        run.Log.Series.Single().Points.Should().HaveCount(3);
        run.Log.Abandoned.Should().ContainSingle().Which.Should().Match<AbandonedRun>(a => a.LastStep == 20 && !a.IsApart);
        Join(("version_0/m.csv", Log("csv", 0, (10, 5), (20, 4))), ("version_1/m.csv", Log("csv", 1, (10, 6), (20, 5)))).Log.Abandoned.Single().IsApart.Should().BeTrue();
    }

    [Fact]
    public void Where_files_do_not_say_when_they_were_written_their_numbers_order_them()
    {
        var run = Join(("version_10/m.csv", Log("csv", null, (30, 1), (40, 1))), ("version_9/m.csv", Log("csv", null, (10, 5), (20, 4))));

        run.Log.Series.Single().Points.Select(p => p.Step).Should().Equal(10, 20, 30, 40);
        run.Log.Abandoned.Should().BeEmpty();
    }

    [Fact]
    public void A_copy_of_the_beginning_is_no_restart()
    {
        var run = Join(("checkpoint-20/s.json", Log("state", null, (10, 5), (20, 4))), ("checkpoint-40/s.json", Log("state", null, (10, 5), (20, 4), (30, 3), (40, 2))));

        (run.Log.Starts, run.Log.Abandoned.Count, run.Log.Series.Single().Points.Count).Should().Be((1, 0, 4));
    }

    // 18.3185 in a log of three digits behind the point is 18.319, or 18.318 where the writer cuts off.
    [Theory]
    [InlineData(18.319, 0)]
    [InlineData(18.318, 0)]
    [InlineData(18.321, 1)]
    [InlineData(double.NaN, 1)]
    public void Two_formats_tell_the_same_run_and_have_to_agree_but_for_rounding(double written, int disagreements)
    {
        var run = Join(("a/train.log", Log("text", 0, (10, 20.125), (20, written))), ("a/events", Log("tensorboard", 0, (10, 20.125), (20, 18.3185), (30, 17.25))));

        run.Disagreements.Should().HaveCount(disagreements);
        run.Log.Series.Single().Points.Should().HaveCount(3, "the log with more points counts");
        run.Log.Starts.Should().Be(1);
    }

    [Fact]
    public void A_trainers_two_names_for_a_series_are_one()
    {
        var run = Join(("a/train.log", Log("rvc-log", 0, (10, 20.1), (20, 18.3)) with { Series = [new("loss_mel", [new(10, 20.1), new(20, 18.3)])] }), ("a/events", Log("tensorboard", 0) with { Series = [new("loss/g/mel", [new(10, 20.1), new(20, 19.9)])] }));

        run.Log.Series.Should().ContainSingle().Which.Name.Should().Be("loss_mel");
        run.Disagreements.Should().ContainSingle().Which.Step.Should().Be(20);
        run.Find("loss/g/mel").Should().NotBeNull();
    }

    [Theory]
    [InlineData("val_loss", true, true)]
    [InlineData("EvalStats/avg_loss", true, true)]
    [InlineData("EvalStats/avg_loss_l1", true, false)]
    [InlineData("train/loss", false, true)]
    [InlineData("val_nll", true, true)]
    public void A_name_says_what_a_series_is(string name, bool isValidation, bool isWhole)
        => new SeriesName(name).Should().Match<SeriesName>(n => n.IsLoss && n.IsValidation == isValidation && n.IsWhole == isWhole);

    [Theory]
    [InlineData("val_accuracy")]
    [InlineData("learning_rate")]
    [InlineData("lr-Adam")]
    [InlineData("grad_norm")]
    [InlineData("hp_metric")]
    [InlineData("epoch")]
    [InlineData("loss_scale")]
    public void What_is_no_loss_is_not_taken_for_one(string name) => new SeriesName(name).IsLoss.Should().BeFalse();

    private static TrainingRun Join(params (string Path, TrainingLog Log)[] logs) => RunJoining.Join([.. logs.Select(l => (l.Path, "", l.Log))]);

    private static TrainingLog Log(string format, int? hour, params (long Step, double Value)[] points)
        => new(format, [new ScalarSeries("loss", [.. points.Select(p => new ScalarPoint(p.Step, p.Value))])], new Dictionary<string, MetadataValue>())
        {
            WrittenFrom = hour is { } h ? new DateTimeOffset(2026, 1, 1, h, 0, 0, TimeSpan.Zero) : null,
        };
}
