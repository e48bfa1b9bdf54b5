using System.Globalization;
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
    public static TheoryData<string, string> WrittenByPython => new()
    {
        { "metrics.json", "json" },
        { "diverged.json", "json" },
        { "log.jsonl", "json-lines" },
        { "results.csv", "csv" },
        { "pandas.csv", "csv" },
        { "pandas.jsonl", "json-lines" },
        { "pandas-semicolon.csv", "csv" },
    };

    [Theory]
    [MemberData(nameof(WrittenByPython))]
    public void Finds_the_numbers_that_Python_finds(string file, string format)
    {
        var expected = JsonDocument.Parse(Fixture.Bytes("metrics/expected.json")).RootElement.GetProperty(file).EnumerateObject()
            .ToDictionary(m => m.Name, m => string.Join(' ', m.Value.EnumerateArray().Select(v => Text(v))));

        var metrics = Read(Encoding.UTF8.GetString(Fixture.Bytes("metrics/" + file)));

        metrics.Format.Should().Be(format);
        metrics.ByName.ToDictionary(m => m.Key, m => string.Join(' ', m.Value.Values.Select(v => Text(v)))).Should().Equal(expected);

        static string Text(object number) => number switch
        {
            JsonElement { ValueKind: JsonValueKind.String } word => word.GetString() switch { "nan" => "NaN", "inf" => "Infinity", _ => "-Infinity" },
            JsonElement element => Text(element.GetDouble()),
            _ => ((double)number).ToString("R", CultureInfo.InvariantCulture),
        };
    }

    [Theory]
    [MemberData(nameof(WrittenByPython))]
    public void Knows_them_without_a_role(string file, string format)
        => Reading(Encoding.UTF8.GetString(Fixture.Bytes("metrics/" + file)), role: null).Should().BeOfType<Metrics>().Which.Format.Should().Be(format);

    [Theory]
    [InlineData("{\"loss\": 2.5, \"step\": 1}\n{\"loss\": 1.5, \"step\": 2}\n{\"loss\": 1.25, \"step\": 3}\n")]
    [InlineData("[{\"loss\": 2.5, \"step\": 1}, {\"loss\": 1.5, \"step\": 2}, {\"loss\": 1.25, \"step\": 3}]")]
    [InlineData("step,loss,note\n1,2.5,warm-up\n2,1.5,\n3,1.25,\"a, \"\"b\"\"\"\n")]
    [InlineData("step;loss\r\n1;2.5\r\n2;1.5\r\n3;1.25")]
    [InlineData("step\tloss\n1\t2.5\n2\t1.5\n3\t1.25\n")]
    [InlineData("\uFEFFstep,loss\n1,2.5\n2,1.5\n3,1.25\n")]
    public void Reads_rows_as_the_series_of_each_name_whose_last_value_counts(string text)
    {
        var metrics = Read(text);

        metrics.ByName["loss"].Values.Should().Equal(2.5, 1.5, 1.25);
        metrics.ByName["loss"].Value.Should().Be(1.25);
        metrics.ByName["step"].Values.Should().Equal(1, 2, 3);
        metrics.ByName.Should().HaveCount(2);
    }

    // The form of trainer_state.json: https://huggingface.co/docs/transformers/main_classes/callback#transformers.TrainerState
    [Fact]
    public void Reads_a_list_of_objects_inside_a_document_as_a_series()
        => Values("""{ "best_metric": 0.2, "log_history": [ { "loss": 3.0, "step": 10 }, { "eval_loss": 2.0, "step": 10 }, { "loss": 1.0, "step": 20 } ] }""").Should().Equal(
            "best_metric 0.2", "log_history.loss 3 1", "log_history.step 10 10 20", "log_history.eval_loss 2");

    [Fact]
    public void Takes_no_text_for_a_number()
    {
        var metrics = Read("""{ "a": "0.5", "b": "NaN", "c": null, "d": { "e": 1 }, "f": [], "g": 2 }""");

        metrics.ByName.Keys.Should().Equal("d.e", "g");
        metrics.Others.Should().Equal(new Dictionary<string, string> { ["a"] = "a string", ["b"] = "a string", ["c"] = "null", ["d"] = "an object", ["f"] = "a list" });
    }

    [Fact]
    public void Reads_what_Python_writes_in_a_cell_where_there_is_no_number()
        => Values("a,b,c,d\nnan,-inf,inf,\"0,5\"\n").Should().Equal("a NaN", "b -Infinity", "c Infinity");

    [Theory]
    [InlineData("json", "{\"loss\": 1", 10)]
    [InlineData("json", "{\"loss\": 1}\n{\"loss\": ", null)]
    [InlineData("json", "{\"loss\": nan}", 9)]
    [InlineData("json", "{\"loss\": 1NaN}", null)]
    [InlineData("json", "{\"loss\": NaN1}", null)]
    [InlineData("json", "{\"loss\": +Infinity}", null)]
    [InlineData("json", "{\"loss\": --Infinity}", null)]
    [InlineData("json", "{\"loss\": 1} x", 12)]
    [InlineData("json", "{\"los\\ud800s\": 1}", 1)]
    [InlineData("duplicate-key", "{\"loss\": 1, \"loss\": 2}", 12)]
    [InlineData("duplicate-key", "{\"a\": {\"loss\": 1, \"x\": {\"loss\": 0}, \"loss\": null}}", 36)]
    [InlineData("duplicate-key", "{\"eval.wer\": 1, \"eval\": {\"wer\": 2}}", 32)]
    [InlineData("duplicate-key", "loss,loss\n1,2\n", null)]
    [InlineData("csv", "loss,step\n1,2,3\n", null)]
    [InlineData("csv", "loss,step\n1,\"2\n3,4\n", 10)]
    [InlineData("no-metrics", "name;loss\na;0,35\n", null)]
    [InlineData("no-metrics", "{\"name\": \"tiny\"}", null)]
    [InlineData("no-metrics", "[1, 2, 3]", null)]
    [InlineData("no-metrics", "0.5", null)]
    [InlineData("no-metrics", "a,b\nx,y\n", null)]
    [InlineData("unsupported-format", "a\0b", null)]
    public void Refuses_what_is_not_metrics_by_its_reason_and_place(string reason, string text, int? offset)
    {
        var fault = Refusal(text);

        fault.Reason.Code.Should().Be(reason);
        if (offset is not null)
        {
            fault.Offset.Should().Be(offset);
        }
    }

    [Fact]
    public void Names_the_line_of_a_row_that_is_too_long()
        => Refusal("a,b\n1,\"x\ny\"\n1,2,3\n").Message.Should().Contain("line 4 has 3 cells");

    [Fact]
    public void Says_that_a_file_is_UTF_16()
        => FluentActions.Invoking(() => ArtifactReaders.Read(new ReadRequest(new MemoryByteSource((byte[])[.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{\"a\": 1}")]), new ReadBudget(ReadLimits.Default)) { Role = ArtifactRole.Metrics }))
            .Should().Throw<ArtifactFault>().Which.Message.Should().Contain("UTF-16");

    [Fact]
    public void Keeps_its_limits()
    {
        Refusal("{\"a\": [1, 2, 3]}", ReadLimits.Default with { MetricValues = 2 }).Limit.Should().Be("metricValues");
        Refusal("a,b\n1,2\n3,4\n", ReadLimits.Default with { MetricValues = 3 }).Limit.Should().Be("metricValues");
        Refusal("a,b\n1,2\n", ReadLimits.Default with { MetricsBytes = 7 }).Limit.Should().Be("metricsBytes");
        Refusal("a,b\n1,2\n" + new string('1', 11) + ",2\n", ReadLimits.Default with { LogLineBytes = 10 }).Limit.Should().Be("logLineBytes");
        Refusal("a,b\n1,\"" + new string('x', 11), ReadLimits.Default with { LogLineBytes = 10 }).Limit.Should().Be("logLineBytes");
        Refusal("a,b\n1,2,3,4\n", ReadLimits.Default with { MetricNames = 3 }).Limit.Should().Be("metricNames");
        Refusal("{\"a\": [NaN, NaN, NaN]}", ReadLimits.Default with { MetricValues = 2 }).Limit.Should().Be("metricValues");
        Refusal("{\"a\": {}, \"b\": {}, \"c\": 1}", ReadLimits.Default with { MetricNames = 2 }).Limit.Should().Be("metricNames");
        Refusal("a,b,c\n1,2,3\n", ReadLimits.Default with { MetricNames = 2 }).Limit.Should().Be("metricNames");
        Refusal(new string('[', 513) + new string(']', 513)).Limit.Should().Be("nesting");
        Refusal("{\"a\": " + string.Concat(Enumerable.Repeat("{\"\":", 100_000)), ReadLimits.Default with { Nesting = 50_000 }).Limit.Should().Be("nesting");
    }

    // Names without a character never make a path longer, and nesting is bounded by the limit alone.
    [Fact]
    public void Walks_as_deep_as_the_user_allows()
        => Refusal(string.Concat(Enumerable.Repeat("{\"\":", 100_000)) + "1" + new string('}', 100_000), ReadLimits.Default with { Nesting = 1_000_000 }).Reason.Should().Be(FaultReason.NoMetrics);

    // A name of a mebibyte above a list of a million numbers must not be built a million times.
    [Fact]
    public void Leaves_out_a_name_that_no_report_could_show_and_says_so()
    {
        var metrics = Read($"{{\"{new string('x', 1 << 20)}\": [{string.Join(',', Enumerable.Repeat("1", 1_000_000))}], \"y\": 2}}");

        metrics.ByName.Keys.Should().Equal("y");
        metrics.Warnings.Should().ContainSingle().Which.Value.Should().Be("1 name is longer than 1024 characters, and left out");
    }

    private static Metrics Read(string text) => (Metrics)Reading(text, ArtifactRole.Metrics);

    private static IEnumerable<string> Values(string text)
        => Read(text).ByName.Select(m => $"{m.Key} {string.Join(' ', m.Value.Values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}");

    private static ArtifactFault Refusal(string text, ReadLimits? limits = null)
        => FluentActions.Invoking(() => Reading(text, ArtifactRole.Metrics, limits)).Should().Throw<ArtifactFault>().Which;

    private static Artifact Reading(string text, ArtifactRole? role, ReadLimits? limits = null)
        => ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(Encoding.UTF8.GetBytes(text)), new ReadBudget(limits ?? ReadLimits.Default)) { Role = role });

    [Fact]
    public void Numbers_with_a_decimal_comma_are_named_and_not_read()
    {
        var metrics = Read("epoch;loss;note\n1;0,35;a, b\n2;0,30;c\n");

        metrics.ByName.Keys.Should().Equal("epoch");
        metrics.Warnings.Should().ContainSingle().Which.Value.Should().Be("the numbers of loss have a decimal comma, and are not read: write them with a point");
        FluentActions.Invoking(() => Read("loss;wer\n0,35;0,1\n")).Should().Throw<ArtifactFault>().WithMessage("*decimal comma*");
        FluentActions.Invoking(() => Read("epoch,loss\n1,0,35\n")).Should().Throw<ArtifactFault>().WithMessage("line 2 has 3 cells, and the table has 2 columns (numbers with a decimal comma are two cells*");
    }
}
