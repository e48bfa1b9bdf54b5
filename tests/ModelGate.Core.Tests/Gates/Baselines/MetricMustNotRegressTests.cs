using CsCheck;
using ModelGate.Gates;
using ModelGate.Gates.Baselines;
using ModelGate.Runs;
using ModelGate.Signals.Baselines;
using ModelGate.Tests.Reports;

namespace ModelGate.Tests.Gates.Baselines;

public class MetricMustNotRegressTests
{
    [Theory]
    [InlineData("lower", 0.11, true)]
    [InlineData("lower", 0.1101, false)]
    [InlineData("lower", -5, true)]
    [InlineData("higher", 0.09, true)]
    [InlineData("higher", 0.0899, false)]
    [InlineData("higher", 5, true)]
    public void A_tenth_worse_is_tolerated_in_the_direction_of_the_signal(string better, double now, bool passes)
        => Judge(Of(Value(0.1, better)), [Value(now, better)]).Findings.Should().HaveCount(passes ? 0 : 1);

    [Fact]
    public void A_floor_in_the_signals_unit_tolerates_small_changes_of_small_numbers()
    {
        Judge(Of(Value(0.001)), [Value(0.005)]).Findings.Should().ContainSingle();
        Judge(Of(Value(0.001)), [Value(0.005)], new() { Absolute = 0.01 }).Findings.Should().BeEmpty();
    }

    // scipy 1.10.1 of 0.10, 0.12 and 0.17: 0.12 + t.isf(0.05, 2) * std(ddof=1) * sqrt(1 + 1/3) = 0.241569; with two numbers compared t.isf(0.025, 2), 0.299134.
    [Theory]
    [InlineData(1, 0.2415, true)]
    [InlineData(1, 0.2417, false)]
    [InlineData(2, 0.2990, true)]
    [InlineData(2, 0.2993, false)]
    public void The_spread_of_several_runs_is_tolerated_and_more_where_more_is_compared(int compared, double now, bool passes)
    {
        var runs = new[] { 0.10, 0.12, 0.17 }.Select(v => Record([Value(v), .. Others(compared - 1)])).ToArray();
        var judgement = new MetricMustNotRegress().Judge(SafeText.Of($"b.json"), BaselineReduction.Of(runs), new JudgedRun(Results([Value(now), .. Others(compared - 1)])), new MetricMustNotRegress.Options());

        judgement.Findings.Should().HaveCount(passes ? 0 : 1);
        judgement.Summary.Value.Should().Contain(passes ? $"none of {compared}" : $"1 of {compared}");

        static IEnumerable<BaselineValue> Others(int count) => Enumerable.Range(0, count).Select(i => Value(5, subject: $"output other{i}.wav"));
    }

    [Fact]
    public void The_sentence_says_what_it_was_and_what_would_pass()
        => Judge(Of(Value(0.1), Value(3, subject: "output b.wav")), [Value(0.31), Value(3, subject: "output b.wav")]).Summary.Value
            .Should().Be("1 of 2 numbers is worse than in b.json: spectral-flatness of output a.wav is 0.31, and was 0.1; at most 0.11 is allowed");

    [Fact]
    public void New_and_gone_subjects_are_said_and_another_definition_is_not_compared()
    {
        var judgement = Judge(Of(Value(1), Value(2, subject: "output gone.wav"), Value(3, subject: "output b.wav") with { Revision = 1 }), [Value(1), Value(9, subject: "output new.wav"), Value(99, subject: "output b.wav") with { Revision = 2 }]);

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Contain("none of 1 number is worse").And.Contain("1 is new (spectral-flatness of output new.wav)").And.Contain("1 is gone (spectral-flatness of output gone.wav)")
            .And.Contain("1 is not comparable, because the definition changed (spectral-flatness of output b.wav)");
    }

    [Fact]
    public void Where_nothing_can_be_compared_nothing_is_green()
    {
        Judge(Of(Value(1)), [Value(1, subject: "output other.wav")]).IsInconclusive.Should().BeTrue();
        Judge(Of(Value(1)), []).IsInconclusive.Should().BeTrue();
        Judge(Of(Value(1)), [Value(1)], new() { Signals = ["loss-min"] }).IsInconclusive.Should().BeTrue();
        Judge(Of(Value(1)), [Value(1)], new() { Runs = 3 }).Summary.Value.Should().Contain("fewer than 3 runs");
    }

    [Fact]
    public void A_signal_without_a_direction_is_in_no_baseline()
        => BaselineReduction.Of([Record([Value(1, "none")])]).Models.Single().Values.Should().BeEmpty();

    [Fact]
    public void A_later_save_of_the_same_series_is_the_same_subject()
    {
        RunRecord Run(int step, double value) => MadeReport.Of(MadeReport.Result("MG3001", $"G_{step}.pth", Outcome.Passed, "fine", 1) with
        {
            Identity = SafeText.Of($"checkpoints G_*.pth"),
            Measurements = [new Measurement("nan-weights", SafeText.Empty, value, "elements") { Path = SafeText.Of($"G_{step}.pth"), Better = Better.Lower, Revision = 1 }],
        });

        var judgement = new MetricMustNotRegress().Judge(SafeText.Of($"b.json"), BaselineReduction.Of([Run(2376, 0)]), new JudgedRun(Run(2400, 7).Results), new MetricMustNotRegress.Options());

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().StartWith("nan-weights of checkpoints G_*.pth is 7 elements, and was 0 elements");
    }

    [Fact]
    public void A_run_compared_with_its_own_baseline_is_always_green()
        => Runs.Array[1, 6].Sample(runs =>
        {
            var records = runs.Select(r => Record([.. r])).ToArray();
            var baseline = BaselineReduction.Of(records);
            foreach (var record in records)
            {
                new MetricMustNotRegress().Judge(SafeText.Of($"b.json"), baseline, new JudgedRun(record.Results), new MetricMustNotRegress.Options()).Findings.Should().BeEmpty();
            }
        });

    [Fact]
    public void A_number_that_is_worse_is_always_found_and_named()
        => Gen.Select(Runs, Gen.Int[0, 4], Gen.Double[1.2, 100]).Sample((run, which, by) =>
        {
            var values = run.ToArray();
            var chosen = values[which % values.Length];
            var worse = chosen with { Value = chosen.Better == Better.Lower ? chosen.Value + (by * Math.Abs(chosen.Value)) + 1 : chosen.Value - (by * Math.Abs(chosen.Value)) - 1 };

            Judge(BaselineReduction.Of([Record([.. values])]), [.. values.Select(v => v == chosen ? worse : v)]).Findings.Should().ContainSingle()
                .Which.Message.Value.Should().StartWith($"{chosen.Signal} of {chosen.Subject} is ");
        });

    [Fact]
    public void A_baseline_moves_forward_only()
    {
        var before = Of(Value(0.1), Value(5, subject: "output b.wav"), Value(7, subject: "output gone.wav"));

        var ratchet = Ratchet(before, Of(Value(0.105), Value(4, subject: "output b.wav"), Value(1, subject: "output new.wav")))!;

        ratchet.Worse.Should().BeEmpty();
        ratchet.Result.Models.Single().Values.Select(v => v.Value).Should().Equal(0.1, 4, 7, 1);
        ratchet.Moved.Value.Should().Be("; 1 is better than before, 1 new, 1 not measured this time and kept");
        Ratchet(before, Of(Value(0.2)))!.Worse.Should().ContainSingle().Which.Value.Should().StartWith("spectral-flatness of output a.wav is 0.2, and was 0.1");
    }

    [Fact]
    public void A_baseline_moves_forward_by_the_tolerance_of_the_gate_and_keeps_what_it_does_not_look_at()
    {
        var before = Of(Value(0.1), Value(7, subject: "output gone.wav"));

        Ratchet(before, Of(Value(0.2)), new() { Relative = 2 })!.Worse.Should().BeEmpty();
        Ratchet(before, Of(Value(0.101)), new() { Relative = 0 })!.Worse.Should().ContainSingle();
        var unwatched = Ratchet(before, Of(Value(0.2)), new() { Signals = ["loss-min"] })!;
        unwatched.Worse.Should().BeEmpty();
        unwatched.Result.Models.Single().Values.Select(v => v.Value).Should().Equal(0.1, 7);
    }

    [Fact]
    public void A_model_that_was_not_measured_this_time_stays_in_the_baseline()
    {
        var before = Several(("a", 1), ("b", 2));

        var ratchet = Ratchet(before, Several(("a", 1), ("c", 3)))!;

        ratchet.Result.Models.Select(m => (m.Name.Value, m.Values.Single().Value)).Should().Equal(("a", 1), ("b", 2), ("c", 3));
        ratchet.Moved.Value.Should().Be("; 0 are better than before, 1 new, 1 not measured this time and kept");
        Ratchet(before, Several(("a", 5)))!.Worse.Should().ContainSingle();
        Ratchet(before, Several(("x", 1))).Should().BeNull("it is the baseline of something else");
        Ratchet(before, Of(Value(1))).Should().BeNull("nobody knows which of its models is meant");
    }

    [Theory]
    [InlineData("/runs/a", false, "a")]
    [InlineData("/runs/v2/a", true, "v2/a")]
    [InlineData("/runs/ba", true, null)]
    [InlineData("/runs", false, null)]
    public void A_model_of_a_baseline_is_found_by_the_end_of_its_folders_path(string folder, bool isOneOfSeveral, string? name)
        => Several(("a", 1), ("v2/a", 2)).ModelOf(folder, isOneOfSeveral)?.Name.Value.Should().Be(name);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void The_only_model_of_a_baseline_is_compared_with_the_only_one_of_a_run(bool isOneOfSeveral, bool isFound)
        => (Several(("a", 1)).ModelOf("/runs/other", isOneOfSeveral) is not null).Should().Be(isFound);

    private static BaselineRatchet? Ratchet(Baseline before, Baseline after, MetricMustNotRegress.Options? options = null) => BaselineRatchet.Of(before, after, _ => options ?? new MetricMustNotRegress.Options());

    private static Baseline Several(params (string Name, double Value)[] models) => new([.. models.Select(m => new BaselineModel(SafeText.From(m.Name), [], [Value(m.Value)]))]);

    private static Gen<BaselineValue[]> Runs { get; } = Gen.Select(Gen.Double[-1000, 1000].Array[5], Gen.Bool.Array[5])
        .Select((values, lower) => values.Select((v, i) => Value(v, i % 2 == 0 ? "lower" : "higher", $"output {i}.wav")).ToArray());

    private static BaselineValue Value(double value, string better = "lower", string subject = "output a.wav")
        => new("spectral-flatness", SafeText.From(subject), value, better switch { "lower" => Better.Lower, "higher" => Better.Higher, _ => Better.None }) { Revision = 1 };

    private static Baseline Of(params BaselineValue[] values) => new([new BaselineModel(SafeText.Empty, [], values)]);

    private static RunRecord Record(BaselineValue[] values) => MadeReport.Of(Results(values));

    private static RunResult[] Results(BaselineValue[] values) => [.. values.Select(v => MadeReport.Result("MG5001", v.Subject.Value[(v.Subject.Value.IndexOf(' ') + 1)..], Outcome.Passed, "fine", 1) with
    {
        Identity = v.Subject,
        Measurements = [new Measurement(v.Signal, SafeText.Empty, v.Value, v.Unit) { Path = SafeText.From(v.Subject.Value[(v.Subject.Value.IndexOf(' ') + 1)..]), Better = v.Better, Revision = v.Revision }],
    })];

    private static Judgement Judge(Baseline baseline, BaselineValue[] run, MetricMustNotRegress.Options? options = null)
        => new MetricMustNotRegress().Judge(SafeText.Of($"b.json"), baseline, new JudgedRun(Results(run)), options ?? new MetricMustNotRegress.Options());
}
