using ModelGate.Signals.Mathematics;

namespace ModelGate.Tests.Signals.Mathematics;

public class ProportionTests
{
    // scipy 1.10.1: stats.binomtest(k, n).proportion_ci(method='wilson').
    [Theory]
    [InlineData(0, 10, 0.0, 0.27753279986288926)]
    [InlineData(5, 10, 0.236593090512564, 0.7634069094874361)]
    [InlineData(10, 10, 0.7224672001371109, 1.0)]
    [InlineData(6, 33, 0.08610768208940667, 0.34388231634669914)]
    [InlineData(47, 72, 0.5376130384560558, 0.7524657699172488)]
    [InlineData(1, 1, 0.20654931437723745, 1.0)]
    public void Interval_is_that_of_scipy(int count, int of, double low, double high)
    {
        var interval = new Proportion(count, of).Interval;

        interval.Low.Should().BeApproximately(low, 1e-12);
        interval.High.Should().BeApproximately(high, 1e-12);
    }

    [Fact]
    public void Of_nothing_leaves_everything_open() => new Proportion(0, 0).Interval.Should().Be((0, 1));

    // scipy 1.10.1: stats.hypergeom.sf(k - 1, N, K, n).
    [Theory]
    [InlineData(20, 10, 5, 5, 0.016253869969040248)]
    [InlineData(20, 10, 10, 10, 5.412544112234515e-06)]
    [InlineData(105, 72, 40, 38, 1.3757418508159896e-06)]
    [InlineData(10, 5, 5, 4, 0.1031746031746032)]
    [InlineData(344, 72, 80, 70, 2.4514541365502074e-59)]
    [InlineData(10, 5, 5, 0, 1)]
    public void Hypergeometric_tail_is_that_of_scipy(int total, int marked, int drawn, int atLeast, double expected)
        => (Hypergeometric.UpperTail(total, marked, drawn, atLeast) / expected).Should().BeApproximately(1, 1e-10);

    [Theory]
    [InlineData(0.0688, 0.1012, 0.08)]
    [InlineData(0.07, 0.11, 0.09)]
    [InlineData(-3.2, 5, 0)]
    [InlineData(-30.04, -30.01, -30.02)]
    [InlineData(1000, 9000, 5000)]
    [InlineData(1e-12, 3e-12, 2e-12)]
    [InlineData(0, 1, 0.5)]
    public void Round_number_is_the_shortest_in_the_middle(double low, double high, double expected)
        => RoundNumber.Between(low, high).Should().Be(expected);

    [Fact]
    public void Round_number_of_neighbours_is_one_of_them()
        => RoundNumber.Between(1, Math.BitIncrement(1)).Should().BeInRange(1, Math.BitIncrement(1));
}
