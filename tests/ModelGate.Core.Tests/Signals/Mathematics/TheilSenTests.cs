using ModelGate.Signals.Mathematics;

namespace ModelGate.Tests.Signals.Mathematics;

// Expected values by scipy 1.10.1: stats.theilslopes(y, x)[0].
public class TheilSenTests
{
    [Theory]
    [InlineData(-0.004116180555555557, 200, new[] { 30.915, 25.807, 22.554, 21.684, 20.213, 18.928, 18.319, 19.645, 17.020, 17.169, 18.173, 18.542 })]
    [InlineData(0.4, 1, new double[] { 1, 2, 2, 3, 3, 3, 4, 1, 5, 5, 6, 2 })]
    [InlineData(-0.08333333333333333, 1, new[] { 3.1, 3.1, 2.9, 3.3, 2.7, 2.7, 2.6, 2.8, 2.2, 2.5 })]
    public void The_slope_is_that_of_scipy(double slope, double distance, double[] values)
        => TheilSen.Slope([.. Enumerable.Range(0, values.Length).Select(i => i * distance)], values).Should().BeApproximately(slope, 1e-15);

    // low_slope and high_slope of the same call, for 95 %.
    [Theory]
    [InlineData(-0.006371, -0.00219875, 200, new[] { 30.915, 25.807, 22.554, 21.684, 20.213, 18.928, 18.319, 19.645, 17.020, 17.169, 18.173, 18.542 })]
    [InlineData(0, 0.5, 1, new double[] { 1, 2, 2, 3, 3, 3, 4, 1, 5, 5, 6, 2 })]
    [InlineData(-0.12857142857142856, -0.04, 1, new[] { 3.1, 3.1, 2.9, 3.3, 2.7, 2.7, 2.6, 2.8, 2.2, 2.5 })]
    public void The_interval_is_that_of_scipy(double low, double high, double distance, double[] values)
    {
        var slopes = TheilSen.SortedSlopes([.. Enumerable.Range(0, values.Length).Select(i => i * distance)], values);
        var interval = TheilSen.Interval(slopes, Math.Sqrt(MannKendall.Of(values).Variance), 1.959963984540054);

        interval.Low.Should().BeApproximately(low, 1e-12);
        interval.High.Should().BeApproximately(high, 1e-12);
    }

    [Fact]
    public void A_constant_series_has_no_slope() => TheilSen.Slope([0, 1, 2], [4, 4, 4]).Should().Be(0);

    [Fact]
    public void Points_at_one_position_have_no_slope_that_could_be_told() => TheilSen.Slope([1, 1], [2, 3]).Should().Be(double.NaN);
}
