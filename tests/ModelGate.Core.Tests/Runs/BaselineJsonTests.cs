using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Runs.Json;

namespace ModelGate.Tests.Runs;

public class BaselineJsonTests
{
    private const string Head = "{ \"baseline\": 1, \"tool\": \"0.1.0\", \"models\": [ { \"name\": \"\", \"artifacts\": [], \"values\": [";

    [Fact]
    public void What_is_written_is_read_back()
    {
        var baseline = new Baseline([new BaselineModel(
            SafeText.Of($"runs/a"),
            [new BaselineArtifact(SafeText.Of($"lexi.pth"), ArtifactRole.Model, new string('a', 64)), new BaselineArtifact(SafeText.Of($"remote.pth"), ArtifactRole.Model, null)],
            [
                new BaselineValue("loss-min", SafeText.Of($"log train.log loss_mel"), 17.02, Better.Lower) { Revision = 2, Runs = 3, Spread = 0.25, Worst = 17.5 },
                new BaselineValue("periodic-share", SafeText.From("output " + new string('ü', 400) + ".wav", int.MaxValue), 0.5, Better.Higher) { Unit = "frames" },
            ])]);

        using var stream = new MemoryStream();
        BaselineJson.Write(baseline, stream);
        var read = Read(Encoding.UTF8.GetString(stream.ToArray()));

        read.Should().BeEquivalentTo(baseline);
        BaselineJson.Recognises(stream.ToArray()).Should().BeTrue();
        Encoding.UTF8.GetString(stream.ToArray()).Split('\n').Where(l => l.Contains("\"signal\"", StringComparison.Ordinal)).Should().HaveCount(2, "a review reads one line for each number");
    }

    [Fact]
    public void An_entry_of_a_history_is_read_back_with_its_run()
    {
        var entry = new Baseline([new BaselineModel(SafeText.Of($"runs/a"), [], [new BaselineValue("rms", SafeText.Of($"output a.wav"), 0.1, Better.Lower)]) { Verdict = Verdict.Failed, Stopped = ["MG4001", "MG5001"] }])
        {
            Run = new RunSummary(new RunOrigin { Name = SafeText.Of($"nightly"), Commit = SafeText.Of($"0123456789abcdef"), Date = new DateTime(2026, 11, 28, 9, 30, 0, DateTimeKind.Utc) }, Verdict.Failed),
        };

        using var stream = new MemoryStream();
        BaselineJson.Write(entry, stream);

        Read(Encoding.UTF8.GetString(stream.ToArray())).Should().BeEquivalentTo(entry);
    }

    [Theory]
    [InlineData("{ \"baseline\": 1, \"tool\": \"9\", \"run\": { \"verdict\": \"green\" }, \"models\": [] }", "the verdict green")]
    [InlineData("{ \"baseline\": 1, \"tool\": \"9\", \"run\": { \"verdict\": \"passed\", \"date\": \"yesterday\" }, \"models\": [] }", "the date yesterday")]
    [InlineData("{ \"baseline\": 1, \"tool\": \"9\", \"models\": [{ \"name\": \"\", \"verdict\": \"failed\", \"stopped\": [null], \"artifacts\": [], \"values\": [] }] }", "contains null")]
    [InlineData("{ \"baseline\": 2, \"tool\": \"9\", \"models\": [] }", "version 2")]
    [InlineData("{ \"baseline\": 1, \"tool\": \"9\" }", "does not have the form")]
    [InlineData("{ \"baseline\": 1, \"baseline\": 1, \"tool\": \"9\", \"models\": [] }", "does not have the form")]
    [InlineData(Head + "{\"signal\":\"a\",\"subject\":\"b\",\"value\":1,\"better\":\"sideways\"}]}]}", "lower or higher")]
    [InlineData(Head + "{\"signal\":\"a\",\"subject\":\"b\",\"value\":1e999,\"better\":\"lower\"}]}]}", "not a finite number")]
    [InlineData(Head + "{\"signal\":\"a\",\"subject\":\"b\",\"value\":1,\"better\":\"lower\",\"spread\":-1}]}]}", "has the spread -1")]
    [InlineData(Head + "{\"signal\":\"a\",\"subject\":\"b\",\"value\":1,\"better\":\"lower\",\"runs\":0}]}]}", "of 0 runs")]
    [InlineData(Head + "{\"signal\":\"a\",\"subject\":\"b\",\"value\":1,\"better\":\"lower\"},{\"signal\":\"a\",\"subject\":\"b\",\"value\":2,\"better\":\"lower\"}]}]}", "more than once")]
    [InlineData("{ \"baseline\": 1, \"tool\": \"9\", \"models\": [{ \"name\": \"a\", \"artifacts\": [], \"values\": [] }, { \"name\": \"a\", \"artifacts\": [], \"values\": [] }] }", "the model a more than once")]
    [InlineData(Head + "null]}]}", "contains null")]
    [InlineData("{ \"baseline\": 1, \"tool\": \"9\", \"models\": [null] }", "contains null")]
    [InlineData("{ \"baseline\": 1, \"tool\": \"9\", \"models\": [{ \"name\": \"\", \"artifacts\": [null], \"values\": [] }] }", "contains null")]
    [InlineData(Head + "{\"signal\":\"a\",\"subject\":\"b\",\"value\":1,\"better\":\"lower\",\"revision\":1},{\"signal\":\"a\",\"subject\":\"b\",\"value\":2,\"better\":\"lower\",\"revision\":2}]}]}", "more than once")]
    [InlineData(Head + "{\"signal\":\"a\",\"subject\":\"b\",\"value\":\"NaN\",\"better\":\"lower\"}]}]}", "does not have the form")]
    public void What_is_not_a_baseline_is_refused_with_its_reason(string json, string reason)
        => FluentActions.Invoking(() => Read(json)).Should().Throw<ArtifactFault>().Which.Description.Value.Should().Contain(reason);

    [Fact]
    public void Depth_is_bounded() => FluentActions.Invoking(() => Read("{ \"baseline\": 1, \"tool\": " + new string('[', 100_000))).Should().Throw<ArtifactFault>();

    private static Baseline Read(string json)
    {
        using var budget = new ReadBudget(ReadLimits.Default);
        return BaselineJson.Read(Encoding.UTF8.GetBytes(json), budget);
    }
}
