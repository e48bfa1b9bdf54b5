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

    [Fact]
    public void A_constant_series_has_no_slope() => TheilSen.Slope([0, 1, 2], [4, 4, 4]).Should().Be(0);

    [Fact]
    public void Points_at_one_position_have_no_slope_that_could_be_told() => TheilSen.Slope([1, 1], [2, 3]).Should().Be(double.NaN);
}
