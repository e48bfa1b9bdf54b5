using ModelGate.Gates;
using ModelGate.Gates.Checkpoints;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Checkpoints;

public class ExportMustMatchItsLogTests
{
    // The export states 22epoch: it was made of the first checkpoint, and the log goes on.
    [Fact]
    public void An_export_of_an_early_epoch_fails_by_its_log_alone()
        => Judge(Run("lexi", "lexi.pth")).Findings.Should().ContainSingle().Which.Message.Value.Should().MatchRegex("^lexi.pth is from epoch 22, but train.log ends at epoch [0-9]{3}$");

    [Fact]
    public void An_export_of_the_last_epoch_passes() => Judge(Run("lexi-fixed", "lexi.pth")).Should().Match<Judgement>(j => j.Findings.Count == 0 && !j.IsInconclusive && j.Summary.Value.StartsWith("lexi.pth is from epoch 132"));

    [Fact]
    public void An_early_epoch_passes_where_it_is_allowed() => Judge(Run("lexi", "lexi.pth"), new() { Epochs = 1000 }).Findings.Should().BeEmpty();

    [Fact]
    public void The_log_of_a_much_shorter_training_is_another_one()
        => Judge(Run("lexi-fixed", "lexi.pth", "2026-01-20 04:10:11,870\tlexi\tINFO\tTrain Epoch: 1 [0%]\n2026-01-20 04:10:12,432\tlexi\tINFO\t[0, 0.0001]\n2026-01-20 04:10:12,734\tlexi\tINFO\tloss_disc=4.068, loss_gen=3.102, loss_fm=9.544,loss_mel=30.915, loss_kl=9.000\n"u8.ToArray()))
            .Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("it is not the log of its training, or was cut off");

    [Fact]
    public void Where_checkpoints_are_left_their_weights_are_compared_instead()
        => Judge(Run("lexi", "lexi.pth").With(ArtifactRole.Checkpoints, "G_396.pth", Bytes("lexi", "G_396.pth"))).Should().Match<Judgement>(j => j.IsAboutNothing && j.Summary.Value.StartsWith("1 checkpoint is here"));

    [Fact]
    public void An_earlier_export_is_not_judged_beside_the_last_one()
    {
        var judged = Run("lexi-fixed", "lexi.pth").With(ArtifactRole.Model, "lexi_e22_s396.pth", Bytes("lexi", "lexi.pth")).Judge(new ExportMustMatchItsLog(), new ExportMustMatchItsLog.Options());

        judged.Should().HaveCount(2).And.OnlyContain(j => j.Judgement.Findings.Count == 0);
        judged.Should().ContainSingle(j => j.Judgement.IsAboutNothing).Which.Judgement.Summary.Value.Should().Contain("lexi.pth is judged as the last one");
    }

    private static byte[] Bytes(string sample, string name) => File.ReadAllBytes(Repository.PathOf("samples", sample, name));

    private static GateRun Run(string sample, string model, byte[]? log = null)
        => new GateRun().With(ArtifactRole.Model, model, Bytes(sample, model)).With(ArtifactRole.Log, "train.log", log ?? Bytes(sample, "train.log"));

    private static Judgement Judge(GateRun run, ExportMustMatchItsLog.Options? options = null) => run.Judge(new ExportMustMatchItsLog(), options ?? new ExportMustMatchItsLog.Options()).Should().ContainSingle().Subject.Judgement;
}
