namespace ModelGate.Bytes;

/// <summary>What is known of a limit at build time.</summary>
/// <param name="Name">The name in a configuration and on the command line, such as <c>pickleOpcodes</c>.</param>
/// <param name="Description">What it bounds, its unit, and what it stops: the doc comment of the limit.</param>
/// <param name="Highest">The highest value that it can have.</param>
/// <param name="Get">Its value in a set of limits; a time in whole seconds.</param>
/// <param name="With">The same limits with another value.</param>
internal sealed record LimitDescriptor(string Name, string Description, long Highest, Func<ReadLimits, long> Get, Func<ReadLimits, long, ReadLimits> With)
{
    /// <summary>The lowest value of every limit: without any room nothing could be read at all.</summary>
    public const long Lowest = 1;

    /// <summary>The value that holds when nothing else is said.</summary>
    public long Default => Get(ReadLimits.Default);

    /// <summary>Finds a limit by its exact name.</summary>
    public static LimitDescriptor? Find(string name) => ReadLimits.All.FirstOrDefault(l => l.Name == name);
}
