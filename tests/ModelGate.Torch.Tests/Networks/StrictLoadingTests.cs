using ModelGate.Artifacts;
using ModelGate.ModelRuns;
using ModelGate.Readers.Elements;
using ModelGate.Torch.Networks;
using ModelGate.Torch.Weights;

namespace ModelGate.Torch.Tests.Networks;

public class StrictLoadingTests
{
    [TorchFact]
    public void Each_key_is_used_once_and_what_is_left_over_is_told()
    {
        var slots = new Slots();
        var weight = slots.Normed("a.weight", 2, 3);
        _ = slots.Plain("a.bias", 2);
        _ = slots.Plain("b.bias", 4);

        var report = StrictLoading.Into(slots.All, Tensors(("a.weight_g", [2, 1], [5, 2]), ("a.weight_v", [2, 3], [3, 4, 0, 0, 0, 1]), ("b.bias", [5], new float[5]), ("c.bias", [1], [1])));

        report.Missing.Should().Equal("a.bias");
        report.Unexpected.Should().Equal("c.bias");
        report.Shapes.Should().ContainSingle().Which.Should().BeEquivalentTo(new UnequalShape("b.bias", [4], [5]));
        report.Should().Match<LoadReport>(r => r.Tensors == 2 && r.Parameters == 8 && r.Spelling == "weight_norm" && !r.IsWhole);

        // Each first index has its own length: 5 becomes 5, 1 becomes 2.
        weight.Value.data<float>().ToArray().Should().Equal(3, 4, 0, 0, 0, 2);
    }

    [TorchFact]
    public void A_weight_without_its_magnitude_is_no_weight()
    {
        var slots = new Slots();
        _ = slots.Normed("a.weight", 2, 3);

        var report = StrictLoading.Into(slots.All, Tensors(("a.weight_v", [2, 3], new float[6])));

        report.Missing.Should().Equal("a.weight_g");
        report.IsWhole.Should().BeFalse();
    }

    [TorchFact]
    public void Parts_that_are_folded_load_beside_parts_that_are_not()
    {
        var slots = new Slots();
        _ = slots.Normed("a.weight", 1, 1);
        _ = slots.Normed("b.weight", 1, 1);
        _ = slots.Normed("c.weight", 1, 1);

        var report = StrictLoading.Into(
            slots.All, Tensors(("a.weight", [1, 1], [1]), ("b.weight_g", [1, 1], [1]), ("b.weight_v", [1, 1], [1]), ("c.parametrizations.weight.original0", [1, 1], [1]), ("c.parametrizations.weight.original1", [1, 1], [1])));

        report.Should().Match<LoadReport>(r => r.IsWhole && r.Spelling == "mixed" && r.Tensors == 5);
    }

    [TorchFact]
    public void Nothing_runs_with_a_weight_missing()
    {
        var architecture = new RequestedArchitecture { Family = "hifi-gan", Variant = "v1" };

        var answers = Fixture.Do(Fixture.Weights("hifi-gan-single", "g_00000010", architecture), new ModelRunStep.Load(), new ModelRunStep.Run { Generate = new(4, 1, 0) });

        answers[0].Ok.Should().BeTrue();
        answers[0].Missing.Should().NotBeEmpty();
        answers[1].Should().Match<ModelRunAnswer>(a => !a.Ok && a.Problem!.Contains("nothing is run with random numbers"));
    }

    private static Dictionary<string, TensorEntry> Tensors(params (string Name, long[] Shape, float[] Values)[] tensors)
        => tensors.ToDictionary(
            t => t.Name,
            t => new TensorEntry(t.Name, DType.Float32, t.Shape, t.Values.Length, new BytesTensorData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(t.Values.AsSpan()).ToArray(), 4)),
            StringComparer.Ordinal);
}
