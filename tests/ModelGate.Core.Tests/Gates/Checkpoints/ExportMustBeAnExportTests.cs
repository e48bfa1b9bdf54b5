using ModelGate.Artifacts;
using ModelGate.Gates.Checkpoints;
using ModelGate.Runs;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Checkpoints;

public class ExportMustBeAnExportTests
{
    [Theory]
    [InlineData("lexi.pth", 0)]
    [InlineData("G_2376.pth", 3)]
    public void A_checkpoint_of_the_training_is_no_export(string name, int findings)
        => new GateRun().With(ArtifactRole.Model, name, File.ReadAllBytes(Repository.PathOf("samples", "lexi", name)))
            .Judge(new ExportMustBeAnExport(), new ExportMustBeAnExport.Options { Fields = ["config", "sr", "f0"] }).Single().Judgement.Findings.Should().HaveCount(findings);

    [Fact]
    public void A_discriminator_in_an_export_is_a_finding()
        => new GateRun().With(ArtifactRole.Model, "voice.pth", MadeTensor.Checkpoint(MadeTensor.Of("dec.w", DType.Float32, new byte[8]), MadeTensor.Of("net_d.w", DType.Float32, new byte[8])))
            .Judge(new ExportMustBeAnExport(), new ExportMustBeAnExport.Options()).Single().Judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("net_d.w");
}
