using ModelGate.Benchmarks.Curves;

namespace ModelGate.Tests.Gates.Curves;

/// <summary>The stability that docs/gates/MG4001.md claims, on fewer curves than the benchmark's table.</summary>
public class SeededCurvesTests
{
    // 300 curves of a class that is judged right at 98 % are right at 96 % or more but for one time in a hundred.
    [Theory]
    [InlineData("good", 0.96)]
    [InlineData("stagnant", 0.96)]
    [InlineData("oscillating", 0.96)]
    [InlineData("diverging", 0.96)]
    [InlineData("not finite", 1)]
    [InlineData("saturated", 1)]
    [InlineData("too few points", 1)]
    public void A_class_is_judged_right(string name, double least)
        => (Enumerable.Range(0, 300).Count(seed => ConfusionMatrix.Verdict(SeededCurves.Of(name, seed)) == name) / 300.0).Should().BeGreaterThanOrEqualTo(least);

    [Fact]
    public void The_same_seed_gives_the_same_curve()
        => SeededCurves.Of("good", 7).Series.Points.Should().Equal(SeededCurves.Of("good", 7).Series.Points);
}
