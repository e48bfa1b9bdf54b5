using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Curves;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Curves;

public class LossMustNotSaturateTests
{
    // RVC 2.x: "if loss_mel > 75: loss_mel = 75" and 9 for loss_kl; 1.x: 50 and 5.
    [Theory]
    [InlineData("loss_mel", new[] { 75.0, 30, 25, 22, 21, 20 }, false)]
    [InlineData("loss_kl", new[] { 9.0, 9, 2.1, 1.8, 1.7, 1.6 }, false)]
    [InlineData("loss_mel", new[] { 30.0, 25, 22, 75, 75, 75 }, true)]
    [InlineData("loss_kl", new[] { 9.0, 9, 9, 9, 9, 8.7 }, true)]
    [InlineData("loss_mel", new[] { 50.0, 50, 50, 50, 50, 50 }, true)]
    [InlineData("loss_fm", new[] { 75.0, 75, 75, 75, 75, 75 }, null)]
    public void A_loss_that_stands_at_its_cut_off_fails(string series, double[] values, bool? fails)
    {
        var judgement = Judge(series, values);

        judgement.IsAboutNothing.Should().Be(fails is null);
        judgement.Findings.Should().HaveCount(fails == true ? 1 : 0);
    }

    [Fact]
    public void The_other_name_of_the_series_has_the_same_cut_off() => Judge("loss/g/mel", [75, 75, 75, 75]).Findings.Should().ContainSingle();

    [Fact]
    public void A_cut_off_can_be_stated()
        => Judge("loss_fm", [20, 20, 20, 20], new() { Clamps = ["loss_fm=20"] }).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("from step 0 to the end");

    [Fact]
    public void A_cut_off_that_is_none_is_refused()
        => new LossMustNotSaturate().Check((object)new LossMustNotSaturate.Options { Clamps = ["loss_mel"] }).Should().ContainSingle().Which.Option.Should().Be("clamps");

    private static Judgement Judge(string series, double[] values, LossMustNotSaturate.Options? options = null)
        => new GateRun().With(ArtifactRole.Log, "train.log", new TrainingLog("rvc-log", [new ScalarSeries(series, [.. values.Select((v, i) => new ScalarPoint(i * 200, v))])], new Dictionary<string, MetadataValue>()))
            .Judge(new LossMustNotSaturate(), options ?? new()).Single().Judgement;
}
