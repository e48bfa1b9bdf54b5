using ModelGate.Torch.Steps;
using static TorchSharp.torch;

namespace ModelGate.Torch.Tests.Steps;

/// <summary>What is said of outputs, by arithmetic that is done on paper.</summary>
public class MeasurementTests
{
    [TorchFact]
    public void A_difference_is_measured_and_placed_in_a_shape()
    {
        using var right = zeros(2, 3, 4);
        using var own = zeros(2, 3, 4);
        own[1, 2, 3] = 0.5f;
        own[0, 1, 1] = -0.25f;

        var difference = Differences.Of([("audio", own)], new Dictionary<string, Tensor> { ["recorded"] = right });

        (difference.Maximum, difference.At).Should().Be((0.5, "audio[1,2,3]"));
        difference.Rms.Should().BeApproximately(Math.Sqrt(((0.5 * 0.5) + (0.25 * 0.25)) / 24), 1e-12);
    }

    [TorchFact]
    public void Several_outputs_are_one_difference()
    {
        using var ones = full(3, 1.0, ScalarType.Float32);
        using var none = zeros(3);
        using var nine = zeros(9);

        var difference = Differences.Of([("a", ones), ("b", nine)], new Dictionary<string, Tensor> { ["a"] = none, ["b"] = nine });

        (difference.Maximum, difference.Rms, difference.At).Should().Be((1, 0.5, "a[0]"));
    }

    // Their squares are beyond binary64.
    [TorchFact]
    public void Large_numbers_are_measured()
    {
        using var large = full(2, 3, 1e200, ScalarType.Float64);
        using var none = zeros([2, 3], ScalarType.Float64);

        RunStep.Measure("a", large).Should().Match<ModelRuns.RunOutput>(o => o.Finite && o.Rms == 1e200 && o.Maximum == 1e200);
        Differences.Of([("a", large)], new Dictionary<string, Tensor> { ["a"] = none }).Should().Match<ModelRuns.OutputDifference>(d => d.Rms == 1e200 && d.Maximum == 1e200);
    }

    // 3 + 4i, and 0.
    [TorchFact]
    public void Complex_numbers_are_finite_numbers()
    {
        using var complex = view_as_complex(tensor(new float[] { 3, 4, 0, 0 }).reshape(2, 2));
        using var broken = view_as_complex(tensor(new float[] { 3, float.NaN }).reshape(1, 2));
        using var none = zeros_like(complex);

        var output = RunStep.Measure("spectrum", complex);

        (output.Finite, output.Minimum, output.Maximum, output.Rms).Should().Be((true, 0, 4, 2.5));
        output.Shape.Should().Equal(2);
        RunStep.Measure("spectrum", broken).Finite.Should().BeFalse();
        Differences.Of([("spectrum", complex)], new Dictionary<string, Tensor> { ["spectrum"] = none }).Should().Be(new ModelRuns.OutputDifference(4, 2.5, "spectrum[0]"));
    }
}
