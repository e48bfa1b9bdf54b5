namespace ModelGate.Readers.RowLogs;

/// <summary>What trainers call the step in a row of numbers.</summary>
internal static class StepNames
{
    /// <summary>The epoch, which counts for a step where there is no other.</summary>
    public const string Epoch = "epoch";

    private static readonly string[] Names = ["step", "global_step", "_step", "iteration", "iter", "num_updates", "steps", "trainer/global_step", Epoch];

    /// <summary>The position of the name that says the step, the most exact one first; -1 where there is none.</summary>
    public static int IndexIn(IReadOnlyList<string> names)
    {
        foreach (var name in Names)
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    /// <summary>The step that a number is; null where it is none.</summary>
    public static long? StepOf(double value) => Math.Abs(value) < 1L << 53 && Math.Floor(value) == value ? (long)value : null;
}
