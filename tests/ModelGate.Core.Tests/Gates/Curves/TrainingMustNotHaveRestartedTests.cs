using System.Globalization;
using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Gates;
using ModelGate.Gates.Curves;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Tests.Readers.TextLogs;

namespace ModelGate.Tests.Gates.Curves;

public class TrainingMustNotHaveRestartedTests
{
    // Fixtures/logs/README.md: a second start at epoch 1 behind a run that had come to step 6600.
    [Fact]
    public void A_second_start_at_epoch_1_fails_with_what_was_lost()
        => Judge(RvcLogs.ReadFile("restart-nan-behind-good-run.log")).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("6600");

    [Theory]
    [InlineData("resume-one-epoch-back.log")]
    [InlineData("train_converging.log")]
    public void A_run_that_went_on_passes(string log) => Judge(RvcLogs.ReadFile(log)).Findings.Should().BeEmpty();

    [Fact]
    public void A_start_that_broke_off_at_once_had_learned_nothing()
    {
        Judge(Restarted([30, 28], [30, 25, 20])).Findings.Should().BeEmpty();
        Judge(Restarted([30, 28], [30, 25, 20]), new() { ShortestRun = 2 }).Findings.Should().ContainSingle();
    }

    [Theory]
    [InlineData(1, new[] { 31.0, 28, 26 })]
    [InlineData(0, new[] { 19.0, 18.5, 18.2 })]
    public void Steps_that_are_counted_anew_are_a_restart_where_the_loss_begins_anew_too(int findings, double[] after)
        => Judge(Restarted([30, 28, 25, 22, 20, 19, 18.8], after)).Findings.Should().HaveCount(findings);

    // A run of 60 lines, and a second start from a later step than the first: with its weights, and without.
    [Theory]
    [InlineData(1, 0, 1.25)]
    [InlineData(0, 30, 0.3)]
    [InlineData(0, 55, 0.17)]
    public void A_start_whose_loss_is_back_where_it_began_lost_what_was_learned(int findings, int at, double loss)
    {
        var lines = Enumerable.Range(0, 60).Select(i => Line(i * 100, 0.15 + Math.Exp(-i / 8.0))).Concat(Enumerable.Range(1, 40).Select(i => Line((at * 100) + (i * 100), 0.15 + ((loss - 0.15) * Math.Exp(-i / 8.0)))));
        var log = (TrainingLog)ArtifactReaders.Read(
            new ReadRequest(new MemoryByteSource(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")), new ReadBudget(ReadLimits.Default)) { Role = ArtifactRole.Log });

        Judge(log).Findings.Should().HaveCount(findings);

        static string Line(int step, double loss) => string.Create(CultureInfo.InvariantCulture, $"Steps : {step}, Gen Loss Total : {loss * 45:0.000}, Mel-Spec. Error : {loss:0.000}, s/b : 0.25");
    }

    // The loss of a flow or a bound may be below zero: one that stands still has lost nothing.
    [Fact]
    public void A_loss_below_zero_that_stands_still_across_a_start_is_no_loss_of_what_was_learned()
    {
        var rows = Enumerable.Range(0, 60).Concat(Enumerable.Range(50, 40)).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"step\": {i * 10}, \"loss\": {-1 + (0.02 * Math.Sin(i)):0.0000}}}\n"));
        var log = (TrainingLog)ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(Encoding.UTF8.GetBytes(string.Concat(rows))), new ReadBudget(ReadLimits.Default)) { Role = ArtifactRole.Log });

        log.Lost.Should().BeEmpty();
        Judge(log).Findings.Should().BeEmpty();
    }

    private static TrainingLog Restarted(double[] before, double[] after)
        => Log(after) with { Starts = 2, Abandoned = [new AbandonedRun(Log(before).Series, null, (before.Length - 1) * 200)] };

    private static TrainingLog Log(double[] values)
        => new("rvc-log", [new ScalarSeries("loss_mel", [.. values.Select((v, i) => new ScalarPoint(i * 200, v))])], new Dictionary<string, MetadataValue>());

    private static Judgement Judge(TrainingLog log, TrainingMustNotHaveRestarted.Options? options = null)
        => new GateRun().With(ArtifactRole.Log, "train.log", log).Judge(new TrainingMustNotHaveRestarted(), options ?? new()).Single().Judgement;
}
