using CsCheck;
using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Tests.Signals;

public class TensorStatisticsTests
{
    [Fact]
    public void A_large_mean_does_not_swallow_a_small_spread()
    {
        var values = Enumerable.Range(0, 100_001).Select(i => 1e9 + (i % 2)).ToArray();

        var statistics = Measure(values);

        statistics.StandardDeviation.Should().BeApproximately(0.5, 1e-6);
    }

    [Fact]
    public void A_constant_does_not_vary() => Measure([.. Enumerable.Repeat(0.1, 50_000)]).Should().Be(new TensorStatistics(0, 0, 0.1, 0.1, 0.1, 0));

    [Fact]
    public void No_finite_number_means_no_statistics() => Measure([double.NaN, double.PositiveInfinity]).Should().Be(new TensorStatistics(1, 1, null, null, null, null));

    [Fact]
    public void Numbers_that_overflow_their_sum_still_have_a_mean() => Measure([double.MaxValue, double.MaxValue]).Mean.Should().Be(double.MaxValue);

    [Fact]
    public void It_agrees_with_the_definition()
        => Gen.Double[-1e6, 1e6].Array[1, 40_000].Sample(
            values =>
            {
                var statistics = Measure(values);
                var mean = values.Average();
                var std = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length);
                return Math.Abs(statistics.Mean!.Value - mean) <= 1e-6 && Math.Abs(statistics.StandardDeviation!.Value - std) <= 1e-6 * Math.Max(1, std)
                    && statistics.Minimum == values.Min() && statistics.Maximum == values.Max();
            },
            iter: 50,
            seed: "0000000000001");

    private static TensorStatistics Measure(double[] values)
        => TensorStatistics.Measure(new TensorEntry("x", DType.Float64, [values.Length], values.Length, new Doubles(values)), TestContext.Current.CancellationToken)!;

    private sealed class Doubles(double[] values) : ITensorData
    {
        public void CopyElements(long first, Span<byte> destination)
            => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan((int)first))[..destination.Length].CopyTo(destination);
    }
}
