using System.Numerics;
using System.Runtime.Intrinsics;
using CsCheck;
using MathNet.Numerics.IntegralTransforms;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Tests.Signals;

public class RealFourierTransformTests
{
    private static readonly Gen<double[]> Frames =
        from exponent in Gen.Int[2, 13]
        from values in Gen.Double[-1, 1].Array[4 << exponent]
        select values;

    [Fact]
    public void It_agrees_with_MathNet_at_every_length()
        => Frames.Sample(
            values =>
            {
                var length = values.Length / 4;
                var (real, imaginary, powers) = Run(values, length);
                for (var lane = 0; lane < 4; lane++)
                {
                    var expected = Enumerable.Range(0, length).Select(i => new Complex(values[(4 * i) + lane], 0)).ToArray();
                    Fourier.Forward(expected, FourierOptions.NoScaling);
                    for (var k = 0; k <= length / 2; k++)
                    {
                        real[k][lane].Should().BeApproximately(expected[k].Real, 1e-11);
                        imaginary[k][lane].Should().BeApproximately(expected[k].Imaginary, 1e-11);
                        powers[k][lane].Should().BeApproximately(expected[k].Magnitude * expected[k].Magnitude, 1e-9);
                    }
                }
            },
            seed: "0000KOIa036x",
            iter: 40);

    [Fact]
    public void A_sine_of_whole_periods_has_one_line()
    {
        var values = new double[4 * 2048];
        for (var i = 0; i < 2048; i++)
        {
            for (var lane = 0; lane < 4; lane++)
            {
                values[(4 * i) + lane] = Math.Sin(2 * Math.PI * (lane + 5) * i / 2048);
            }
        }

        var (real, imaginary, _) = Run(values, 2048);
        for (var lane = 0; lane < 4; lane++)
        {
            for (var k = 0; k <= 1024; k++)
            {
                real[k][lane].Should().BeApproximately(0, 1e-10);
                imaginary[k][lane].Should().BeApproximately(k == lane + 5 ? -1024 : 0, 1e-10);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(-8)]
    public void A_length_that_is_no_power_of_two_is_refused(int length)
    {
        var create = () => new RealFourierTransform(length);
        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static (Vector256<double>[] Real, Vector256<double>[] Imaginary, Vector256<double>[] Powers) Run(double[] values, int length)
    {
        var frames = Enumerable.Range(0, length).Select(i => Vector256.Create(values, 4 * i)).ToArray();
        var transform = new RealFourierTransform(length);
        Vector256<double>[] real = new Vector256<double>[transform.Bins], imaginary = new Vector256<double>[transform.Bins], powers = new Vector256<double>[transform.Bins];
        transform.Transform(frames, real, imaginary);
        transform.Power(frames, powers);
        return (real, imaginary, powers);
    }
}
