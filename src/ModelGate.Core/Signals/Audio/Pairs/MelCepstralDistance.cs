using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ModelGate.Signals.Audio.Frames;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The mel-cepstral distortion between two recordings, aligned by dynamic time warping.</summary>
/// <remarks>
/// Coefficients 1 to 13 of each log-mel frame, sqrt(2/80) times the orthonormal DCT-II; steps (1,1), (0,1), (1,0), of which the first wins a tie; the mean over the path
/// of 10/ln 10 · sqrt(2 Σ d²) (Kubichek 1993). The distance along a path is the cost that the path is chosen by, so that cost and length of the best path to each cell are carried
/// on and no path is kept, except for what they were every 2.5 seconds of the output. Up to 60 seconds every path is tried; above, those that stay within five seconds of the diagonal.
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

    /// <summary>The distortion.</summary>
    public static MelCepstralPath Of(LogMelSpectrogram output, LogMelSpectrogram reference, int rate, CancellationToken cancellation)
    {
        var (rows, columns) = (Cepstra(output), Cepstra(reference));
        var framesPerSecond = (double)rate / LogMelSpectrogram.Hop;
        var isBanded = Math.Max(output.Frames, reference.Frames) > ExactSeconds * framesPerSecond;
        var ends = StepEnds(output.Frames, framesPerSecond);
        var marks = Warp(rows, output.Frames, columns, reference.Frames, isBanded ? (int)(BandSeconds * framesPerSecond) : int.MaxValue, ends, cancellation);
        return new MelCepstralPath(Decibels(default, marks[^1]), isBanded, Furthest(marks, ends, framesPerSecond), PathOf(rows, columns, reference.Frames, marks, ends, cancellation));
    }

    // The first frame behind each step of 2.5 seconds, and behind the last frame; at least one frame is in each.
    private static int[] StepEnds(int frames, double framesPerSecond)
    {
        var ends = new List<int>();
        for (var step = 1; ends.Count == 0 || ends[^1] < frames; step++)
        {
            var end = Math.Max(ends.Count == 0 ? 1 : ends[^1] + 1, Math.Round(step * Stretch.StepSeconds * framesPerSecond));
            ends.Add((int)Math.Min(frames, end));
        }

        return [.. ends];
    }

    // Between two marks through which the best path goes, it is the best path from the one to the other: a matrix of 2.5 seconds, and not one of the whole.
    private static List<(int Row, int Column)> PathOf(double[] a, double[] b, int columns, Cell[] marks, int[] ends, CancellationToken cancellation)
    {
        var path = new List<(int Row, int Column)> { (0, 0) };
        var (fromRow, fromColumn) = (0, 0);
        for (var mark = 0; mark < marks.Length; mark++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (toRow, toColumn) = (ends[mark] - 1, mark == marks.Length - 1 ? columns - 1 : marks[mark + 1].Mark);
            AppendBlock(path, a, fromRow, toRow, b, fromColumn, toColumn);
            (fromRow, fromColumn) = (toRow, toColumn);
        }

        return path;
    }

    private static void AppendBlock(List<(int Row, int Column)> path, double[] a, int fromRow, int toRow, double[] b, int fromColumn, int toColumn)
    {
        var width = toColumn - fromColumn + 1;
        var cameFrom = new byte[(toRow - fromRow + 1) * width];
        var (above, current) = (new double[width], new double[width]);
        for (var row = fromRow; row <= toRow; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var distance = Distance(a, row, b, fromColumn + column);
                if (row == fromRow && column == 0)
                {
                    current[0] = distance;
                    continue;
                }

                var (best, from) = (row > fromRow && column > 0 ? above[column - 1] : double.PositiveInfinity, (byte)0);
                if (column > 0 && current[column - 1] < best)
                {
                    (best, from) = (current[column - 1], 1);
                }

                if (row > fromRow && above[column] < best)
                {
                    (best, from) = (above[column], 2);
                }

                current[column] = best + distance;
                cameFrom[((row - fromRow) * width) + column] = from;
            }

            (above, current) = (current, above);
        }

        var start = path.Count;
        for (var (row, column) = (toRow - fromRow, width - 1); row > 0 || column > 0;)
        {
            path.Add((fromRow + row, fromColumn + column));
            var from = cameFrom[(row * width) + column];
            (row, column) = (from == 1 ? row : row - 1, from == 2 ? column : column - 1);
        }

        path.Reverse(start, path.Count - start);
    }

    private static double Decibels(Cell from, Cell to) => 10 / Math.Log(10) * Math.Sqrt(2) * (to.Cost - from.Cost) / (to.Length - from.Length);

    private static Stretch? Furthest(Cell[] marks, int[] ends, double framesPerSecond)
    {
        Stretch? furthest = null;
        for (var end = Math.Min(marks.Length, Stretch.Steps); end <= marks.Length; end++)
        {
            var begin = Math.Max(0, end - Stretch.Steps);
            var time = new TimeRange(begin == 0 ? 0 : ends[begin - 1] / framesPerSecond, ends[end - 1] / framesPerSecond);
            furthest = Stretch.Higher(furthest, new Stretch(Decibels(begin == 0 ? default : marks[begin - 1], marks[end - 1]), time));
        }

        return furthest;
    }

    private static Cell[] Warp(double[] a, int rows, double[] b, int columns, int band, int[] ends, CancellationToken cancellation)
    {
        var marks = new List<(int Low, Cell[] Cells)>();
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
                left = row == 0 && column == 0 ? new Cell(distance, 1, 0) : new Cell(best.Cost + distance, best.Length + 1, best.Mark);
                current[column] = left;
                diagonal = up;
            }

            (above, current) = (current, above);
            (lowAbove, highAbove) = (low, high);
            if (row + 1 == ends[marks.Count] && row + 1 < rows)
            {
                // Behind a mark each path remembers in which column it passed it. Of a row that is as long as the reference, only the band is kept.
                marks.Add((low, above[low..(high + 1)]));
                for (var column = low; column <= high; column++)
                {
                    above[column] = above[column] with { Mark = column };
                }
            }
        }

        var cell = above[columns - 1];
        var passed = new Cell[marks.Count + 1];
        passed[^1] = cell;
        for (var mark = marks.Count - 1; mark >= 0; mark--)
        {
            cell = marks[mark].Cells[cell.Mark - marks[mark].Low];
            passed[mark] = cell;
        }

        return passed;
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

    /// <summary>The best path to a cell.</summary>
    /// <param name="Cost">The sum of the distances.</param>
    /// <param name="Length">The number of cells.</param>
    /// <param name="Mark">The column in which it passed the last mark.</param>
    private readonly record struct Cell(double Cost, int Length, int Mark)
    {
        public static Cell None { get; } = new(double.PositiveInfinity, 0, 0);
    }
}

/// <summary>How far two recordings are apart along the best alignment.</summary>
/// <param name="Decibels">The distortion in dB.</param>
/// <param name="IsBanded">Whether the path was held near the diagonal.</param>
/// <param name="Furthest">The ten seconds of the output in which it is highest.</param>
/// <param name="Frames">The path: frames of the output and the reference that belong together.</param>
internal sealed record MelCepstralPath(double Decibels, bool IsBanded, Stretch? Furthest, IReadOnlyList<(int Row, int Column)> Frames);
