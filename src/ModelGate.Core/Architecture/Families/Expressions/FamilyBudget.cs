namespace ModelGate.Architecture.Families.Expressions;

/// <summary>What one expansion may cost: hyperparameters come from a file, and one number there could ask for billions of keys.</summary>
internal sealed class FamilyBudget
{
    /// <summary>Most keys of an architecture.</summary>
    public const int MostKeys = 200_000;

    /// <summary>Most values of one list or range.</summary>
    public const int LongestList = 100_000;

    /// <summary>Deepest nesting of an expression, and of parts in parts.</summary>
    public const int DeepestNesting = 24;

    /// <summary>Longest name of a key, in characters.</summary>
    public const int LongestName = 1024;

    private const long MostSteps = 5_000_000;

    private long steps;

    /// <summary>Counts steps of work.</summary>
    /// <exception cref="FamilyException">The limit is spent.</exception>
    public void Step(int count = 1)
    {
        steps += count;
        if (steps > MostSteps)
        {
            throw new FamilyException(SafeText.Of($"the hyperparameters ask for more than {MostSteps} steps of arithmetic, which is the limit"));
        }
    }

    /// <summary>Refuses a list that is too long.</summary>
    public static void RequireLength(long count)
    {
        if (count > LongestList)
        {
            throw new FamilyException(SafeText.Of($"a list or range of {count} is over the limit of {LongestList}"));
        }
    }
}
