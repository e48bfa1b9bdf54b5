using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;

namespace ModelGate.Tests.Readers.Logs;

public class TrainingLogBuilderTests
{
    private readonly TrainingLogBuilder builder = new(new ReadBudget(ReadLimits.Default));

    [Fact]
    public void A_run_that_begins_again_gives_up_what_came_before()
    {
        Add("lr", 0, 10, 20, 30);
        Add("loss", 0, 10, 20, 30);
        Interleave(["lr", "loss"], 0, 10);

        var log = Build();

        log.Starts.Should().Be(2);
        log.Abandoned.Should().ContainSingle().Which.LastStep.Should().Be(30);
        Steps(log, "loss").Should().Equal(0, 10);
    }

    [Fact]
    public void A_run_that_goes_on_from_a_checkpoint_keeps_it()
    {
        Interleave(["lr", "loss"], 0, 10, 20, 30);
        Interleave(["lr", "loss"], 20, 30, 40);

        var log = Build();

        (log.Starts, log.Abandoned.Count).Should().Be((2, 0));
        Steps(log, "loss").Should().Equal(0, 10, 20, 30, 40);
        log.Series("loss").Points[2].Value.Should().Be(4, "the later value of a step counts");
    }

    // A validation that comes first after the resumption goes back to its own beginning, and the losses before it are kept.
    [Fact]
    public void A_series_that_began_later_does_not_make_a_new_run()
    {
        Interleave(["loss"], 1, 2, 3, 4, 5);
        Add("val", 5);
        Interleave(["loss"], 6, 7, 8, 9, 10);
        Add("val", 10);
        Add("val", 5);
        Interleave(["loss"], 6, 7, 8);

        var log = Build();

        (log.Starts, log.Abandoned.Count).Should().Be((2, 0));
        Steps(log, "loss").Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    // A precision-recall curve that is logged as a series at each epoch, or a table by speaker, has steps of its own.
    [Fact]
    public void A_series_with_steps_of_its_own_does_not_start_the_training_again()
    {
        for (var epoch = 0; epoch < 5; epoch++)
        {
            Interleave(["loss", "lr"], [.. Enumerable.Range(epoch * 100, 100).Select(s => (long)s)]);
            Add("recall", [.. Enumerable.Range(0, 150).Select(s => (long)s)]);
        }

        var log = Build();

        (log.Starts, log.Abandoned.Count).Should().Be((1, 0));
        log.Series("loss").Points.Should().HaveCount(500);
        log.Series("recall").Points.Should().HaveCount(150);
    }

    [Fact]
    public void Epochs_and_steps_of_one_log_go_back_together()
    {
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            Interleave(["loss"], [.. Enumerable.Range(epoch * 100, 100).Select(s => (long)s)]);
            Add("epoch_loss", epoch);
        }

        for (var epoch = 1; epoch <= 2; epoch++)
        {
            Interleave(["loss"], [.. Enumerable.Range(epoch * 100, 100).Select(s => (long)s)]);
            Add("epoch_loss", epoch);
        }

        var log = Build();

        (log.Starts, log.Abandoned.Count).Should().Be((2, 1));
        log.Series("loss").Points.Should().HaveCount(200);
        log.Series("epoch_loss").Points.Should().HaveCount(2);
    }

    [Fact]
    public void A_single_series_that_goes_back_started_again()
    {
        Add("loss", 0, 5, 10, 15, 10, 15, 20, 0, 5);

        var log = Build();

        (log.Starts, log.Abandoned.Count).Should().Be((3, 1));
        Steps(log, "loss").Should().Equal(0, 5);
    }

    [Fact]
    public void One_value_that_is_logged_again_is_no_start()
    {
        Add("loss", 0, 5, 10, 15, 10);

        var log = Build();

        (log.Starts, log.Abandoned.Count).Should().Be((1, 0));
        Steps(log, "loss").Should().Equal(0, 5, 10, 15);
        log.Series("loss").Points[2].Value.Should().Be(4);
    }

    [Fact]
    public void A_long_series_is_thinned_and_says_the_same()
    {
        const int Count = 3_000_000;
        var random = new Random(1);
        var values = Enumerable.Range(0, Count).Select(i => 10 * Math.Exp(-i / 500_000.0) + random.NextDouble()).ToArray();
        values[1_234_567] = 99;
        values[2_345_678] = -99;
        (values[777_777], values[777_778], values[2_999_998]) = (double.NaN, double.PositiveInfinity, double.NaN);
        for (var i = 0; i < Count; i++)
        {
            builder.Add("loss", i, values[i]);
        }

        var series = Build().Series("loss");

        series.Logged.Should().Be(Count);
        series.Points.Count.Should().BeInRange(TrainingLogBuilder.MostPoints / 2, TrainingLogBuilder.MostPoints + 3000);
        series.Points.Should().BeInAscendingOrder(p => p.Step).And.OnlyHaveUniqueItems(p => p.Step);
        series.Points.Should().OnlyContain(p => p.Value.Equals(values[p.Step]));
        (series.Points[0].Step, series.Points[^1].Step).Should().Be((0, Count - 1));
        series.Points.Where(p => !double.IsFinite(p.Value)).Select(p => p.Step).Should().Equal(777_777, 777_778, 2_999_998);
        series.Points.Where(p => double.IsFinite(p.Value)).Max(p => p.Value).Should().Be(99);
        series.Points.Where(p => double.IsFinite(p.Value)).Min(p => p.Value).Should().Be(-99);

        // A share of the points is the same share of the run, and its level and its spread are those of all.
        var half = series.Points.Skip(series.Points.Count / 2).Where(p => Math.Abs(p.Value) < 50).ToArray();
        half[0].Step.Should().BeCloseTo(Count / 2, Count / 100);
        var all = values[(Count / 2)..].Where(v => Math.Abs(v) < 50).ToArray();
        half.Average(p => p.Value).Should().BeApproximately(all.Average(), 0.01);
        Deviation(half.Select(p => p.Value)).Should().BeApproximately(Deviation(all), 0.02 * Deviation(all));
    }

    [Fact]
    public void A_long_series_of_nothing_but_NaN_is_bounded()
    {
        for (var i = 0; i < 500_000; i++)
        {
            builder.Add("loss", i, i < 10 ? 1 : double.NaN);
        }

        var points = Build().Series("loss").Points;

        points.Count.Should().BeLessThan(2 * TrainingLogBuilder.MostPoints);
        points.First(p => double.IsNaN(p.Value)).Step.Should().Be(10);
        points[^1].Should().Match<ScalarPoint>(p => p.Step == 499_999 && double.IsNaN(p.Value));
    }

    [Fact]
    public void A_long_series_that_was_resumed_has_the_later_values()
    {
        Long(0, 300_000, 1);
        Long(200_001, 400_000, 2);

        var points = Build().Series("loss").Points;

        points.Should().BeInAscendingOrder(p => p.Step);
        points.Where(p => p.Step <= 200_000).Should().OnlyContain(p => p.Value < 1.5);
        points.Where(p => p.Step > 200_001).Should().OnlyContain(p => p.Value > 1.5);

        void Long(int from, int to, double level)
        {
            for (var i = from; i < to; i++)
            {
                builder.Add("loss", i, level + (1e-7 * i));
            }
        }
    }

    [Fact]
    public void Memory_is_paid_for_once_for_each_series()
    {
        var limits = ReadLimits.Default with { MemoryBytes = 8 << 20, LogPoints = 100_000 };
        var bounded = new TrainingLogBuilder(new ReadBudget(limits));
        var series = bounded.Series("loss");

        for (var i = 0; i < 5_000_000; i++)
        {
            bounded.Add(series, i, 1);
        }

        bounded.Points.Should().Be(5_000_000);
    }

    // A table of short numbers: each point costs ten times its bytes in the file.
    [Fact]
    public void Many_series_share_the_memory_that_the_file_pays_for()
    {
        using var budget = new ReadBudget(ReadLimits.Default);
        budget.Admit(6_000_000);
        var shared = new TrainingLogBuilder(budget);
        var series = Enumerable.Range(0, 40).Select(i => shared.Series($"s{i}")).ToArray();
        for (var step = 0; step < 50_000; step++)
        {
            foreach (var one in series)
            {
                shared.Add(one, step, step == 12_345 ? double.NaN : step);
            }
        }

        var log = shared.Build("test", new Dictionary<string, MetadataValue>(), []);

        log.Series.Should().OnlyContain(s => s.Logged == 50_000 && s.Points.Count >= 4096 && s.Points.Count <= 50_000);
        foreach (var points in log.Series.Select(s => s.Points))
        {
            (points[0].Step, points[^1].Step).Should().Be((0, 49_999));
            points.Where(p => double.IsNaN(p.Value)).Select(p => p.Step).Should().Equal(12_345);
        }

        log.Series.Sum(s => s.Points.Count).Should().BeLessThan(800_000);
    }

    private static double Deviation(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        return Math.Sqrt(all.Average(v => (v - mean) * (v - mean)));
    }

    private static IEnumerable<long> Steps(TrainingLog log, string series) => log.Series(series).Points.Select(p => p.Step);

    private TrainingLog Build() => builder.Build("test", new Dictionary<string, MetadataValue>(), []);

    private void Add(string series, params long[] steps) => Interleave([series], steps);

    // The value is the number of values before it, so that each is another.
    private void Interleave(string[] series, params long[] steps)
    {
        foreach (var step in steps)
        {
            foreach (var name in series)
            {
                builder.Add(name, step, builder.Points / series.Length);
            }
        }
    }
}
