using ModelGate.Signals.Mathematics;

namespace ModelGate.Tests.Signals.Mathematics;

public class StudentTTests
{
    // scipy 1.10.1: stats.t.isf(probability, degrees).
    [Theory]
    [InlineData(0.05, 1, 6.313751514800938)]
    [InlineData(0.025, 2, 4.3026527299112765)]
    [InlineData(0.0005952380952380953, 4, 8.226275133136319)]
    [InlineData(1e-06, 1, 318309.88618278794)]
    [InlineData(1e-06, 9, 10.720160409937254)]
    [InlineData(5e-05, 99, 4.055041309114305)]
    // scipy's isf is off by 2e-9 here; this is the root of its betainc(15, 0.5, 30 / (30 + t²)) / 2 - 0.3.
    [InlineData(0.3, 30, 0.530019003906503)]
    public void Upper_quantile_is_that_of_scipy(double probability, int degrees, double expected)
        => (StudentT.UpperQuantile(probability, degrees) / expected).Should().BeApproximately(1, 1e-9);

    [Fact]
    public void Half_of_it_lies_above_zero() => StudentT.UpperQuantile(0.5, 3).Should().BeApproximately(0, 1e-12);
}
