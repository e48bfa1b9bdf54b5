using System.Runtime.Intrinsics;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Tests.Signals.Mathematics;

public class LaneExponentialTests
{
    [Fact]
    public void It_is_the_runtimes_to_fifteen_digits()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var x = (random.NextDouble() - 0.5) * (i % 2 == 0 ? 1400 : 2);
            var values = LaneExponential.Of(Vector256.Create(x, -x, x / 3, 0));
            (values[0] / Math.Exp(x)).Should().BeApproximately(1, 1e-15);
            (values[1] / Math.Exp(-x)).Should().BeApproximately(1, 1e-15);
            (values[2] / Math.Exp(x / 3)).Should().BeApproximately(1, 1e-15);
            values[3].Should().Be(1);
        }
    }
}
