using System.Runtime.Intrinsics;

namespace ModelGate.Signals.Audio;

/// <summary>The power spectra of the current frames: an element a frequency, a lane a frame. They hold until the next frames.</summary>
/// <param name="powers"><see cref="FrameSpectra.Bins"/> elements.</param>
internal readonly ref struct SpectrumBlock(ReadOnlySpan<Vector256<double>> powers)
{
    /// <summary>The powers, from zero to half the sample rate.</summary>
    public ReadOnlySpan<Vector256<double>> Powers { get; } = powers;
}
