using static TorchSharp.torch;

namespace ModelGate.Torch.Steps;

/// <summary>The numbers of a tensor of any type, in binary64.</summary>
internal static class Numbers
{
    /// <summary>All of them, one after the other; of a complex number the real and the imaginary part.</summary>
    public static Tensor Of(Tensor tensor) => (tensor.is_complex() ? view_as_real(tensor) : tensor).to_type(ScalarType.Float64).reshape(-1);

    /// <summary>The root of the mean square of finite numbers: squared as parts of the greatest, as the square of a large number is beyond binary64.</summary>
    public static double Rms(Tensor numbers)
    {
        var greatest = numbers.abs().max().item<double>();
        return greatest == 0 ? 0 : greatest * numbers.div(greatest).square().mean().sqrt().item<double>();
    }
}
