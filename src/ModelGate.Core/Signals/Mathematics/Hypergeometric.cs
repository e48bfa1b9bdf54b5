namespace ModelGate.Signals.Mathematics;

/// <summary>Draws without replacement: how many of the drawn are marked.</summary>
internal static class Hypergeometric
{
    /// <summary>The chance that at least so many of the drawn are marked.</summary>
    /// <param name="total">How many there are.</param>
    /// <param name="marked">How many of them are marked.</param>
    /// <param name="drawn">How many are drawn.</param>
    /// <param name="atLeast">How many of the drawn are marked at least.</param>
    public static double UpperTail(int total, int marked, int drawn, int atLeast)
    {
        var sum = 0.0;
        var all = LogChoose(total, drawn);
        for (var k = Math.Max(atLeast, drawn - (total - marked)); k <= Math.Min(drawn, marked); k++)
        {
            sum += Math.Exp(LogChoose(marked, k) + LogChoose(total - marked, drawn - k) - all);
        }

        return Math.Min(1, sum);
    }

    private static double LogChoose(int n, int k)
    {
        // The shorter of the two products.
        k = Math.Min(k, n - k);
        var sum = 0.0;
        for (var i = 1; i <= k; i++)
        {
            sum += Math.Log((double)(n - k + i) / i);
        }

        return sum;
    }
}
