namespace ModelGate.Faults;

/// <summary>The process has no file handles or no memory left: no file is at fault, and what was not read yet cannot be judged.</summary>
internal sealed class ResourcesExhaustedException : Exception
{
    private ResourcesExhaustedException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>No file can be opened any more.</summary>
    /// <param name="whose">Whose limit is reached: the process or the system.</param>
    public static ResourcesExhaustedException OfHandles(string whose)
        => new($"{whose} has too many files open: raise the limit (ulimit -n), or judge fewer files at once");

    /// <summary>The exhaustion of resources that an exception comes from, however it was wrapped on its way; null where it comes from another cause.</summary>
    public static ResourcesExhaustedException? Find(Exception fault) => fault switch
    {
        ResourcesExhaustedException exhausted => exhausted,
        OutOfMemoryException memory => OfMemory(memory),
        AggregateException several => several.InnerExceptions.Select(Find).FirstOrDefault(f => f is not null),
        { InnerException: { } inner } => Find(inner),
        _ => null,
    };

    /// <summary>Reading takes more memory than the process may have.</summary>
    public static ResourcesExhaustedException OfMemory(OutOfMemoryException cause)
        => new("reading takes more memory than this process may have: give it more, or lower the limits in the configuration", cause);
}
