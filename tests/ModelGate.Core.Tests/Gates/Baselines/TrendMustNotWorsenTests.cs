using CsCheck;
using ModelGate.Gates;
using ModelGate.Gates.Baselines;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals.Baselines;
using ModelGate.Tests.Reports;

namespace ModelGate.Tests.Gates.Baselines;

public class TrendMustNotWorsenTests
{
    private static readonly double[] Creeping = [0.020, 0.021, 0.0205, 0.022, 0.0225, 0.0221, 0.0235, 0.024, 0.0238, 0.025];

    // scipy 1.10.1: stats.theilslopes(y, range(10)) of Creeping gives the slope 0.0005, and the median of y - slope x is 0.0205. The chance is the one-sided normal one of
    // S = 39: (39 - 1) / sqrt(125) = 3.39882, stats.norm.sf of it 3.38382e-4.
    [Fact]
    public void The_line_is_that_of_scipy()
    {
        var trend = Trend.Of(Series(Creeping), new());

        trend.Begin.Should().BeApproximately(BeginOfScipy, 1e-15);
        trend.End.Should().BeApproximately(BeginOfScipy + (9 * SlopeOfScipy), 1e-15);
        trend.Chance.Should().BeApproximately(ChanceOfScipy, 2e-7);
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.5, 0)]
    public void What_creeps_fails_although_no_step_is_large(double relative, int findings)
        => Judge(Creeping, new() { Relative = relative }).Findings.Should().HaveCount(findings);

    [Fact]
    public void What_gets_better_passes_and_so_does_what_goes_up_and_down()
    {
        Judge([.. Creeping.Reverse()]).Summary.Value.Should().Be("none of 1 number has been getting worse over the last 10 runs");
        Judge([1, 9, 1, 9, 1, 9, 1, 9, 1, 9]).Findings.Should().BeEmpty();
        Judge([5, 5, 5, 5, 5, 5]).Findings.Should().BeEmpty();
    }

    [Fact]
    public void The_direction_is_the_signals()
    {
        Judge(Creeping, better: "higher").Findings.Should().BeEmpty();
        Judge([.. Creeping.Reverse()], better: "higher").Findings.Should().ContainSingle().Which.Message.Value.Should().StartWith("signal of output a.wav went from 0.02");
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Too_few_runs_are_no_trend(int runs, bool isInconclusive)
        => Judge([.. Enumerable.Range(1, runs).Select(i => (double)i)]).IsInconclusive.Should().Be(isInconclusive);

    // Of five runs the smallest chance is 0.0137 (scipy.stats.norm.sf((10 - 1) / sqrt(50 / 3))), above 0.05 / 4: nothing could fail, so nothing may pass.
    [Theory]
    [InlineData(3, 5, false)]
    [InlineData(4, 5, true)]
    [InlineData(16, 5, true)]
    [InlineData(16, 8, false)]
    public void Where_nothing_could_fail_nothing_is_green(int numbers, int runs, bool isInconclusive)
    {
        RunRecord Of(int run, int constants) => MadeReport.Of(MadeReport.Result("MG5001", "a.wav", Outcome.Passed, "fine", 1) with
        {
            Identity = SafeText.Of($"output a.wav"),
            Measurements = [.. Enumerable.Range(0, numbers + constants).Select(i => new Measurement("signal", SafeText.Of($"{i}"), i < numbers ? 1 + (0.5 * run) : 0, "") { Path = SafeText.Of($"a.wav"), Better = Better.Lower, Revision = 1 })],
        });

        foreach (var constants in new[] { 0, 50 })
        {
            var judgement = TrendMustNotWorsen.Judge(new RunHistory([.. Enumerable.Range(0, runs - 1).Select(r => BaselineReduction.Entry(Of(r, constants)))]), new JudgedRun(Of(runs - 1, constants).Results), new());

            judgement.IsInconclusive.Should().Be(isInconclusive);
            judgement.Findings.Should().HaveCount(isInconclusive ? 0 : numbers);
        }
    }

    [Fact]
    public void Only_the_last_runs_count()
        => Judge([.. Enumerable.Range(1, 30).Select(i => (double)i), .. Enumerable.Repeat(30.0, 12)], new() { Runs = 12 }).Findings.Should().BeEmpty();

    [Fact]
    public void Values_of_another_definition_are_not_compared()
    {
        var history = new RunHistory([.. Creeping[..^1].Select((v, i) => Entry(v, "lower", revision: i < 7 ? 1 : 2))]);

        TrendMustNotWorsen.Judge(history, Run(Creeping[^1], "lower", 2), new()).Summary.Value.Should().Be("a trend needs 5 runs with the same number, this one included, and there are 3");
    }

    [Fact]
    public void Runs_of_other_models_are_not_looked_at()
    {
        var history = new RunHistory([.. Creeping[..^1].Select(v => Entry(v, "lower") with { Models = [Entry(v, "lower").Models[0] with { Name = SafeText.Of($"other") }] })]);

        TrendMustNotWorsen.Judge(history, Run(Creeping[^1], "lower"), new()).IsInconclusive.Should().BeTrue();
    }

    [Fact]
    public void What_a_comparison_says_of_a_number_is_not_what_was_measured()
    {
        BaselineReduction.Comparing.Should().BeEquivalentTo(GateCatalogue.All.Where(g => g.Create() is IJudgesRun).Select(g => g.Id));
        var record = Record(1, "lower", 1);
        var compared = record with { Results = [.. record.Results, record.Results[0] with { Gate = GateCatalogue.Find("MG9002")!.Ref, Measurements = [record.Results[0].Measurements[0] with { Observed = 9 }] }] };

        BaselineReduction.Entry(compared).Models.Single().Values.Single().Value.Should().Be(1);
    }

    // Numbers without a trend are called worse in at most about one of twenty runs, however many there are.
    [Fact]
    public void Noise_is_seldom_called_a_trend()
    {
        var random = new Random(7);
        var alarms = Enumerable.Range(0, 400).Count(_ =>
        {
            double[][] noise = [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, 20).Select(_ => 1 + random.NextDouble()).ToArray())];
            var trends = noise.Select(n => Trend.Of(Series(n), new() { Relative = 0 })).ToArray();
            return trends.Any(t => t.IsWorse(0.05 / trends.Length));
        });

        alarms.Should().BeInRange(1, 36, "400 times 0.05 is 20, with a standard deviation of 4.4");
    }

    [Fact]
    public void A_steady_worsening_is_always_found_and_named()
        => Gen.Select(Gen.Double[0.5, 1000], Gen.Double[0.03, 0.5], Gen.Int[8, 20]).Sample((start, step, runs)
            => Judge([.. Enumerable.Range(0, runs).Select(i => start * (1 + (step * i)))]).Findings.Should().ContainSingle().Which.Message.Value.Should().StartWith("signal of output a.wav went from "));

    private const double SlopeOfScipy = 0.0005;
    private const double BeginOfScipy = 0.0205;
    private const double ChanceOfScipy = 3.38382e-4;

    private static Judgement Judge(double[] values, TrendMustNotWorsen.Options? options = null, string better = "lower")
        => TrendMustNotWorsen.Judge(new RunHistory([.. values[..^1].Select(v => Entry(v, better))]), Run(values[^1], better), options ?? new());

    private static HistorySeries Series(double[] values) => new(new BaselineValue("signal", SafeText.Of($"output a.wav"), values[^1], Better.Lower), [.. values.Select((v, i) => (i, v))]);

    private static Baseline Entry(double value, string better, int revision = 1) => BaselineReduction.Entry(Record(value, better, revision));

    private static JudgedRun Run(double value, string better, int revision = 1) => new(Record(value, better, revision).Results);

    private static RunRecord Record(double value, string better, int revision) => MadeReport.Of(MadeReport.Result("MG5001", "a.wav", Outcome.Passed, "fine", 1) with
    {
        Identity = SafeText.Of($"output a.wav"),
        Measurements = [new Measurement("signal", SafeText.Empty, value, "") { Path = SafeText.Of($"a.wav"), Better = better == "lower" ? Better.Lower : Better.Higher, Revision = revision }],
    });
}
