using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ModelGate.Signals.Audio.Frames;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The mel-cepstral distortion between two recordings, aligned by dynamic time warping.</summary>
/// <remarks>
/// Coefficients 1 to 13 of each log-mel frame, sqrt(2/80) times the orthonormal DCT-II; steps (1,1), (0,1), (1,0), of which the first wins a tie; the mean over the path
/// of 10/ln 10 · sqrt(2 Σ d²) (Kubichek 1993). The distance along a path is the cost that the path is chosen by, so that cost and length of the best path to each cell are carried
/// on and no path is kept. Up to 60 seconds every path is tried; above, those that stay within five seconds of the diagonal.
/// </remarks>
internal static class MelCepstralDistance
{
    /// <summary>The duration up to which every path is tried.</summary>
    public const double ExactSeconds = 60;

    /// <summary>How far a path may leave the diagonal in longer recordings.</summary>
    public const double BandSeconds = 5;

    private const int Coefficients = 13;
    private const int Stride = 16;

    private static readonly double[] Cosines = [.. Enumerable.Range(1, Coefficients).SelectMany(k => Enumerable.Range(0, LogMelSpectrogram.Bands)
        .Select(n => 2.0 / LogMelSpectrogram.Bands * Math.Cos(Math.PI * k * ((2 * n) + 1) / (2 * LogMelSpectrogram.Bands))))];

    /// <summary>The distortion in dB, and whether the path was held near the diagonal.</summary>
    public static (double Decibels, bool IsBanded) Of(LogMelSpectrogram output, LogMelSpectrogram reference, int rate, CancellationToken cancellation)
    {
        var (rows, columns) = (Cepstra(output), Cepstra(reference));
        var framesPerSecond = (double)rate / LogMelSpectrogram.Hop;
        var isBanded = Math.Max(output.Frames, reference.Frames) > ExactSeconds * framesPerSecond;
        var (cost, length) = Warp(rows, output.Frames, columns, reference.Frames, isBanded ? (int)(BandSeconds * framesPerSecond) : int.MaxValue, cancellation);
        return (10 / Math.Log(10) * Math.Sqrt(2) * cost / length, isBanded);
    }

    private static (double Cost, int Length) Warp(double[] a, int rows, double[] b, int columns, int band, CancellationToken cancellation)
    {
        var (above, current) = (new Cell[columns], new Cell[columns]);
        Array.Fill(above, Cell.None);
        Array.Fill(current, Cell.None);
        var (lowAbove, highAbove) = (0, -1);

        // A file of few frames takes long steps along the other: no band is narrower than one of them.
        band = rows == 1 ? int.MaxValue : Math.Max(band, ((columns - 1) / (rows - 1)) + 1);
        for (var row = 0; row < rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var centre = rows == 1 ? 0 : (int)((long)row * (columns - 1) / (rows - 1));
            var low = (int)Math.Max(0L, (long)centre - band);
            var high = (int)Math.Min(columns - 1L, (long)centre + band);
            var left = Cell.None;
            var diagonal = row > 0 && low > lowAbove && low - 1 <= highAbove ? above[low - 1] : Cell.None;
            for (var column = low; column <= high; column++)
            {
                var up = column >= lowAbove && column <= highAbove ? above[column] : Cell.None;
                var best = diagonal;
                if (left.Cost < best.Cost)
                {
                    best = left;
                }

                if (up.Cost < best.Cost)
                {
                    best = up;
                }

                var distance = Distance(a, row, b, column);
                left = row == 0 && column == 0 ? new Cell(distance, 1) : new Cell(best.Cost + distance, best.Length + 1);
                current[column] = left;
                diagonal = up;
            }

            (above, current) = (current, above);
            (lowAbove, highAbove) = (low, high);
        }

        return (above[columns - 1].Cost, above[columns - 1].Length);
    }

    private static double Distance(double[] a, int row, double[] b, int column)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(a);
        ref var y = ref MemoryMarshal.GetArrayDataReference(b);
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < Stride; i += Vector256<double>.Count)
        {
            var difference = Vector256.LoadUnsafe(ref x, (nuint)((row * Stride) + i)) - Vector256.LoadUnsafe(ref y, (nuint)((column * Stride) + i));
            sum += difference * difference;
        }

        return Math.Sqrt(Vector256.Sum(sum));
    }

    private static double[] Cepstra(LogMelSpectrogram mel)
    {
        var result = new double[mel.Frames * Stride];
        for (var frame = 0; frame < mel.Frames; frame++)
        {
            var bands = mel[frame];
            for (var k = 0; k < Coefficients; k++)
            {
                var sum = 0.0;
                for (var n = 0; n < bands.Length; n++)
                {
                    sum += bands[n] * Cosines[(k * LogMelSpectrogram.Bands) + n];
                }

                result[(frame * Stride) + k] = sum;
            }
        }

        return result;
    }

    private readonly record struct Cell(double Cost, int Length)
    {
        public static Cell None { get; } = new(double.PositiveInfinity, 0);
    }
}
