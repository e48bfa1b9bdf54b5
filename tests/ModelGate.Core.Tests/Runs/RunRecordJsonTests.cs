using System.Text;
using CsCheck;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Gates.Catalogue;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Runs.Json;
using ModelGate.Tests.Reports;

namespace ModelGate.Tests.Runs;

/// <summary>A report is data in both directions: what was written, read and written again is the same, byte for byte.</summary>
public class RunRecordJsonTests
{
    private static readonly double[] Extremes =
    [
        0, -0.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        2.2250738585072014e-308, 0.1, 1.0 / 3, 1e15, 1e16, 9007199254740993, -1e-7, 60e6,
    ];

    private static readonly Gen<double> Number = Gen.OneOf(OneOf(Extremes), Gen.Double);

    private static readonly Gen<SafeText> Text = Gen.OneOf(
        Gen.Const(SafeText.Empty),
        OneOf(HostileText.All.Select(t => SafeText.From(t.Text)).ToArray()),
        OneOf(HostileText.All.Where(t => t.Text.Length < 1000).Select(t => SafeText.From(t.Text, int.MaxValue)).ToArray()),
        Gen.String.Select(s => SafeText.From(s)));

    private static readonly Gen<string> Hash = Gen.OneOf(Gen.Const(""), Gen.String[Gen.Char["0123456789abcdef"], 64, 64]);

    private static readonly Gen<ArtifactRole> Role = OneOf(ArtifactRoles.All.ToArray());

    private static readonly Gen<Requirement?> Required = Gen.Select(Gen.Enum<Relation>(), Number, (relation, limit) => new Requirement(relation, limit)).Null()!;

    private static readonly Gen<Measurement> Measurement =
        from signal in Text
        from subject in Text
        from observed in Number.Nullable()
        from unit in OneOf("", "dBFS", "FS", "°")
        from path in Text
        from role in Role.Nullable()
        from revision in Gen.Int.Nullable()
        from better in Gen.Enum<Better>()
        from required in Required
        from text in Text
        select new Measurement(signal.Value, subject, observed, unit) { Path = path, Role = role, Revision = revision, Better = better, Required = required, Text = text };

    private static readonly Gen<Finding> Finding =
        Gen.Select(Text, Text, Measurement.Array[0, 3], (message, remedy, evidence) => new Finding(message)
        {
            Remedy = remedy,
            Evidence = evidence,
            Outlines = [.. evidence.Take(1).Select(_ => new ModuleOutlines(remedy, [message, remedy], []))],
        });

    private static readonly Gen<RunResult> Result =
        from gate in OneOf(GateCatalogue.All.Select(g => g.Ref).ToArray())
        from artifact in Text
        from severity in Gen.Enum<Severity>()
        from outcome in Gen.Enum<Outcome>()
        from message in Text
        from at in Gen.Select(Text, Gen.Int, Gen.Int, (file, line, column) => new SourcePosition(file, line, column))
        from measurements in Measurement.Array[0, 3]
        from findings in Finding.Array[0, 3]
        from @group in Text
        from identity in Text
        from isError in Gen.Bool
        select new RunResult(gate, artifact, severity, outcome, message, at, measurements, findings) { Group = @group, Identity = identity, IsError = isError };

    private static readonly Gen<RunArtifact> Artifact =
        from path in Text
        from role in Role
        from kind in OneOf("checkpoint", "unreadable", "metrics")
        from format in OneOf("", "pytorch-zip", "json-lines")
        from bytes in Gen.Long[0, long.MaxValue]
        from hash in Hash
        from warnings in Text.Array[0, 3]
        from @group in Text
        select new RunArtifact(path, role, kind, format, bytes, hash, warnings) { Group = @group };

    private static readonly Gen<RunRecord> Record =
        from verdict in Gen.Enum<Verdict>()
        from configurations in Gen.Select(Text, Hash, Text, Text, Text, (path, hash, @group, folder, model) => new RunConfiguration(path, hash) { Group = @group, Folder = folder, Model = model, Part = path }).Array[0, 3]
        from artifacts in Artifact.Array[0, 4]
        from results in Result.Array[0, 4]
        from failOn in Gen.Enum<Severity>()
        from causes in Gen.Select(Text, OneOf("MG1001", "MG5001").Array[0, 3], Text, (message, explains, @group) => new Cause(message, explains) { Group = @group }).Array[0, 3]
        from answers in Gen.Select(Text, Text, Gen.Enum<AnswerState>(), Text, (question, sentence, state, @group) => new Answer(question, sentence, state) { Group = @group }).Array[0, 3]
        from notes in Text.Array[0, 3]
        from name in Text
        from commit in Text
        from seconds in Gen.Long[0, 253_402_300_799].Nullable()
        select new RunRecord(verdict, configurations, artifacts, results)
        {
            FailOn = failOn,
            Causes = causes,
            Answers = answers,
            Notes = notes,
            Origin = new RunOrigin { Name = name, Commit = commit, Date = seconds is { } s ? DateTimeOffset.FromUnixTimeSeconds(s).UtcDateTime : null },
        };

    public static TheoryData<string> Kinds { get; } = [.. HostileText.All.Select(t => t.Kind)];

    [Fact]
    public void Any_record_comes_back() => Record.Sample(record => RequireRoundTrip(record), iter: 2000, seed: "0000KIOcRtH4");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_record_of_hostile_text_comes_back(string kind) => RequireRoundTrip(MadeReport.Saying(HostileText.All.Single(t => t.Kind == kind).Text));

    [Fact]
    public void Records_with_every_outcome_with_nothing_and_of_several_models_come_back()
    {
        RequireRoundTrip(MadeReport.Rich());
        RequireRoundTrip(MadeReport.Of());
        RequireRoundTrip(MadeReport.Many(500));
        RequireRoundTrip(RunRecord.Join([]));
        RequireRoundTrip(RunRecord.Join([MadeReport.Rich().In(SafeText.Of($"a")), MadeReport.Saying("::error::x").In(SafeText.Of($"b/c"))]));
    }

    [Fact]
    public void Every_value_that_was_written_is_read()
    {
        var record = Read(Written(MadeReport.Rich()));

        record.Should().BeEquivalentTo(MadeReport.Rich(), options => options.WithStrictOrdering().ComparingByValue<SafeText>().ComparingByValue<Requirement>());
    }

    [Theory]
    [InlineData("nesting", "\"later\": [[[[[1]]]]],")]
    [InlineData("metadataTextBytes", "\"later\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",")]
    [InlineData("metadataTextBytes", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\": 1,")]
    [InlineData("jsonValues", "\"later\": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30],")]
    public void A_report_keeps_the_limits_of_every_artifact(string limit, string member)
    {
        var limits = ReadLimits.Default with { Nesting = 4, MetadataTextBytes = 70, JsonValues = 50 };
        Read(Small(""), limits).Verdict.Should().Be(Verdict.Passed);

        Refusal(Small(member), limits).Limit.Should().Be(limit);
    }

    [Fact]
    public void A_report_is_no_longer_than_a_document_may_be()
        => Refusal(Small(""), ReadLimits.Default with { JsonBytes = 100 }).Limit.Should().Be("jsonBytes");

    [Fact]
    public void What_a_later_version_adds_may_nest_as_deep_as_the_limit_allows()
        => Read(Small("\"later\": " + new string('[', 400) + new string(']', 400) + ",")).Verdict.Should().Be(Verdict.Passed);

    [Fact]
    public void A_million_brackets_are_refused_at_the_limit()
        => Refusal(Small("\"later\": " + new string('[', 1_000_000) + new string(']', 1_000_000) + ",")).Limit.Should().Be("nesting");

    [Theory]
    [InlineData("\"verdict\": \"passed\"", "\"verdict\": \"passed\", \"verdict\": \"passed\"", "line 1, at $")]
    [InlineData("\"verdict\": \"passed\"", "\"later\": 1, \"verdict\": \"excellent\"", "\"excellent\" is not a verdict")]
    [InlineData("\"notes\": []", "\"notes\": [\"\\ud800\"]", "line 2, at $.notes[0]")]
    [InlineData("\"notes\": []", "\"notes\": [null]", "null in it")]
    [InlineData("\"results\": []", "\"results\": [null]", "null in it")]
    [InlineData("\"results\": []", "\"results\": {}", "line 2, at $.results")]
    [InlineData("\"artifacts\": []", "\"artifacts\": [{ \"path\": null, \"role\": \"model\", \"kind\": \"\", \"format\": \"\", \"bytes\": -1, \"sha256\": \"\", \"warnings\": [] }]", "-1 is not a file's length")]
    [InlineData("\"artifacts\": []", "\"artifacts\": [{ \"path\": null, \"role\": \"model\", \"kind\": \"\", \"format\": \"\", \"bytes\": 1e99, \"sha256\": \"\", \"warnings\": [] }]", "line 2, at $.artifacts[0].bytes")]
    [InlineData("\"sha256\": \"\"", "\"sha256\": \"abc\"", "\"abc\" is not a SHA-256")]
    [InlineData("\"schemaVersion\": \"1\"", "\"schemaVersion\": \"2\"", "schema version \"2\"")]
    [InlineData("\"results\": [] }", "\"results\": [] ", "line 2")]
    public void What_breaks_the_form_is_refused_as_a_report(string valid, string broken, string sentence)
    {
        var fault = Refusal(Small("").Replace(valid, broken, StringComparison.Ordinal));

        fault.Reason.Should().Be(FaultReason.Report);
        fault.Format.Should().Be(RunReport.FormatName);
        fault.Message.Should().Contain(sentence);
    }

    [Fact]
    public void A_lone_surrogate_in_the_name_of_a_member_does_no_harm()
        => FluentActions.Invoking(() => Read(Small("\"\\udc00\": 1, \"\\udc00\": 2,"))).Should().NotThrow<InvalidOperationException>();

    [Theory]
    [InlineData("{ \"schemaVersion\": \"1\", \"measurements\": [] }")]
    [InlineData("{ \"schemaVersion\": \"1\" }")]
    [InlineData("{ \"schemaVersion\": 1, \"tool\": {} }")]
    [InlineData("{ \"tool\": {}, \"schemaVersion\": \"1\" }")]
    public void Another_document_is_not_taken_for_a_report(string text) => RunRecordJson.Recognises(Encoding.UTF8.GetBytes(text)).Should().BeFalse();

    [Fact]
    public void A_text_with_controls_is_made_harmless()
        => Read(Small("").Replace("\"notes\": []", "\"notes\": [\"a\\u001b[2J\\u202eb\"]", StringComparison.Ordinal)).Notes.Should().ContainSingle().Which.Value.Should().Be("a\\x1b[2J\\u{202E}b");

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Small(string member) => $$"""
        { "schemaVersion": "1", "tool": { "name": "modelgate", "version": "1" }, {{member}} "verdict": "passed", "causes": [],
        "config": { "path": null, "sha256": "" }, "notes": [], "artifacts": [], "results": [] }
        """;

    private static void RequireRoundTrip(RunRecord record)
    {
        var written = Written(record);
        Encoding.UTF8.GetString(Written(Read(written))).Should().Be(Encoding.UTF8.GetString(written));
    }

    private static byte[] Written(RunRecord record)
    {
        using var stream = new MemoryStream();
        RunRecordJson.Write(record, stream);
        return stream.ToArray();
    }

    private static RunRecord Read(string text, ReadLimits? limits = null) => Read(Encoding.UTF8.GetBytes(text), limits);

    private static RunRecord Read(byte[] bytes, ReadLimits? limits = null)
        => ((RunReport)ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(bytes), new ReadBudget(limits ?? ReadLimits.Default)))).Record;

    private static ArtifactFault Refusal(string text, ReadLimits? limits = null)
        => FluentActions.Invoking(() => Read(text, limits)).Should().Throw<ArtifactFault>().Which;
}
