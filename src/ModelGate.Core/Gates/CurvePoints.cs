using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>Thins a curve out for a picture without hiding its peaks.</summary>
internal static class CurvePoints
{
    private const int MostBlocks = 350;

    /// <summary>
    /// The points themselves where they are few; else the lowest and the highest of each of 350 equal blocks, and one point that is
    /// not finite where a block holds one.
    /// </summary>
    public static IReadOnlyList<CurvePoint> Thin(IReadOnlyList<CurvePoint> points)
    {
        if (points.Count <= 2 * MostBlocks)
        {
            return points;
        }

        var kept = new List<CurvePoint>();
        var picked = new SortedSet<int>();
        for (var block = 0; block < MostBlocks; block++)
        {
            var start = (int)((long)block * points.Count / MostBlocks);
            var end = (int)((long)(block + 1) * points.Count / MostBlocks);
            Pick(points, start, end, picked);
            kept.AddRange(picked.Select(i => points[i]));
            picked.Clear();
        }

        return kept;
    }

    private static void Pick(IReadOnlyList<CurvePoint> points, int start, int end, SortedSet<int> picked)
    {
        var (lowest, highest) = (-1, -1);
        for (var i = start; i < end; i++)
        {
            if (!double.IsFinite(points[i].Y))
            {
                if (picked.Count == 0)
                {
                    picked.Add(i);
                }

                continue;
            }

            lowest = lowest < 0 || points[i].Y < points[lowest].Y ? i : lowest;
            highest = highest < 0 || points[i].Y > points[highest].Y ? i : highest;
        }

        if (lowest >= 0)
        {
            picked.Add(lowest);
            picked.Add(highest);
        }
    }
}
