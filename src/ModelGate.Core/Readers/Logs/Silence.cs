namespace ModelGate.Readers.Logs;

/// <summary>Tells whether a series that was logged regularly has fallen silent while the log goes on.</summary>
/// <remarks>Rows of the log are counted and not steps: a series may count its steps in epochs.</remarks>
internal sealed class Silence
{
    // Fewer values have no rhythm.
    private const long FewestValues = 8;

    // So many values are missed before a series counts as silent: the last rows of a log may be of another kind.
    private const double Missed = 2.5;

    private long values;
    private long first;
    private long last;

    /// <summary>The row of its first value; null before it.</summary>
    public long? First => values > 0 ? first : null;

    /// <summary>The row of its last value.</summary>
    public long Last => last;
    private long widest;

    /// <summary>Notes a value.</summary>
    /// <param name="row">The number of the row that holds it.</param>
    public void Note(long row)
    {
        if (values++ == 0)
        {
            (first, last) = (row, row);
            return;
        }

        widest = Math.Max(widest, row - last);
        last = row;
    }

    /// <summary>Whether it has fallen silent by a row.</summary>
    public bool HasFallen(long row)
        => values >= FewestValues && row - last is var gap && gap > Missed * (last - first) / (values - 1) && gap > 1.5 * widest;
}
