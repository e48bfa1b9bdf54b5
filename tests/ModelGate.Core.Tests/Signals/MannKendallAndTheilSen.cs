using ModelGate.Signals.Mathematics;

namespace ModelGate.Tests.Signals;

// Expected values by scipy 1.10.1: stats.theilslopes(y, x)[0], stats.kendalltau(x, y, method="asymptotic"). Its asymptotic p-value has
// no continuity correction: variance = (S / stats.norm.isf(p / 2)) ** 2, where S is the number of rising less that of falling pairs.
public class MannKendallAndTheilSen
{
    private static readonly double[] Mel = [30.915, 25.807, 22.554, 21.684, 20.213, 18.928, 18.319, 19.645, 17.020, 17.169, 18.173, 18.542];
    private static readonly double[] Ties = [1, 2, 2, 3, 3, 3, 4, 1, 5, 5, 6, 2];
    private static readonly double[] Short = [3.1, 3.1, 2.9, 3.3, 2.7, 2.7, 2.6, 2.8, 2.2, 2.5];

    [Fact]
    public void The_slope_is_that_of_scipy()
    {
        TheilSen.Slope([.. Enumerable.Range(0, 12).Select(i => i * 200.0)], Mel).Should().BeApproximately(-0.004116180555555557, 1e-15);
        TheilSen.Slope([.. Enumerable.Range(0, 12)], Ties).Should().BeApproximately(0.4, 1e-15);
        TheilSen.Slope([.. Enumerable.Range(0, 10)], Short).Should().BeApproximately(-0.08333333333333333, 1e-15);
    }

    [Fact]
    public void The_test_is_that_of_scipy_with_and_without_ties()
    {
        Statistic(Mel).Should().Be((-48, 212.666667));
        Statistic(Ties).Should().Be((32, 203.333333));
        Statistic(Short).Should().Be((-29, 123));
    }

    [Fact]
    public void The_chance_is_that_of_the_normal_distribution()
    {
        // stats.norm.sf(47 / (638 / 3) ** 0.5): one pair less, for the continuity correction.
        MannKendall.Of(Mel).FallingChance.Should().BeApproximately(NormalTail, 1e-6);
        MannKendall.Of(Mel).RisingChance.Should().BeApproximately(1 - NormalTail, 1e-6);
    }

    [Fact]
    public void A_constant_series_has_no_trend()
    {
        MannKendall.Of([1, 1, 1, 1, 1, 1]).Z.Should().Be(0);
        TheilSen.Slope([0, 1, 2], [4, 4, 4]).Should().Be(0);
        TheilSen.Slope([1, 1], [2, 3]).Should().Be(double.NaN);
    }

    [Fact]
    public void Values_that_cling_together_weaken_the_verdict_and_values_that_alternate_do_not_strengthen_it()
    {
        double[] clinging = [.. Enumerable.Range(0, 60).Select(i => Math.Sin(i / 10.0))];
        double[] alternating = [.. Enumerable.Range(0, 60).Select(i => i % 2 * 1.0)];
        MannKendall.Of(clinging, clinging).Inflation.Should().BeGreaterThan(2);
        MannKendall.Of(alternating, alternating).Inflation.Should().Be(1);
    }

    private const double NormalTail = 0.0006344776143284063;

    private static (long S, double Variance) Statistic(double[] values)
    {
        var test = MannKendall.Of(values);
        return (test.S, Math.Round(test.Variance, 6));
    }
}
