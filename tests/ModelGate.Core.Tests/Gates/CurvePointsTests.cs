using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates;

public class CurvePointsTests
{
    [Fact]
    public void Few_points_stay_as_they_are()
    {
        var points = Enumerable.Range(0, 700).Select(i => new CurvePoint(i, i % 7)).ToArray();
        CurvePoints.Thin(points).Should().BeSameAs(points);
    }

    [Fact]
    public void Many_points_keep_peaks_gaps_and_order()
    {
        var points = Enumerable.Range(0, 1_000_000).Select(i => new CurvePoint(i, i switch { 123_456 => 50, 654_321 => -50, 777_777 => double.NaN, _ => Math.Sin(i) })).ToArray();
        var thin = CurvePoints.Thin(points);
        thin.Should().HaveCountLessThanOrEqualTo(1050).And.BeInAscendingOrder(p => p.X);
        thin.Should().Contain(points[123_456]).And.Contain(points[654_321]);
        thin.Should().ContainSingle(p => double.IsNaN(p.Y));
    }
}
