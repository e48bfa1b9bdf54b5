namespace ModelGate.Signals.Data;

/// <summary>Shuffles in which nothing keeps its place, the same on every machine.</summary>
internal static class Pairings
{
    private const ulong Seed = 0x9E3779B97F4A7C15;

    /// <summary>As many shuffles of as many things: for each the other one that it is paired with.</summary>
    /// <param name="count">How many things, two at least.</param>
    /// <param name="shuffles">How many shuffles.</param>
    public static IEnumerable<int[]> Shuffled(int count, int shuffles)
    {
        var state = Seed;
        for (var i = 0; i < shuffles; i++)
        {
            // Cyclic, so that no thing is paired with itself (Sattolo 1986).
            var order = Enumerable.Range(0, count).ToArray();
            for (var j = order.Length - 1; j > 0; j--)
            {
                var k = (int)(Next(ref state) % (ulong)j);
                (order[j], order[k]) = (order[k], order[j]);
            }

            yield return order;
        }
    }

    // SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
