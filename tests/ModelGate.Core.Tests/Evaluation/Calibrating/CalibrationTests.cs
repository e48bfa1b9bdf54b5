using ModelGate.Evaluation.Calibrating;
using ModelGate.Gates.Catalogue;
using ModelGate.Reports;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Catalogue;

namespace ModelGate.Tests.Evaluation.Calibrating;

public class CalibrationTests
{
    [Fact]
    public void One_signal_that_parts_them_is_found_among_many_that_do_not()
    {
        var calibration = Calibrate(Files(40, 40, (random, isGood, signal) => random.NextDouble() + (signal == 3 && !isGood ? 2 : 0)));

        calibration.Worth.Should().Be(CalibrationWorth.Limits);
        calibration.Limits.Should().ContainSingle().Which.Should().Match<CalibratedLimit>(l => l.Signal.Name == "s3" && l.Requirement.Relation == Relation.AtMost && l.Requirement.Limit > 1 && l.Requirement.Limit < 2);
        calibration.Separations[0].Should().Match<Separation>(s => s.Best.Signal.Name == "s3" && s.Area == 1 && s.Error == 0);
        calibration.HeldOut!.Caught.Count.Should().Be(40);
        calibration.HeldOut.FalseAlarms.Count.Should().Be(0);
    }

    [Fact]
    public void Files_that_are_bad_in_different_ways_take_a_limit_for_each()
    {
        // One third is too loud, one too quiet, one too flat: no signal alone stops more than a third.
        var files = Enumerable.Range(0, 90).SelectMany(i => new[]
        {
            Make($"good/{i:00}", true, (i % 10 * 0.1) - 20, 0.01 * (i % 7)),
            Make($"bad/{i:00}", false, (i % 3) switch { 0 => -3, 1 => -60, _ => -19.5 }, i % 3 == 2 ? 0.5 : 0.03),
        }).ToArray();

        var calibration = Calibrate(files);

        calibration.Worth.Should().Be(CalibrationWorth.Limits);
        calibration.Limits.Select(l => (l.Signal.Name, l.Requirement.Relation)).Should().BeEquivalentTo([("s0", Relation.AtMost), ("s0", Relation.AtLeast), ("s1", Relation.AtMost)]);
        calibration.Caught.Count.Should().Be(90);
        calibration.FalseAlarms.Count.Should().Be(0);
        calibration.Separations.Should().OnlyContain(s => s.Error > 0.2);
        CalibrationConfiguration.Of(calibration).Should().Contain("\"output.s0\": { \"at-least\": ").And.Contain(", \"at-most\": ");
    }

    // Bad files are clipped less than good ones: nobody wants a limit that asks for more.
    [Theory]
    [InlineData(Better.Lower, 0)]
    [InlineData(Better.Higher, 1)]
    [InlineData(Better.None, 1)]
    public void A_signal_has_no_limit_in_the_direction_in_which_it_gets_better(object better, int expected)
    {
        var signal = new SignalInfo("s", "", MeasuredOn.Recording, (Better)better, 1, "", "");
        var files = Enumerable.Range(0, 40).Select(i => new CalibrationFile($"{i:00}", i % 2 == 0, new Dictionary<string, SignalRange> { ["s"] = new(i % 2 == 0 ? 5 + i : -5 - i, i % 2 == 0 ? 5 + i : -5 - i) })).ToArray();

        var calibration = Calibration.Of(files, [signal], new HashSet<string>(), 0);

        calibration.Limits.Should().HaveCount(expected);
        calibration.Separations.Should().OnlyContain(s => (Better)better == Better.None || s.Best.Requirement.Relation == ((Better)better == Better.Lower ? Relation.AtMost : Relation.AtLeast));
    }

    [Fact]
    public void What_parts_nothing_is_named_with_the_reason()
    {
        SignalInfo Signal(string name) => new(name, "", MeasuredOn.Recording, Better.None, 1, "", "");
        var random = new Random(1);
        var files = Enumerable.Range(0, 40).Select(i => new CalibrationFile($"{i:00}", i % 2 == 0, new Dictionary<string, SignalRange>
        {
            ["parts"] = new(i % 2, i % 2),
            ["noise"] = new(random.NextDouble(), 0),
            ["same"] = new(1, 1),
            [i == 0 ? "other" : "lacking"] = new(i, i),
        })).ToArray();

        var calibration = Calibration.Of(files, [Signal("parts"), Signal("noise"), Signal("same"), Signal("lacking")], new HashSet<string>(), 0);

        calibration.Useless.Select(s => s.Best.Signal.Name).Should().Equal("noise");
        calibration.Constant.Select(s => s.Name).Should().Equal("same");
        calibration.Lacking.Select(s => s.Name).Should().Equal("lacking");
        CalibrationSentence.WithoutSeparation(calibration).Select(s => s.Value).Should().Equal(
            "No difference beyond chance in noise", "A good file has no value of lacking", "All files have the same value, or no bad one has any, of same");
    }

    [Fact]
    public void Every_option_that_a_limit_on_pairs_is_written_to_exists()
    {
        foreach (var ((signal, side), (gate, option)) in PairLimits.Options)
        {
            SignalCatalogue.All.Select(s => s.Description).Should().ContainSingle(s => s.Name == signal).Which.Should().Match<SignalInfo>(s => s.On == MeasuredOn.OutputAndReference && Separation.SidesOf(s).Contains(side));
            GateCatalogue.All.Should().ContainSingle(g => g.Name == gate).Which.Options.Select(o => o.Name).Should().Contain(option);
        }
    }

    // Brighter than the references: band-must-match-reference has an option for duller ones alone.
    [Theory]
    [InlineData(1.8, 0)]
    [InlineData(0.4, 1)]
    public void A_limit_on_pairs_lies_on_a_side_that_a_gate_judges(double bad, int expected)
    {
        var files = Enumerable.Range(0, 60).Select(i => (IsGood: i % 2 == 0, Value: (i % 2 == 0 ? 1 : bad) + (0.001 * i)))
            .Select((f, i) => new CalibrationFile($"{i:00}.wav", f.IsGood, new Dictionary<string, SignalRange> { ["centroid-ratio"] = new(f.Value, f.Value) })).ToArray();

        Calibration.Of(files, [ModelGate.Signals.Audio.Pairs.CentroidRatio.Info], new HashSet<string>(), 0).Limits.Should().HaveCount(expected);
    }

    // Half of the bad files are of ten seconds or less, and the gate does not look for ten seconds in them.
    [Fact]
    public void A_bad_file_that_the_gate_of_a_limit_does_not_judge_is_not_stopped_by_it()
    {
        var files = Enumerable.Range(0, 60).Select(i => new CalibrationFile(
            $"{i:00}.wav", i % 2 == 0, i % 4 == 3 ? new Dictionary<string, SignalRange>() : new Dictionary<string, SignalRange> { ["mel-cepstral-distortion-of-stretch"] = new(1 + (i % 2 * 8), 1 + (i % 2 * 8)) })).ToArray();

        Calibration.Of(files, [ModelGate.Signals.Audio.Pairs.MelCepstralDistortionOfStretch.Info], new HashSet<string>(), 0).Caught.Count.Should().Be(15);
    }

    [Fact]
    public void A_limit_on_pairs_is_an_option_of_a_gate()
    {
        var files = Enumerable.Range(0, 60).Select(i => new CalibrationFile($"{i:00}.wav", i % 2 == 0, new Dictionary<string, SignalRange>
        {
            ["mel-cepstral-distortion"] = new(i % 2 == 0 ? 1 + (i * 0.01) : 8 + (i * 0.01), i % 2 == 0 ? 1 + (i * 0.01) : 8 + (i * 0.01)),
        })).ToArray();

        var text = CalibrationConfiguration.Of(Calibration.Of(files, [ModelGate.Signals.Audio.Pairs.MelCepstralDistortion.Info], new HashSet<string>(), 0));

        text.Should().Contain("\"reference\": \"references/**/*.wav\"").And.Contain("\"mel-must-resemble-reference\": { \"distortion\": ").And.Contain("\"require\": {},");
    }

    // Files that are called good and bad by a coin: whoever takes the best of many limits finds some that part them.
    [Theory]
    [InlineData(5, 5)]
    [InlineData(10, 30)]
    [InlineData(40, 40)]
    [InlineData(200, 100)]
    public void Limits_that_fit_a_coin_are_not_taken_for_limits(int good, int bad)
    {
        var worth = Enumerable.Range(1, 100).Select(seed => Calibrate(Files(good, bad, (random, _, _) => random.NextDouble(), seed)).Worth).ToArray();

        worth.Count(w => w == CalibrationWorth.Limits).Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Ten_of_each_that_one_signal_parts_wholly_are_enough_and_five_are_a_guess()
    {
        static double Value(Random random, bool isGood, int signal) => random.NextDouble() + (signal == 7 && !isGood ? 3 : 0);

        Calibrate(Files(12, 12, Value)).Worth.Should().Be(CalibrationWorth.Limits);
        Calibrate(Files(5, 5, Value)).Worth.Should().Be(CalibrationWorth.Guess);
        Calibrate(Files(2, 2, Value)).Should().Match<Calibration>(c => c.HeldOut == null && c.Worth != CalibrationWorth.Limits);
    }

    [Fact]
    public void A_signal_that_a_good_file_lacks_gets_no_limit_and_a_bad_file_without_a_value_does_not_pass()
    {
        var files = Enumerable.Range(0, 30).SelectMany(i => new[]
        {
            Make($"good/{i}", true, i * 0.01, i == 4 ? double.NaN : i * 0.01),
            Make($"bad/{i}", false, i < 10 ? double.NaN : 5, 5),
        }).ToArray();

        var calibration = Calibrate(files);

        calibration.Separations.Should().ContainSingle().Which.BadWithoutValue.Should().Be(10);
        calibration.Limits.Should().ContainSingle().Which.Signal.Name.Should().Be("s0");
        calibration.Caught.Count.Should().Be(30);
    }

    [Fact]
    public void A_share_of_the_good_files_may_be_allowed_to_break_a_limit()
    {
        // One of forty good files lies among the bad ones: somebody put it into the wrong folder.
        var files = Enumerable.Range(0, 40).SelectMany(i => new[] { Make($"good/{i:00}", true, i == 0 ? 9 : i * 0.01), Make($"bad/{i:00}", false, 5 + (i * 0.01)) }).ToArray();

        Calibrate(files).Limits.Should().BeEmpty();
        Calibrate(files, allowed: 0.025).Should().Match<Calibration>(c => c.Worth == CalibrationWorth.Limits && c.Caught.Count == 40 && c.FalseAlarms.Count == 1);
    }

    [Fact]
    public void What_describes_files_gets_no_limit_and_is_named_where_good_and_bad_ones_differ_in_it()
    {
        var files = Enumerable.Range(0, 30).SelectMany(i => new[] { Make($"good/{i}", true, i * 0.01, 48_000), Make($"bad/{i}", false, 5 + (i * 0.01), 16_000) }).ToArray();

        var calibration = Calibration.Of(files, Signals(2), new HashSet<string> { "s1" }, 0);

        calibration.Limits.Should().ContainSingle().Which.Signal.Name.Should().Be("s0");
        calibration.Confounders.Should().ContainSingle().Which.Best.Signal.Name.Should().Be("s1");
        CalibrationSentence.Caveats(calibration).Should().Contain(s => s.Value.Contains("s1 (48000 against 16000)"));
    }

    [Fact]
    public void Of_a_file_with_several_parts_the_worst_counts()
    {
        var files = Enumerable.Range(0, 30).SelectMany(i => new[] { Make($"good/{i}", true, (0.1, 0.2)), Make($"bad/{i}", false, (0.1, 0.9 + (i * 0.001))) }).ToArray();

        Calibrate(files).Limits.Should().ContainSingle().Which.Requirement.Should().Match<Requirement>(r => r.Relation == Relation.AtMost && r.Limit > 0.2 && r.Limit < 0.9);
    }

    [Fact]
    public void Files_that_all_are_alike_say_nothing()
    {
        var calibration = Calibrate([.. Enumerable.Range(0, 20).Select(i => Make($"{i}", i % 2 == 0, 1.0))]);

        calibration.Should().Match<Calibration>(c => c.Worth == CalibrationWorth.Nothing && c.Limits.Count == 0 && c.Separations.Count == 0);
        CalibrationConfiguration.Of(calibration).Should().Contain("\"require\": {}");
    }

    // scipy 1.10.1: stats.mannwhitneyu(bad, good).statistic / (5 * 4).
    [Fact]
    public void Area_is_the_statistic_of_Mann_and_Whitney()
    {
        var files = new[] { 0.1, 0.2, 0.2, 0.35, 0.5 }.Select((v, i) => Make($"good/{i}", true, v)).Concat(new[] { 0.2, 0.4, 0.5, 0.6 }.Select((v, i) => Make($"bad/{i}", false, v))).ToArray();

        Separation.Of(Signals(1)[0], files)!.Area.Should().BeApproximately(0.775, 1e-12);
    }

    private static Calibration Calibrate(IReadOnlyList<CalibrationFile> files, double allowed = 0)
        => Calibration.Of(files, Signals(files.Max(f => f.Values.Keys.Select(k => int.Parse(k[1..], System.Globalization.CultureInfo.InvariantCulture)).Max()) + 1), new HashSet<string>(), allowed);

    private static CalibrationFile[] Files(int good, int bad, Func<Random, bool, int, double> value, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, good + bad).Select(i => Make($"{i:000}", i < good, [.. Enumerable.Range(0, 20).Select(s => value(random, i < good, s))]))];
    }

    private static CalibrationFile Make(string path, bool isGood, params double[] values)
        => new(path + ".wav", isGood, values.Index().Where(v => double.IsFinite(v.Item)).ToDictionary(v => $"s{v.Index}", v => new SignalRange(v.Item, v.Item)));

    private static CalibrationFile Make(string path, bool isGood, (double Low, double High) range)
        => new(path + ".wav", isGood, new Dictionary<string, SignalRange> { ["s0"] = new(range.Low, range.High) });

    private static SignalInfo[] Signals(int count) => [.. Enumerable.Range(0, count).Select(i => new SignalInfo($"s{i}", "", MeasuredOn.Recording, Better.None, 1, "A number.", "A number."))];
}
