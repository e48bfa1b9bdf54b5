using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGate.Signals.Mathematics;

/// <summary>Vectors of four frames that begin at a multiple of 32 bytes: half of the vectors of a plain array straddle two cache lines.</summary>
/// <param name="length">The number of vectors.</param>
internal sealed class LaneBuffer(int length)
{
    private const int VectorBytes = 32;

    private readonly double[] memory = GC.AllocateArray<double>((length * RealFourierTransform.Lanes) + RealFourierTransform.Lanes, pinned: true);

    /// <summary>The vectors.</summary>
    public Span<Vector256<double>> Span
    {
        get
        {
            var over = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) % VectorBytes);
            var skipped = over == 0 ? 0 : (VectorBytes - over) / sizeof(double);
            return MemoryMarshal.Cast<double, Vector256<double>>(memory.AsSpan(skipped, length * RealFourierTransform.Lanes));
        }
    }
}
