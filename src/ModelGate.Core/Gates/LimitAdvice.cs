using ModelGate.Faults;

namespace ModelGate.Gates;

/// <summary>Says how a limit that a file breaks is raised: readers know limits, and neither the command line nor the configuration.</summary>
internal static class LimitAdvice
{
    /// <summary>The sentence of a fault, with what the user can do about it.</summary>
    public static SafeText SentenceWithAdvice(this ArtifactFault fault)
        => fault.Limit is not { } limit ? fault.Sentence
            : fault.Offset is { } at ? SafeText.Of($"{Advice(fault, limit)} (offset {at})")
            : Advice(fault, limit);

    private static SafeText Advice(ArtifactFault fault, string limit)
        => SafeText.Of($"{fault.Description}, which --limit {limit}=N or \"limits\" in the configuration raises");
}
