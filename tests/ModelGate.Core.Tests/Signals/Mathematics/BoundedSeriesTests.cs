using ModelGate.Signals.Mathematics;

namespace ModelGate.Tests.Signals.Mathematics;

public class BoundedSeriesTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(7, 7, 1)]
    [InlineData(8, 8, 1)]
    [InlineData(9, 5, 2)]
    [InlineData(16, 8, 2)]
    [InlineData(17, 5, 4)]
    [InlineData(1000, 8, 128)]
    public void It_holds_every_stride_th_number(int count, int held, int stride)
    {
        var series = new BoundedSeries(8);
        for (var i = 0; i < count; i++)
        {
            series.Add(i);
        }

        series.Values.ToArray().Should().Equal(Enumerable.Range(0, held).Select(i => (double)i * stride));
    }
}
