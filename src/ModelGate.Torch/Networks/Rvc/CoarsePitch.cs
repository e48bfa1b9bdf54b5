using static TorchSharp.torch;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>RVC's 255 steps of pitch: the mel scale from 50 to 1100 Hz, and 1 for what is lower or has none.</summary>
internal static class CoarsePitch
{
    private const double Lowest = 50;
    private const double Highest = 1100;

    /// <summary>The steps of frequencies in Hz.</summary>
    public static Tensor Of(Tensor hertz)
    {
        using var scope = NewDisposeScope();
        var (low, high) = (1127 * Math.Log(1 + (Lowest / 700)), 1127 * Math.Log(1 + (Highest / 700)));
        var mel = hertz.div(700).log1p_().mul_(1127);
        return mel.sub_(low).mul_(254 / (high - low)).add_(1).clamp_(1, 255).round_().to_type(ScalarType.Int64).MoveToOuterDisposeScope();
    }
}
