using ModelGate.Tests.Readers.TextLogs;
using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Curves;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Curves;

public class LearningRateMustFollowItsScheduleTests
{
    private static readonly Dictionary<string, MetadataValue> Rvc = new()
    {
        ["train.learning_rate"] = new MetadataValue.Real(1e-4),
        ["train.lr_decay"] = new MetadataValue.Real(0.999875),
    };

    // Rates of logs that RVC wrote: of epoch 2, 5 and 478 (RVC-Project/Retrieval-based-Voice-Conversion, issue 11).
    [Fact]
    public void The_rates_that_RVC_wrote_follow_its_decay()
        => Judge(Rvc, null, 9.99875e-05, 9.995000937421877e-05, 9.421142503636453e-05).Findings.Should().BeEmpty();

    [Theory]
    [InlineData("not 0.0001 times a whole power", 1e-4, 9.9e-5, 9.8e-5)]
    [InlineData("is 0", 1e-4, 9.99875e-05, 0.0)]
    [InlineData("rises at step 400", 9.99875e-05, 9.995000937421877e-05, 1e-4)]
    public void A_rate_off_the_decay_fails_with_its_step(string said, params double[] rates)
        => Judge(Rvc, null, rates).Findings.Should().ContainSingle().Which.Message.Value.Replace("which is not", "not").Should().Contain(said);

    [Fact]
    public void A_rate_that_stands_still_fails_where_the_log_has_come_to_epoch_200()
    {
        Judge(Rvc, 200, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("epoch 200");
        Judge(Rvc, 2, 1e-4, 1e-4).Findings.Should().BeEmpty();
    }

    [Fact]
    public void The_logs_of_RVC_pass()
    {
        foreach (var log in new[] { "train_converging.log", "train_stagnant.log", "resume-one-epoch-back.log" })
        {
            var judgement = new GateRun().With(ArtifactRole.Log, "train.log", RvcLogs.ReadFile(log)).Judge(new LearningRateMustFollowItsSchedule(), new LearningRateMustFollowItsSchedule.Options()).Single().Judgement;
            judgement.Findings.Should().BeEmpty(log);
        }
    }

    [Theory]
    [InlineData("trainer", 0, new[] { 1e-5, 1e-3, 9e-4, 5e-4, 2e-4, 0 })]
    [InlineData("trainer", 0, new[] { 0.5, 0.5, 0.5, 0.5 })]
    [InlineData("trainer", 1, new[] { 1e-3, 9e-4, 8e-4, 7e-4, 6e-4, 1e-3 })]
    [InlineData("trainer", 1, new[] { 1e-3, 9e-4, 0, 0, 0, 0 })]
    [InlineData("any", 0, new[] { 1e-3, 9e-4, 8e-4, 7e-4, 6e-4, 1e-3 })]
    [InlineData("constant", 1, new[] { 1e-3, 1e-3, 9e-4 })]
    [InlineData("constant", 0, new[] { 1e-3, 1e-3, 1e-3 })]
    [InlineData("falling", 1, new[] { 1e-3, 1e-3, 1e-3 })]
    [InlineData("falling", 0, new[] { 1e-3, 9e-4, 8e-4 })]
    [InlineData("exponential", 1, new[] { 1e-3, 9e-4, 8e-4 })]
    public void Other_schedules_can_be_stated(string schedule, int findings, double[] rates)
        => Judge([], null, new() { Schedule = Enum.Parse<RateSchedule>(schedule, ignoreCase: true) }, rates).Findings.Should().HaveCount(findings);

    [Fact]
    public void A_decay_can_be_stated()
        => Judge([], null, new LearningRateMustFollowItsSchedule.Options { Schedule = RateSchedule.Exponential, LearningRate = 1e-3, Decay = 0.9 }, 1e-3, 9e-4, 8.1e-4).Findings.Should().BeEmpty();

    [Fact]
    public void A_log_without_a_rate_is_not_judged()
        => new GateRun().With(ArtifactRole.Log, "a", new TrainingLog("x", [new ScalarSeries("loss", [new(0, 1), new(1, 1)])], new Dictionary<string, MetadataValue>()))
            .Judge(new LearningRateMustFollowItsSchedule(), new LearningRateMustFollowItsSchedule.Options()).Single().Judgement.IsAboutNothing.Should().BeTrue();

    private static Judgement Judge(Dictionary<string, MetadataValue> hyperparameters, long? epoch, params double[] rates) => Judge(hyperparameters, epoch, new(), rates);

    private static Judgement Judge(Dictionary<string, MetadataValue> hyperparameters, long? epoch, LearningRateMustFollowItsSchedule.Options options, params double[] rates)
        => new GateRun().With(ArtifactRole.Log, "train.log", new TrainingLog("rvc-log", [new ScalarSeries("learning_rate", [.. rates.Select((r, i) => new ScalarPoint(i * 200, r))])], hyperparameters) { Epoch = epoch })
            .Judge(new LearningRateMustFollowItsSchedule(), options).Single().Judgement;
}
