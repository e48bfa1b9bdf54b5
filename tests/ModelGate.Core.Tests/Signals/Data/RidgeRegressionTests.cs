using MathNet.Numerics.LinearAlgebra;
using ModelGate.Signals.Data;

namespace ModelGate.Tests.Signals.Data;

public class RidgeRegressionTests
{
    [Theory]
    [InlineData(200, 37)]
    [InlineData(40, 64)]
    [InlineData(5, 5)]
    public void Solves_what_Math_NET_solves_whichever_matrix_is_the_smaller(int count, int width)
    {
        var random = new Random(count);
        var rows = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray()).ToArray();
        var target = Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();

        var weights = new RidgeRegression(rows, CancellationToken.None).Fit(target);

        var x = Matrix<double>.Build.DenseOfRows(rows.Select(r => r.Select(v => (double)v)));
        var gram = x.TransposeThisAndMultiply(x);
        var expected = (gram + (gram.Trace() / width * Matrix<double>.Build.DenseIdentity(width))).Solve(x.TransposeThisAndMultiply(Vector<double>.Build.DenseOfEnumerable(target.Select(v => (double)v))));
        weights.Zip(expected).Should().OnlyContain(p => Math.Abs(p.First - p.Second) < 1e-5);
    }
}
