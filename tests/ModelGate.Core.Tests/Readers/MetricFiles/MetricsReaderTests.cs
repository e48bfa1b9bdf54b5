using System.Text;
using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Tests.Readers.MetricFiles;

public class MetricsReaderTests
{
    [Fact]
    public void Reads_the_scalars_of_a_document_by_dotted_path_as_DVC_does()
        => Values("""{ "train": { "loss": 0.31, "epoch": 12 }, "eval": { "wer": 0.118, "passed": true, "model": "tiny" } }""").Should().Equal(
            ("train.loss", [0.31]), ("train.epoch", [12]), ("eval.wer", [0.118]), ("eval.passed", [1]));

    [Theory]
    [InlineData("{\"loss\": 2.5, \"step\": 1}\n{\"loss\": 1.5, \"step\": 2}\n{\"loss\": 1.25, \"step\": 3}\n")]
    [InlineData("[{\"loss\": 2.5, \"step\": 1}, {\"loss\": 1.5, \"step\": 2}, {\"loss\": 1.25, \"step\": 3}]")]
    [InlineData("step,loss,note\n1,2.5,warm-up\n2,1.5,\n3,1.25,\"a, \"\"b\"\"\"\n")]
    [InlineData("step;loss\r\n1;2.5\r\n2;1.5\r\n3;1.25")]
    [InlineData("step\tloss\n1\t2.5\n2\t1.5\n3\t1.25\n")]
    [InlineData("\uFEFFstep,loss\n1,2.5\n2,1.5\n3,1.25\n")]
    public void Reads_rows_as_the_course_of_each_name_whose_last_value_counts(string text)
    {
        var metrics = Read(text);

        metrics.Find("loss")!.Values.Should().Equal(2.5, 1.5, 1.25);
        metrics.Find("loss")!.Value.Should().Be(1.25);
        metrics.Find("step")!.Values.Should().Equal(1, 2, 3);
        metrics.All.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("metrics.json")]
    [InlineData("log.jsonl")]
    [InlineData("results.csv")]
    public void Finds_the_numbers_that_Python_finds(string file)
    {
        var expected = JsonDocument.Parse(Fixture.Bytes("metrics/metrics.expected.json")).RootElement.GetProperty(file).EnumerateObject()
            .ToDictionary(m => m.Name, m => m.Value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? double.NaN : v.GetDouble()).ToArray());

        var metrics = Read(Encoding.UTF8.GetString(Fixture.Bytes("metrics/" + file)));

        metrics.All.ToDictionary(m => m.Name, m => m.Values.ToArray()).Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
    }

    // The form of trainer_state.json: https://huggingface.co/docs/transformers/main_classes/callback#transformers.TrainerState
    [Fact]
    public void Reads_a_list_of_objects_inside_a_document_as_a_course()
        => Values("""{ "best_metric": 0.2, "log_history": [ { "loss": 3.0, "step": 10 }, { "eval_loss": 2.0, "step": 10 }, { "loss": 1.0, "step": 20 } ] }""").Should().Equal(
            ("best_metric", [0.2]), ("log_history.loss", [3, 1]), ("log_history.step", [10, 10, 20]), ("log_history.eval_loss", [2]));

    [Fact]
    public void Reads_what_JSON_has_no_number_for()
    {
        Values("""{ "a": "NaN", "b": "-Infinity", "c": "Infinity", "d": "infinite", "e": null }""").Should().Equal(("a", [double.NaN]), ("b", [double.NegativeInfinity]), ("c", [double.PositiveInfinity]));
        Values("a,b,c\nnan,-inf,inf\n").Should().Equal(("a", [double.NaN]), ("b", [double.NegativeInfinity]), ("c", [double.PositiveInfinity]));
    }

    [Theory]
    [InlineData("json", "{\"loss\": 1")]
    [InlineData("json", "{\"loss\": 1}\n{\"loss\": ")]
    [InlineData("json", "{\"loss\": NaN}")]
    [InlineData("json", "{\"loss\": 1} x")]
    [InlineData("duplicate-key", "{\"loss\": 1, \"loss\": 2}")]
    [InlineData("duplicate-key", "{\"eval.wer\": 1, \"eval\": {\"wer\": 2}}")]
    [InlineData("duplicate-key", "loss,loss\n1,2\n")]
    [InlineData("csv", "loss,step\n1,2,3\n")]
    [InlineData("no-metrics", "{\"name\": \"tiny\"}")]
    [InlineData("no-metrics", "[1, 2, 3]")]
    [InlineData("no-metrics", "a,b\nx,y\n")]
    [InlineData("unsupported-format", "a\0b")]
    public void Refuses_what_is_not_metrics_by_its_reason(string reason, string text) => Refusal(text).Reason.Code.Should().Be(reason);

    [Fact]
    public void Keeps_its_limits()
    {
        Refusal("{\"a\": [1, 2, 3]}", ReadLimits.Default with { MetricValues = 2 }).Limit.Should().Be("metricValues");
        Refusal("a,b\n1,2\n3,4\n", ReadLimits.Default with { MetricValues = 3 }).Limit.Should().Be("metricValues");
        Refusal("a,b\n1,2\n", ReadLimits.Default with { MetricsBytes = 7 }).Limit.Should().Be("metricsBytes");
        Refusal(new string('[', 100) + new string(']', 100)).Reason.Should().Be(FaultReason.Json);
        Refusal(string.Join(',', Enumerable.Range(0, 10_001))).Kind.Should().Be(FaultKind.TooCostly);
    }

    // A name of a mebibyte above a list of a million numbers must not be built a million times.
    [Fact]
    public void Passes_over_a_name_that_no_report_could_show()
        => Values($"{{\"{new string('x', 1 << 20)}\": [{string.Join(',', Enumerable.Repeat("1", 1_000_000))}], \"y\": 2}}").Should().Equal(("y", [2.0]));

    [Fact]
    public void Is_asked_by_the_role_alone()
        => Reading("""{ "encoder.weight": [2, 3] }""", role: null).Should().BeOfType<KeyManifest>();

    private static Metrics Read(string text) => (Metrics)Reading(text, ArtifactRole.Metrics);

    private static IEnumerable<(string, double[])> Values(string text) => Read(text).All.Select(m => (m.Name, m.Values.ToArray()));

    private static ArtifactFault Refusal(string text, ReadLimits? limits = null)
        => FluentActions.Invoking(() => Reading(text, ArtifactRole.Metrics, limits)).Should().Throw<ArtifactFault>().Which;

    private static Artifact Reading(string text, ArtifactRole? role, ReadLimits? limits = null)
        => ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(Encoding.UTF8.GetBytes(text)), new ReadBudget(limits ?? ReadLimits.Default)) { Role = role });
}
