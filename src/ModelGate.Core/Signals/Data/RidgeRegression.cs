using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGate.Signals.Data;

/// <summary>Ridge regression from one matrix of observations to any number of targets: (XᵀX + λI)⁻¹Xᵀy, or Xᵀ(XXᵀ + λI)⁻¹y where that is the smaller matrix, factored once (Cholesky).</summary>
/// <remarks>λ is the mean of the diagonal of XᵀX: observations are few beside their width, and only whether something is explained is asked. Sums have one order on every processor.</remarks>
internal sealed class RidgeRegression
{
    private readonly float[][] columns;
    private readonly double[][] factor;
    private readonly bool isDual;

    /// <summary>Factors the observations.</summary>
    /// <param name="rows">Centred observations, all of one width.</param>
    /// <param name="cancellation">Stops it.</param>
    public RidgeRegression(IReadOnlyList<float[]> rows, CancellationToken cancellation)
    {
        var width = rows[0].Length;
        columns = new float[width][];
        for (var j = 0; j < width; j++)
        {
            var column = columns[j] = new float[rows.Count];
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = rows[i][j];
            }
        }

        isDual = rows.Count < width;
        IReadOnlyList<float[]> vectors = isDual ? rows : columns;
        factor = new double[vectors.Count][];
        var trace = 0.0;
        for (var i = 0; i < factor.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            factor[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                factor[i][j] = Dot(vectors[i], vectors[j]);
            }

            trace += factor[i][i];
        }

        Factor(trace / width, cancellation);
    }

    /// <summary>The weights for a target: one number for each observation, centred.</summary>
    public float[] Fit(float[] target)
    {
        var solved = new double[factor.Length];
        for (var i = 0; i < solved.Length; i++)
        {
            solved[i] = ((isDual ? target[i] : Dot(columns[i], target)) - Dot(factor[i].AsSpan(0, i), solved.AsSpan(0, i))) / factor[i][i];
        }

        for (var i = solved.Length - 1; i >= 0; i--)
        {
            Subtract(solved.AsSpan(0, i), factor[i].AsSpan(0, i), solved[i] /= factor[i][i]);
        }

        var weights = Array.ConvertAll(solved, w => (float)w);
        return isDual ? Array.ConvertAll(columns, c => (float)Dot(c, weights)) : weights;
    }

    /// <summary>The sum of products.</summary>
    public static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var (a, b) = (Vector256<float>.Zero, Vector256<float>.Zero);
        ReadOnlySpan<Vector256<float>> lefts = MemoryMarshal.Cast<float, Vector256<float>>(left), rights = MemoryMarshal.Cast<float, Vector256<float>>(right);
        var i = 0;
        for (; i + 1 < lefts.Length; i += 2)
        {
            a += lefts[i] * rights[i];
            b += lefts[i + 1] * rights[i + 1];
        }

        if (i < lefts.Length)
        {
            a += lefts[i] * rights[i];
        }

        var sum = (double)Vector256.Sum(a + b);
        for (var k = lefts.Length * Vector256<float>.Count; k < left.Length; k++)
        {
            sum += left[k] * right[k];
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var a = Vector256<double>.Zero;
        ReadOnlySpan<Vector256<double>> lefts = MemoryMarshal.Cast<double, Vector256<double>>(left), rights = MemoryMarshal.Cast<double, Vector256<double>>(right);
        for (var i = 0; i < lefts.Length; i++)
        {
            a += lefts[i] * rights[i];
        }

        var sum = Vector256.Sum(a);
        for (var k = lefts.Length * Vector256<double>.Count; k < left.Length; k++)
        {
            sum += left[k] * right[k];
        }

        return sum;
    }

    private static void Subtract(Span<double> from, ReadOnlySpan<double> row, double times)
    {
        var factors = Vector256.Create(times);
        var targets = MemoryMarshal.Cast<double, Vector256<double>>(from);
        var values = MemoryMarshal.Cast<double, Vector256<double>>(row);
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] -= values[i] * factors;
        }

        for (var k = targets.Length * Vector256<double>.Count; k < from.Length; k++)
        {
            from[k] -= row[k] * times;
        }
    }

    // Row after row, each from those above it.
    private void Factor(double ridge, CancellationToken cancellation)
    {
        for (var i = 0; i < factor.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = factor[i];
            for (var j = 0; j < i; j++)
            {
                row[j] = (row[j] - Dot(row.AsSpan(0, j), factor[j].AsSpan(0, j))) / factor[j][j];
            }

            row[i] = Math.Sqrt(Math.Max(row[i] + ridge - Dot(row.AsSpan(0, i), row.AsSpan(0, i)), double.Epsilon));
        }
    }
}
