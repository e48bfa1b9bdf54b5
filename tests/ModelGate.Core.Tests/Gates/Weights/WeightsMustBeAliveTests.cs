using ModelGate.Artifacts;
using ModelGate.Gates.Weights;
using ModelGate.Runs;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Weights;

public class WeightsMustBeAliveTests
{
    private static readonly float[] Good = [.. Enumerable.Range(1, 64).Select(i => (float)Math.Sin(i))];

    [Fact]
    public void Weights_that_differ_pass() => Judge(Matrix("w", Good)).Should().BeEmpty();

    [Theory]
    [InlineData("dec.conv.weight", "is zero throughout, 64 elements")]
    [InlineData("emb_g.weight", "")]
    [InlineData("q_proj.lora_B.default.weight", "")]
    [InlineData("bn.running_mean", "")]
    public void A_matrix_of_zeros_fails_but_for_those_that_begin_so(string name, string said)
        => string.Concat(Judge(Matrix("other", Good), Matrix(name, new float[64]))).Should().Be(said.Length == 0 ? "" : $"{name} {said}");

    [Fact]
    public void A_vector_may_be_zero() => Judge(Matrix("other", Good), Singles("bias", new float[64])).Should().BeEmpty();

    [Fact]
    public void A_weight_norms_gain_may_be_one_number()
        => Judge(Matrix("other", Good), Singles("conv.weight_g", [.. Enumerable.Repeat(1f, 64)]) with { Shape = [64, 1, 1] }).Should().BeEmpty();

    [Fact]
    public void One_number_throughout_fails() => Judge(Matrix("w", [.. Enumerable.Repeat(0.5f, 64)])).Should().Equal("w is 0.5 throughout, 64 elements");

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Dead_channels_are_counted(int dead, bool fails)
    {
        var values = (float[])Good.Clone();
        Array.Fill(values, -0f, 0, dead * 8);

        Judge(Matrix("w", values)).Should().HaveCount(fails ? 1 : 0);
    }

    [Fact]
    public void An_explosion_fails() => Judge(Matrix("w", [.. Good[..63], 12_345])).Should().Equal("w has exploded: its weights reach 12345");

    // NumPy: np.float16(3e-5) is subnormal, np.float16(1e-4) is not.
    [Theory]
    [InlineData(3e-5, true)]
    [InlineData(1e-4, false)]
    public void Half_precision_that_has_lost_its_digits_fails(double size, bool fails)
        => Judge(MadeTensor.Of("w", DType.Float16, [.. Enumerable.Range(1, 64).SelectMany(i => BitConverter.GetBytes((Half)(size * (1 + (i / 100.0)))))]) with { Shape = [8, 8] }).Should().HaveCount(fails ? 1 : 0);

    [Fact]
    public void What_is_not_finite_is_left_to_the_gate_for_it()
        => new GateRun().With(ArtifactRole.Model, "m.pth", MadeTensor.Checkpoint(Matrix("w", [.. Good[..63], float.NaN]))).Judge(new WeightsMustBeAlive(), new WeightsMustBeAlive.Options()).Single().Judgement.IsInconclusive.Should().BeTrue();

    [Fact]
    public void The_strip_marks_the_sick_layer()
    {
        var run = new GateRun().With(ArtifactRole.Model, "m.pth", MadeTensor.Checkpoint(Matrix("a", Good), Matrix("b", new float[64])));

        var strip = run.Judge(new WeightsMustBeAlive(), new WeightsMustBeAlive.Options()).Single().Exhibits.OfType<StripExhibit>().Single();

        strip.Cells.Select(c => c.IsWrong).Should().Equal(false, true);
    }

    private static IEnumerable<string> Judge(params TensorEntry[] tensors)
        => new GateRun().With(ArtifactRole.Model, "m.pth", MadeTensor.Checkpoint(tensors)).Judge(new WeightsMustBeAlive(), new WeightsMustBeAlive.Options()).Single().Judgement.Findings.Select(f => f.Message.Value);

    private static TensorEntry Matrix(string name, float[] values) => Singles(name, values) with { Shape = [8, values.Length / 8] };

    private static TensorEntry Singles(string name, float[] values)
    {
        var bytes = new byte[values.Length * 4];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return MadeTensor.Of(name, DType.Float32, bytes);
    }
}
