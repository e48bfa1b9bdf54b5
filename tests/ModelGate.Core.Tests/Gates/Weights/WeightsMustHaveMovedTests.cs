using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Gates.Weights;
using ModelGate.Runs;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Weights;

/// <summary>Fixtures/weights/README.md says what the files are; expected.json is PyTorch's.</summary>
public class WeightsMustHaveMovedTests
{
    private static readonly JsonElement Expected = JsonDocument.Parse(Fixture.Bytes("weights/expected.json")).RootElement.GetProperty("change");

    [Theory]
    [InlineData("fine", Checkpoints, 9)]
    [InlineData("export", Model, 9)]
    public void Weights_that_moved_pass_by_as_much_as_PyTorch_says(string file, string role, int tensors)
    {
        var judgement = Judge(file, role);

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Contain($"0 of {tensors} tensors are as they were");
        Change(judgement, "").Should().BeApproximately(Expected.GetProperty(file).GetProperty("all").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("enc_p")]
    [InlineData("flow")]
    [InlineData("dec")]
    public void Each_block_has_its_own_change(string block)
        => Change(Judge("fine"), block).Should().BeApproximately(Expected.GetProperty("fine").GetProperty(block).GetDouble(), 1e-12);

    [Fact]
    public void A_block_that_was_never_trained_fails_by_its_name()
    {
        var judgement = Judge("frozen");

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Be("3 of 9 tensors of frozen.pth are still exactly those of start.pth: flow (all 3)");
        judgement.Measurements.Single(m => m.Signal == "unmoved-tensors").Observed.Should().BeApproximately(3 / 9.0, 1e-12);
        Change(judgement, "").Should().BeApproximately(Expected.GetProperty("frozen").GetProperty("all").GetDouble(), 1e-12);
    }

    [Fact]
    public void A_block_that_is_frozen_on_purpose_passes()
        => Judge("frozen", options: new WeightsMustHaveMoved.Options { Frozen = ["flow.*"] }).Should().Match<Judgement>(j => j.Findings.Count == 0 && j.Summary.Value.Contains("0 of 6 tensors are as they were; 3 more may be frozen"));

    [Fact]
    public void The_start_itself_fails_also_where_half_precision_rounded_it()
        => Judge("export_of_start", Model).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("export_of_start.pth is the pretrained model start.pth itself: all 9 tensors are equal");

    [Fact]
    public void A_change_that_nobody_hears_fails()
        => Judge("barely").Findings.Should().ContainSingle().Which.Message.Value.Should().Be("barely.pth has hardly moved from start.pth: by 0.00053 % of the weights' size, and 0.1 % is the least");

    [Fact]
    public void Other_spellings_and_a_word_in_front_are_the_same_weights()
        => Change(Judge("fine", start: "start_renamed"), "").Should().BeApproximately(Expected.GetProperty("fine").GetProperty("all").GetDouble(), 1e-12);

    [Fact]
    public void A_start_of_another_network_is_inconclusive_and_says_what_to_name()
    {
        var judgement = Judge("fine", start: "foreign");

        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().StartWith("foreign.pth is not what fine.pth started from: 0 of its 10 tensors").And.Contain("same version and sampling rate in the role pretrained");
    }

    [Fact]
    public void Of_several_pretrained_models_the_one_of_the_same_shapes_counts()
        => Run("fine", Checkpoints, "foreign").With(ArtifactRole.Pretrained, "start.pth", Fixture.Bytes("weights/start.pth"))
            .Judge(new WeightsMustHaveMoved(), new WeightsMustHaveMoved.Options()).Single().Judgement.Summary.Value.Should().StartWith("fine.pth has moved from start.pth");

    [Fact]
    public void Where_there_is_no_model_the_newest_checkpoint_by_its_number_is_judged()
        => new GateRun().With(ArtifactRole.Checkpoints, "G_9.pth", Fixture.Bytes("weights/frozen.pth")).With(ArtifactRole.Checkpoints, "G_10.pth", Fixture.Bytes("weights/fine.pth"))
            .With(ArtifactRole.Checkpoints, "D_10.pth", Fixture.Bytes("weights/foreign.pth")).With(ArtifactRole.Pretrained, "G_0.pth", Fixture.Bytes("weights/start.pth"))
            .Judge(new WeightsMustHaveMoved(), new WeightsMustHaveMoved.Options()).Should().ContainSingle().Which.Path.Should().Be("G_10.pth");

    [Fact]
    public void A_start_that_no_file_matches_says_so()
        => new GateRun().With(ArtifactRole.Checkpoints, "G_9.pth", Fixture.Bytes("weights/fine.pth")).Without(ArtifactRole.Pretrained, "no file matches the pretrained pattern f0G48k.pth")
            .Judge(new WeightsMustHaveMoved(), new WeightsMustHaveMoved.Options()).Single().Judgement.Should().Match<Judgement>(j => j.IsInconclusive && j.Summary.Value.Contains("f0G48k.pth"));

    [Fact]
    public void The_strip_marks_what_did_not_move()
        => Run("frozen", Checkpoints, "start").Judge(new WeightsMustHaveMoved(), new WeightsMustHaveMoved.Options()).Single().Exhibits.OfType<StripExhibit>().Single()
            .Cells.Where(c => c.IsWrong).Select(c => c.Name.Value).Should().Equal("flow.flows.0.pre.weight", "flow.flows.0.pre.bias", "flow.flows.0.post.weight");

    [Fact]
    public void A_start_that_cannot_be_read_to_the_end_is_inconclusive_and_has_no_picture()
    {
        var weights = MadeTensor.Of("a.weight", DType.Float32, new byte[64]);
        var run = new GateRun().With(ArtifactRole.Model, "m.pth", MadeTensor.Checkpoint(weights, weights with { Name = "b.weight" }))
            .With(ArtifactRole.Pretrained, "start.pth", MadeTensor.Checkpoint(weights with { Data = new CutOff() }, weights with { Name = "b.weight" }));

        var (judgement, _, exhibits) = run.Judge(new WeightsMustHaveMoved(), new WeightsMustHaveMoved.Options()).Single();

        judgement.IsInconclusive.Should().BeTrue();
        exhibits.Should().BeEmpty();
    }

    // PyTorch: NaN is unequal to all, and says nothing of how far a weight moved.
    [Fact]
    public void A_model_that_is_not_finite_is_left_to_the_gate_for_it()
    {
        var weights = MadeTensor.Of("a.weight", DType.Float32, [.. Enumerable.Range(1, 16).SelectMany(i => BitConverter.GetBytes((float)i))]);
        var broken = MadeTensor.Of("a.weight", DType.Float32, [.. Enumerable.Range(1, 16).SelectMany(_ => BitConverter.GetBytes(float.NaN))]);

        new GateRun().With(ArtifactRole.Model, "m.pth", MadeTensor.Checkpoint(broken)).With(ArtifactRole.Pretrained, "start.pth", MadeTensor.Checkpoint(weights))
            .Judge(new WeightsMustHaveMoved(), new WeightsMustHaveMoved.Options()).Single().Judgement.Should().Match<Judgement>(j => j.IsInconclusive && j.Summary.Value.Contains("not finite"));
    }

    private sealed class CutOff : ITensorData
    {
        public void CopyElements(long first, Span<byte> destination) => throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the file ends here"));
    }

    // Public tests cannot have internal types as parameters.
    private const string Checkpoints = "checkpoints";
    private const string Model = "model";

    private static double? Change(Judgement judgement, string block) => judgement.Measurements.Single(m => m.Signal == "weight-change" && m.Subject.Value == block).Observed;

    private static Judgement Judge(string file, string role = Checkpoints, string start = "start", WeightsMustHaveMoved.Options? options = null)
        => Run(file, role, start).Judge(new WeightsMustHaveMoved(), options ?? new WeightsMustHaveMoved.Options()).Should().ContainSingle().Which.Judgement;

    private static GateRun Run(string file, string role, string start)
        => new GateRun().With(ArtifactRoles.Find(role)!.Value, file + ".pth", Fixture.Bytes($"weights/{file}.pth")).With(ArtifactRole.Pretrained, start + ".pth", Fixture.Bytes($"weights/{start}.pth"));
}
