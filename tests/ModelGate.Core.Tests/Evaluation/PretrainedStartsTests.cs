using ModelGate.Evaluation;
using ModelGate.Runs;
using ModelGate.Tests.Readers;

namespace ModelGate.Tests.Evaluation;

/// <summary>Where a trainer keeps what its runs start from; the files are those of Fixtures/trainers.</summary>
public sealed class PretrainedStartsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void A_run_in_RVCs_own_tree_is_held_against_the_pretrained_model_of_its_shapes()
    {
        Put("logs/voice/G_180.pth", "trainers/rvc/G_180.pth");
        Put("assets/pretrained_v2/f0G48k.pth", "trainers/rvc/G_18.pth");
        Put("assets/pretrained_v2/f0G40k.pth", "weights/foreign.pth");

        var moved = Check("logs/voice").Results.Single(r => r.Gate.Id == "MG3003");

        moved.Outcome.Should().Be(Outcome.Passed);
        moved.Message.Value.Should().StartWith("G_180.pth has moved from ../../assets/pretrained_v2/f0G48k.pth");
    }

    [Fact]
    public void A_pretrained_model_in_the_runs_folder_is_no_export()
    {
        Put("voice/G_180.pth", "trainers/rvc/G_180.pth");
        Put("voice/f0G48k.pth", "trainers/rvc/G_18.pth");

        var record = Check("voice");

        record.Results.Single(r => r.Gate.Id == "MG3003").Message.Value.Should().Contain("has moved from f0G48k.pth");
        record.Results.Where(r => r.Gate.Id == "MG2001").Should().OnlyContain(r => r.Artifact.Value != "f0G48k.pth");
    }

    [Fact]
    public void So_vits_svcs_first_generator_is_what_its_run_started_from()
        => Evaluator.Run(RunRecognition.Recognise(Fixture.PathOf("trainers/so-vits-svc"))!, cancellation: TestContext.Current.CancellationToken)
            .Results.Single(r => r.Gate.Id == "MG3003").Message.Value.Should().StartWith("G_10400.pth has moved from G_0.pth");

    [Fact]
    public void Where_no_pretrained_model_is_kept_the_gate_does_not_apply_and_says_why()
    {
        Put("voice/G_180.pth", "trainers/rvc/G_180.pth");

        Check("voice").Results.Single(r => r.Gate.Id == "MG3003").Should().Match<RunResult>(r => r.Outcome == Outcome.NotApplicable && r.Message.Value == "no file has the role pretrained");
    }

    [Fact]
    public void What_init_writes_reaches_no_further_than_the_run()
    {
        Put("logs/voice/G_180.pth", "trainers/rvc/G_180.pth");
        Put("assets/pretrained_v2/f0G48k.pth", "trainers/rvc/G_18.pth");
        var plan = RunRecognition.Recognise(Path.Combine(root, "logs/voice"))!;

        ConfigurationDraft.Of(plan, Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken)).Should().NotContain("\"pretrained\"").And.NotContain("..");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private RunRecord Check(string folder) => Evaluator.Run(RunRecognition.Recognise(Path.Combine(root, folder))!, cancellation: TestContext.Current.CancellationToken);

    private void Put(string path, string fixture)
    {
        var target = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, Fixture.Bytes(fixture));
    }
}
