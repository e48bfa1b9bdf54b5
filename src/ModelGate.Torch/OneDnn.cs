using static TorchSharp.torch;

namespace ModelGate.Torch;

/// <summary>Whether libtorch's fast convolutions are right on this machine, and libtorch without them where they are not.</summary>
/// <remarks>
/// The networks of this program avoid the shapes that go wrong; a TorchScript program and a module of a user cannot. Without oneDNN libtorch computes right, and several times slower:
/// docs/decisions/0101-convolutions-that-libtorch-computes-wrong.md.
/// </remarks>
internal static class OneDnn
{
    // Far above rounding, far below what a wrong block makes of values up to 1.
    private const double Tolerance = 1e-3;

    /// <summary>Whether it is turned off.</summary>
    public static bool IsOff { get; private set; }

    /// <summary>Turns it on, for networks that avoid what goes wrong.</summary>
    public static void TurnOn()
    {
        LibtorchContext.UseOneDnn(true);
        IsOff = false;
    }

    /// <summary>Computes two convolutions in binary32 and in binary64, which oneDNN has no part in, and turns it off where they differ.</summary>
    /// <param name="log">Where people are told.</param>
    public static void Check(TextWriter log)
    {
        if (IsOff || IsRight())
        {
            return;
        }

        LibtorchContext.UseOneDnn(false);
        IsOff = IsRight();
        log.WriteLine(IsOff
            ? "modelgate-torch: oneDNN computes wrong convolutions on this machine; libtorch runs without it, and slower"
            : "modelgate-torch: oneDNN computes wrong convolutions on this machine, and cannot be turned off");
    }

    private static bool IsRight()
    {
        using var scope = NewDisposeScope();
        var plain = Difference(Values(1, 24, 1280), Values(24, 24, 3), (x, w) => nn.functional.conv1d(x, w, padding: 1));
        var transposed = Difference(Values(1, 96, 319), Values(96, 48, 16), (x, w) => nn.functional.conv_transpose1d(x, w, stride: 8, padding: 4));
        return plain < Tolerance && transposed < Tolerance;
    }

    private static Tensor Values(params long[] shape) => arange(shape.Aggregate(1L, (p, s) => p * s), ScalarType.Float32).mul_(0.37).sin_().reshape(shape);

    private static double Difference(Tensor x, Tensor w, Func<Tensor, Tensor, Tensor> compute)
        => compute(x, w).to_type(ScalarType.Float64).sub(compute(x.to_type(ScalarType.Float64), w.to_type(ScalarType.Float64))).abs().max().item<double>();}
