using ModelGate.Artifacts;

namespace ModelGate.Readers.Logs;

/// <summary>A part of the points of a curve that is too long to be held whole, which tells the same of it.</summary>
/// <remarks>
/// In the order of the log every 2^k-th point is held, so that a share of those that are held is the same share of the run, and their level, slope and noise are
/// those of all. Beside them, of each 128 that are held, the lowest and the highest of the points that they stand for; the last point; and every point that is
/// not finite, of more than 16,384 again every 2^k-th.
/// </remarks>
/// <param name="most">The number of points that are held at most, but for those beside.</param>
internal sealed class ThinnedCurve(int most)
{
    private const int BlockShift = 7;
    private const int MostNotFinite = 1 << 14;

    private readonly Sample sample = new();
    private readonly Sample notFinite = new();
    private readonly List<Block> blocks = [];
    private Block block = Block.Empty;
    private long blockEnd = 1 << BlockShift;
    private Logged last = Logged.None;

    /// <summary>The number of points that were logged.</summary>
    public long Count { get; private set; }

    /// <summary>The number of points that are held.</summary>
    public int Held => sample.Count + notFinite.Count + (2 * blocks.Count);

    /// <summary>Holds fewer points from now on.</summary>
    public void Limit(int points)
    {
        while (sample.Count > points)
        {
            sample.Halve();
            MergeBlocks();
        }

        most = points;
    }

    /// <summary>Adds a point.</summary>
    public void Add(long step, double value)
    {
        last = new Logged(Count++, step, value);
        sample.Add(last);
        if (sample.Count > most)
        {
            sample.Halve();
            MergeBlocks();
        }

        if (last.Index == blockEnd)
        {
            blocks.Add(block);
            block = Block.Empty;
            blockEnd += 1L << (sample.Shift + BlockShift);
        }

        if (!double.IsFinite(value))
        {
            notFinite.Add(last);
            if (notFinite.Count > MostNotFinite)
            {
                notFinite.Halve();
            }

            return;
        }

        if (block.Lowest.IsNone || value < block.Lowest.Value)
        {
            block.Lowest = last;
        }

        if (block.Highest.IsNone || value > block.Highest.Value)
        {
            block.Highest = last;
        }
    }

    /// <summary>Takes back every point from a step on.</summary>
    public void RemoveFrom(long step)
    {
        sample.RemoveFrom(step);
        notFinite.RemoveFrom(step);
        last = last.Step >= step ? Logged.None : last;
        block = block.Before(step);
        for (var i = 0; i < blocks.Count; i++)
        {
            blocks[i] = blocks[i].Before(step);
        }
    }

    /// <summary>The points that are held, in the order of the log, without those whose steps ran again.</summary>
    public List<ScalarPoint> Points()
    {
        var points = sample.Points.Concat(notFinite.Points).Concat(blocks.Append(block).SelectMany(b => (Logged[])[b.Lowest, b.Highest])).Append(last)
            .Where(p => !p.IsNone).DistinctBy(p => p.Index).OrderBy(p => p.Index).ToArray();

        // Where a later start ran the same steps, others of them may be held of it than of the earlier: its whole range counts.
        var held = new List<ScalarPoint>(points.Length);
        var (again, start) = ((Low: long.MaxValue, High: long.MinValue), (Low: long.MaxValue, High: long.MinValue));
        for (var i = points.Length - 1; i >= 0; i--)
        {
            var step = points[i].Step;
            if (i + 1 < points.Length && step >= points[i + 1].Step)
            {
                again = (Math.Min(again.Low, start.Low), Math.Max(again.High, start.High));
                start = (long.MaxValue, long.MinValue);
            }

            start = (Math.Min(start.Low, step), Math.Max(start.High, step));
            if (step < again.Low || step > again.High)
            {
                held.Add(new ScalarPoint(step, points[i].Value));
            }
        }

        held.Reverse();
        return held;
    }

    // Each stands for twice as many points as before.
    private void MergeBlocks()
    {
        blocks.Add(block);
        for (var i = 0; 2 * i < blocks.Count; i++)
        {
            blocks[i] = (2 * i) + 1 < blocks.Count ? blocks[2 * i].With(blocks[(2 * i) + 1]) : blocks[2 * i];
        }

        blocks.RemoveRange((blocks.Count + 1) / 2, blocks.Count / 2);
        block = blocks[^1];
        blocks.RemoveAt(blocks.Count - 1);
        blockEnd = (blocks.Count + 1L) << (sample.Shift + BlockShift);
    }

    /// <summary>A point and its place in the log.</summary>
    private readonly record struct Logged(long Index, long Step, double Value)
    {
        public static Logged None => new(-1, 0, 0);

        public bool IsNone => Index < 0;
    }

    /// <summary>The extremes of points that follow each other.</summary>
    private struct Block
    {
        public Logged Lowest;
        public Logged Highest;

        public static Block Empty => new() { Lowest = Logged.None, Highest = Logged.None };

        public readonly Block With(Block later) => new()
        {
            Lowest = Lowest.IsNone || (!later.Lowest.IsNone && later.Lowest.Value < Lowest.Value) ? later.Lowest : Lowest,
            Highest = Highest.IsNone || (!later.Highest.IsNone && later.Highest.Value > Highest.Value) ? later.Highest : Highest,
        };

        public readonly Block Before(long step) => new() { Lowest = Lowest.Step >= step ? Logged.None : Lowest, Highest = Highest.Step >= step ? Logged.None : Highest };
    }

    /// <summary>Every 2^k-th of many points.</summary>
    private sealed class Sample
    {
        private readonly List<Logged> held = [];
        private long passed;

        /// <summary>Binary logarithm of the number of points that each one stands for.</summary>
        public int Shift { get; private set; }

        public int Count => held.Count;

        public IEnumerable<Logged> Points => held;

        public void Add(in Logged point)
        {
            if ((passed++ & ((1L << Shift) - 1)) == 0)
            {
                held.Add(point);
            }
        }

        /// <summary>Holds every second of the points from now on.</summary>
        public void Halve()
        {
            for (var i = 0; 2 * i < held.Count; i++)
            {
                held[i] = held[2 * i];
            }

            held.RemoveRange((held.Count + 1) / 2, held.Count / 2);
            Shift++;
        }

        public void RemoveFrom(long step) => held.RemoveAll(p => p.Step >= step);
    }
}
