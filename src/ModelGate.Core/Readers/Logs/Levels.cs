namespace ModelGate.Readers.Logs;

/// <summary>Tells whether a series came back to where it began when training was started again.</summary>
internal sealed class Levels
{
    private const int Points = 3;
    private const int MostLost = 16;

    private readonly double[] first = new double[Points];
    private readonly double[] recent = new double[Points];
    private readonly double[] fresh = new double[Points];
    private readonly List<(long Step, double First, double Before, double After)> lost = [];
    private long count;
    private int expected;
    private double before;
    private long step;

    /// <summary>The starts that lost what was learned: where the series began, what it had come to, and where it was afterwards.</summary>
    public IReadOnlyList<(long Step, double First, double Before, double After)> Lost => lost;

    /// <summary>Notes a value.</summary>
    public void Note(long at, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        if (expected > 0)
        {
            step = expected == Points ? at : step;
            fresh[Points - expected--] = value;
            if (expected == 0)
            {
                Compare();
            }
        }

        if (count < Points)
        {
            first[count] = value;
        }

        recent[count++ % Points] = value;
    }

    /// <summary>Notes that training was started again.</summary>
    public void StartAgain()
    {
        if (count >= 2 * Points)
        {
            (before, expected) = (Middle(recent), Points);
        }
    }

    // It had fallen by half of where it began, and has lost more than three quarters of that fall.
    private void Compare()
    {
        var (began, after) = (Middle(first), Middle(fresh));
        var fall = began - before;
        if (fall > Math.Abs(began) / 2 && after - before > 0.75 * fall && lost.Count < MostLost)
        {
            lost.Add((step, began, before, after));
        }
    }

    private static double Middle(double[] three) => Math.Max(Math.Min(three[0], three[1]), Math.Min(Math.Max(three[0], three[1]), three[2]));
}
