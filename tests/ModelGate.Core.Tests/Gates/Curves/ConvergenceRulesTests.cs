using CsCheck;
using ModelGate.Artifacts;
using ModelGate.Gates.Curves;
using ModelGate.Signals.Curves;

namespace ModelGate.Tests.Gates.Curves;

public class ConvergenceRulesTests
{
    private static readonly ConvergenceCriteria Rvc = new() { Ceiling = 27, Clamps = [75, 50] };

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(40)]
    [InlineData(400)]
    public void A_low_noisy_plateau_passes_and_hardly_ever_fails(int points)
        => Passing(points, (_, noise) => 18.5 * (1 + (0.1 * noise)), Rvc).Should().BeGreaterThan(0.99);

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(40)]
    [InlineData(400)]
    public void A_high_noisy_plateau_hardly_ever_passes(int points)
        => Passing(points, (_, noise) => 190 + (10 * noise), Rvc).Should().BeLessThan(0.02);

    [Theory]
    [InlineData(12)]
    [InlineData(40)]
    [InlineData(400)]
    public void Noise_without_a_fall_and_without_a_ceiling_hardly_ever_passes(int points)
        => Passing(points, (_, noise) => 1 + (0.2 * noise), new ConvergenceCriteria()).Should().BeLessThan(0.08);

    [Theory]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(40)]
    public void A_stock_fine_tune_of_a_dozen_single_batches_passes(int points)
        => Passing(points, (i, noise) => (18 + (12 * Math.Exp(-i / 3.0))) * (1 + (0.1 * noise)), Rvc).Should().BeGreaterThan(0.99);

    [Fact]
    public void A_slow_steady_fall_is_converging()
        => Of(100, i => 3 * Math.Exp(-2.0 * i / 100), new()).Should().Be(ConvergenceVerdict.Converging);

    [Fact]
    public void A_saw_over_the_ceiling_oscillates()
        => Of(60, i => 60 - (10 * (i % 5)), Rvc).Should().Be(ConvergenceVerdict.Oscillating);

    // Up to a quarter as many periods as points: more are noise to whoever logs so seldom.
    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(400)]
    public void Waves_above_the_ceiling_hardly_ever_pass(int points)
    {
        var random = new Random(points);
        var passed = Enumerable.Range(0, 200).Count(run =>
        {
            var periods = 2 + (run % ((points / 4) - 1));
            var phase = 2 * Math.PI * random.NextDouble();
            return Of(points, i => 60 * (1 + (0.5 * Math.Sin((2 * Math.PI * periods * i / points) + phase)) + (0.03 * Normal(random))), Rvc)
                is ConvergenceVerdict.Converged or ConvergenceVerdict.Converging;
        });

        passed.Should().BeLessThan(10);
    }

    // At one and a half ceilings, where the curve began within three of them or has fifty points; else at two.
    [Theory]
    [InlineData(12, 1.5, 2.5)]
    [InlineData(30, 1.5, 3)]
    [InlineData(50, 1.5, 12)]
    [InlineData(400, 1.5, 12)]
    [InlineData(20, 2, 12)]
    [InlineData(30, 2, 12)]
    public void A_level_above_the_ceiling_is_stagnant(int points, double level, double first)
    {
        var random = new Random(points);
        var stagnant = Enumerable.Range(0, 200).Count(_ =>
            Of(points, i => 27 * (level + ((first - level) * Math.Exp(-i / (points / 20.0)))) * (1 + (0.05 * Normal(random))), Rvc) == ConvergenceVerdict.Stagnant);

        stagnant.Should().BeGreaterThan(180);
    }

    [Theory]
    [InlineData(12, 3)]
    [InlineData(40, 2)]
    [InlineData(400, 25)]
    public void A_blow_up_at_the_very_end_diverges(int points, int last)
        => Of(points, i => i >= points - last ? 55 + i : 18 + (i % 3), Rvc).Should().Be(ConvergenceVerdict.Diverging);

    [Fact]
    public void A_small_step_up_after_a_restart_under_the_ceiling_is_no_divergence()
        => Of(40, i => i < 30 ? 18 + (i % 3) : 21 + (i % 3), Rvc).Should().Be(ConvergenceVerdict.Converged);

    [Fact]
    public void A_loss_at_the_trainers_clamp_is_saturated_and_not_converged()
    {
        Of(12, i => i < 2 ? 40 : 75, Rvc with { Ceiling = 100 }).Should().Be(ConvergenceVerdict.Saturated);
        Of(12, i => i < 9 ? 20 + (i % 2) : 75, Rvc).Should().Be(ConvergenceVerdict.Saturated);
    }

    [Fact]
    public void A_NaN_outside_the_window_is_forgiven_and_one_inside_is_not()
    {
        Of(20, i => i == 2 ? double.NaN : 18 + (i % 3), Rvc).Should().Be(ConvergenceVerdict.Converged);
        Of(20, i => i == 0 ? double.NaN : 18 + (80 * Math.Exp(-i)), new()).Should().Be(ConvergenceVerdict.Converged);
        Measure(20, i => i == 18 ? double.NaN : 18).NotFiniteSince.Should().Be(18);
        Of(20, i => i == 18 ? double.NegativeInfinity : 18, Rvc).Should().Be(ConvergenceVerdict.NotFinite);
        Of(1, _ => double.NaN, Rvc).Should().Be(ConvergenceVerdict.NotFinite);
    }

    [Fact]
    public void A_loss_that_comes_down_to_zero_is_not_taken_for_a_hidden_NaN()
        => Of(30, i => Math.Round(Math.Max(0, 1 - (0.06 * i)), 3) * (i == 16 ? 0.1 : 1), new())
            .Should().BeOneOf(ConvergenceVerdict.Converged, ConvergenceVerdict.Converging);

    [Fact]
    public void A_negative_loss_that_fell_and_stands_has_converged()
        => Of(40, i => -5 + (6 * Math.Exp(-i / 3.0)) + (0.05 * (i % 3)), new()).Should().Be(ConvergenceVerdict.Converged);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Four_points_are_too_few(int points)
        => Of(points, i => 100 - i, new()).Should().Be(ConvergenceVerdict.TooFewPoints);

    [Fact]
    public void Extreme_values_and_steps_break_nothing()
    {
        var wild = new[] { double.MaxValue, -double.MaxValue, double.Epsilon, 0, -0.0, 1e308, -1e308, 1 };
        Check.Sample(
            Gen.Select(Gen.Int[0, wild.Length - 1], Gen.Long).Array[0, 40],
            pairs => Enum.IsDefined(ConvergenceRules.Judge(
                Measure([.. pairs.OrderBy(p => p.Item2).Select(p => new ScalarPoint(p.Item2, wild[p.Item1]))]), Rvc)),
            iter: 2000,
            seed: "0000000000000001");
    }

    [Fact]
    public void A_million_points_are_judged_in_seconds()
        => Of(1_000_000, i => 190 + (i % 7), Rvc).Should().Be(ConvergenceVerdict.Stagnant);

    private static ConvergenceVerdict Of(int points, Func<int, double> value, ConvergenceCriteria criteria) => ConvergenceRules.Judge(Measure(points, value), criteria);

    private static CurveEnd Measure(int points, Func<int, double> value) => Measure([.. Enumerable.Range(0, points).Select(i => new ScalarPoint(i, value(i)))]);

    private static CurveEnd Measure(IReadOnlyList<ScalarPoint> points) => CurveEnd.Of(new ScalarSeries("loss", points), CurveMeasure.DefaultWindow, CurveMeasure.FewestInWindow);

    // A thousand runs, fewer of the long curves: they cost their square and differ less.
    private static double Passing(int points, Func<int, double, double> value, ConvergenceCriteria criteria)
    {
        var random = new Random(points);
        var runs = Math.Min(1000, 40_000 / points);
        return Enumerable.Range(0, runs).Count(_ => Of(points, i => value(i, Normal(random)), criteria)
            is ConvergenceVerdict.Converged or ConvergenceVerdict.Converging) / (double)runs;
    }

    // Box and Muller: two uniform numbers make a normal one.
    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
