using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Curves;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Curves;

public class TrainingMustNotOvertrainTests
{
    // Fixtures/logs/trainings: the validation loss of this run was lowest at step 20 of 239, at 0.7804, and ended at 3.137.
    [Fact]
    public void The_run_that_was_overtrained_fails_with_its_best_step()
    {
        var judgement = RunFixture.Load("lightning-overfit").Run().Judge(new TrainingMustNotOvertrain(), new TrainingMustNotOvertrain.Options()).Single().Judgement;

        judgement.Measurements.Single(m => m.Signal == "best-step").Observed.Should().Be(20);
        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("0.7804").And.Contain("step 20");
    }

    [Theory]
    [InlineData("epoch=6-step=20.ckpt", "epoch=6-step=20.ckpt is there")]
    [InlineData("epoch=6-step=21.ckpt", "is there")]
    [InlineData("epoch=79-step=240.ckpt", "no checkpoint of it is kept")]
    [InlineData("last.ckpt", "not known")]
    public void It_is_said_whether_the_best_checkpoint_is_kept(string file, string said)
    {
        var run = RunFixture.Load("lightning-overfit").Run().With(ArtifactRole.Checkpoints, "checkpoints/" + file, new Checkpoint("pytorch", [], "", [], []));

        run.Judge(new TrainingMustNotOvertrain(), new TrainingMustNotOvertrain.Options()).Single().Judgement.Findings.Single().Message.Value.Should().Contain(said);
    }

    [Theory]
    [InlineData(false, "val_loss", new[] { 3, 2, 1.5, 1.2, 1.1, 1.05, 1.02, 1.01 })]
    [InlineData(false, "val_loss", new[] { 3, 2, 1.5, 1, 1.05, 1.02, 1.07, 1.04 })]
    [InlineData(true, "val_loss", new[] { 3, 2, 1, 1.2, 1.4, 1.6, 1.8, 2 })]
    [InlineData(false, "val_loss", new[] { 3, 2.5, 2, 1.8, 1.5, 1.2, 1, 2 })]
    [InlineData(true, "val_loss", new[] { 3, 2, 1.0, 2, 2, 2, 2, 2 })]
    [InlineData(false, "val_loss", new[] { 3, 2, 1.0, 2, 1, 2, 1, 2 })]
    [InlineData(true, "val_nll", new[] { 1, 0, -1, -0.8, -0.5, -0.2, 0, 0.2 })]
    public void A_rise_counts_where_it_is_long_and_large(bool fails, string series, double[] values)
        => Judge(series, values).Findings.Should().HaveCount(fails ? 1 : 0);

    [Fact]
    public void One_lucky_evaluation_is_not_the_best()
        => Judge("val_loss", [3, 2, 0.2, 1.9, 1.8, 1.6, 1.4, 1.2, 1.1, 1]).Findings.Should().BeEmpty();

    [Fact]
    public void A_training_loss_is_not_judged() => Judge("train_loss", [3, 2, 1, 1.5, 2, 2.5]).IsAboutNothing.Should().BeTrue();

    [Fact]
    public void A_named_series_is()
        => Judge("train_loss", [3, 2, 1, 1.5, 2, 2.5, 2.7], new() { Series = "train_loss" }).Findings.Should().ContainSingle();

    [Fact]
    public void The_trainers_own_record_names_the_checkpoint()
    {
        var log = Log("val_loss", [3, 2, 1, 1.2, 1.4, 1.6, 1.8, 2]) with { Best = new RecordedBest("val_loss", 1, 20, "checkpoint-20") };

        new GateRun().With(ArtifactRole.Log, "s.json", log).With(ArtifactRole.Checkpoints, "checkpoint-20/model.safetensors", new Checkpoint("safetensors", [], "", [], []))
            .Judge(new TrainingMustNotOvertrain(), new TrainingMustNotOvertrain.Options()).Single().Judgement.Findings.Single().Message.Value.Should().Contain("checkpoint-20").And.Contain("there");
    }

    private static Judgement Judge(string series, double[] values, TrainingMustNotOvertrain.Options? options = null)
        => new GateRun().With(ArtifactRole.Log, "log.csv", Log(series, values)).Judge(new TrainingMustNotOvertrain(), options ?? new()).Single().Judgement;

    private static TrainingLog Log(string series, double[] values)
        => new("csv", [new ScalarSeries(series, [.. values.Select((v, i) => new ScalarPoint(i * 10, v))])], new Dictionary<string, MetadataValue>());
}
