namespace ModelGate.Runs;

/// <summary>One thing that is wrong.</summary>
/// <param name="Message">One sentence, with the numbers, without a full stop.</param>
internal sealed record Finding(SafeText Message)
{
    /// <summary>What this subject's owner can do about it, one sentence; empty where the gate's page says all there is to say.</summary>
    public SafeText Remedy { get; init; }

    /// <summary>Where the remedy is to build modules otherwise: those modules as they are and as they are expected.</summary>
    public IReadOnlyList<ModuleOutlines> Outlines { get; init; } = [];

    /// <summary>The measurements that show it.</summary>
    public IReadOnlyList<Measurement> Evidence { get; init; } = [];
}
