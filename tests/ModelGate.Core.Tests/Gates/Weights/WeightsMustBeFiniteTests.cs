using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Weights;
using ModelGate.Runs;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Weights;

public class WeightsMustBeFiniteTests
{
    [Fact]
    public void Finite_weights_pass()
        => Judge(Singles("w", 1, 2, 3)).Findings.Should().BeEmpty();

    [Theory]
    [InlineData("1 NaN of 3", new[] { 1, float.NaN, 3 })]
    [InlineData("2 infinite of 3", new[] { float.NegativeInfinity, 1, float.PositiveInfinity })]
    [InlineData("1 NaN and 1 infinite of 2", new[] { float.NaN, float.PositiveInfinity })]
    public void What_is_not_finite_is_counted_by_tensor(string counts, float[] values)
        => Judge(Singles("good", 1, 2), Singles("bad", values)).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("bad").And.Contain(counts);

    [Theory]
    [InlineData(0, new[] { 0, float.NegativeInfinity, float.NegativeInfinity, 0 })]
    [InlineData(1, new[] { 0, float.NegativeInfinity, 1, 0 })]
    [InlineData(1, new[] { 0, float.PositiveInfinity, 0, 0 })]
    [InlineData(1, new[] { 0, float.NegativeInfinity, float.NaN, 0 })]
    [InlineData(1, new[] { float.NegativeInfinity, float.NegativeInfinity })]
    public void An_attention_mask_passes_and_nothing_else_does(int findings, float[] values)
        => Judge(Singles("mask", values)).Findings.Should().HaveCount(findings);

    [Fact]
    public void What_is_called_a_weight_is_no_mask_nor_is_the_whole_of_a_model()
    {
        float[] mask = [0, float.NegativeInfinity, 0];

        Judge(Singles("layer.weight", mask), Singles("other", 1, 2)).Findings.Should().ContainSingle();
        Judge(Singles("a", mask), Singles("b", mask)).Findings.Should().HaveCount(2);
        Judge(Singles("attention.mask", mask), Singles("layer.weight", 1, 2)).Findings.Should().BeEmpty();
    }

    [Fact]
    public void A_model_of_zeros_fails_and_a_layer_of_zeros_does_not()
    {
        Judge(Singles("a.weight", 0, 0), Singles("b.weight", 0, 0, 0)).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("all 5 weights in 2 tensors");
        Judge(Singles("a.weight", 0, 0), Singles("b.weight", 0, 0, 1)).Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData(DType.Float16, 0x7E00)]
    [InlineData(DType.Float16, 0xFC00)]
    [InlineData(DType.BFloat16, 0x7FC0)]
    [InlineData(DType.BFloat16, 0x7F80)]
    [InlineData(DType.Float8E5M2, 0x7D)]
    [InlineData(DType.Float8E4M3FN, 0x7F)]
    public void Every_kind_of_number_has_its_own(object type, int bits)
    {
        var size = ((DType)type).ItemSize();
        byte[] bytes = [.. Enumerable.Range(1, 700).SelectMany(i => BitConverter.GetBytes((ushort)(i % 60))[..size]), .. BitConverter.GetBytes((ushort)bits)[..size]];

        Judge(MadeTensor.Of("w", (DType)type, bytes)).Findings.Should().ContainSingle();
    }

    // Fixtures/exports/README.md: PyTorch's half() of float32 weights that overflow.
    [Fact]
    public void What_half_precision_made_infinite_is_told_with_its_checkpoint()
    {
        var run = new GateRun().With(ArtifactRole.Model, "export.pth", Fixture.Bytes("exports/export.pth")).With(ArtifactRole.Checkpoints, "G_10.pth", Fixture.Bytes("exports/train.pth"));

        var findings = run.Judge(new WeightsMustBeFinite(), new WeightsMustBeFinite.Options()).Single(j => j.Path == "export.pth").Judgement.Findings;

        findings.Should().Contain(f => f.Message.Value.Contains("dec.huge became infinite in half precision, 5 of 7 elements: G_10.pth"));
    }

    [Fact]
    public void An_infinity_in_what_is_no_weight_is_none_of_its_business()
        => new GateRun().With(ArtifactRole.Model, "m.ckpt", MadeTensor.Checkpoint(Singles("state_dict.w", 1, 2), Singles("callbacks.kth_value", float.PositiveInfinity)) with { StateDict = "state_dict" })
            .Judge(new WeightsMustBeFinite(), new WeightsMustBeFinite.Options()).Single().Judgement.Findings.Should().BeEmpty();

    [Fact]
    public void A_pattern_lets_infinities_be()
        => new GateRun().With(ArtifactRole.Model, "m.pth", MadeTensor.Checkpoint(Singles("a.limit", 1, float.PositiveInfinity)))
            .Judge(new WeightsMustBeFinite(), new WeightsMustBeFinite.Options { Ignore = ["*.limit"] }).Single().Judgement.Findings.Should().BeEmpty();

    [Fact]
    public void A_file_without_weights_is_inconclusive()
        => Judge().IsInconclusive.Should().BeTrue();

    [Fact]
    public void A_network_that_is_broken_throughout_is_told_by_what_its_names_have_in_common()
        => Judge([.. Enumerable.Range(0, 9).Select(i => Singles($"blocks.{i}.weight", 1, float.NaN, float.NaN)), Singles("post.weight", 1, float.NaN)]).Findings.Select(f => f.Message.Value)
            .Should().Equal("blocks.{0..8}.weight hold 18 NaN of 27 elements, in 9 tensors", "post.weight holds 1 NaN of 2 elements");

    [Fact]
    public void The_strip_marks_the_broken_layer_and_there_is_none_of_what_is_whole()
    {
        Strips(Singles("a", 1, 2), Singles("b", 1, float.NaN)).Single().Cells.Select(c => c.IsWrong).Should().Equal(false, true);
        Strips(Singles("a", 1, 2), Singles("b", 1, 3)).Should().BeEmpty();
    }

    private static IEnumerable<StripExhibit> Strips(params TensorEntry[] tensors)
        => new GateRun().With(ArtifactRole.Model, "m.pth", MadeTensor.Checkpoint(tensors)).Judge(new WeightsMustBeFinite(), new WeightsMustBeFinite.Options()).Single().Exhibits.OfType<StripExhibit>();

    private static Judgement Judge(params TensorEntry[] tensors)
        => new GateRun().With(ArtifactRole.Model, "m.pth", MadeTensor.Checkpoint(tensors)).Judge(new WeightsMustBeFinite(), new WeightsMustBeFinite.Options()).Should().ContainSingle().Which.Judgement;

    private static TensorEntry Singles(string name, params float[] values) => MadeTensor.Of(name, DType.Float32, [.. values.SelectMany(BitConverter.GetBytes)]);
}
