namespace ModelGate.Signals.Audio.Voice;

/// <summary>The hops of vocoders, in samples: a failing one speaks, or leaves lines, at multiples of rate/hop.</summary>
internal static class VocoderHops
{
    /// <summary>From 160 (10 ms at 16 kHz) to 512.</summary>
    public static IReadOnlyList<int> Samples { get; } = [160, 200, 240, 256, 300, 320, 400, 441, 480, 512];
}
