using ModelGate.Reports;
using ModelGate.Runs;
using ModelGate.Tool;

namespace ModelGate.Tests.Reports;

public class ReportFormatTests
{
    public static TheoryData<string> Names { get; } = [.. ReportFormats.All.Select(f => f.Name)];

    [Fact]
    public void Has_a_name_of_its_own()
        => ReportFormats.All.Select(f => f.Name).Should().OnlyHaveUniqueItems().And.OnlyContain(n => n.All(char.IsAsciiLetterLower));

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_the_same_findings_and_the_same_verdict(string name)
    {
        var report = MadeReport.Rich();
        var expected = ReportedFinding.Of(report);
        expected.Should().HaveCount(5);

        var told = ReadBack.Of(name, report);

        told.Verdict.Should().Be("failed");
        told.Findings.Should().HaveCount(expected.Count);
        foreach (var finding in expected)
        {
            told.Findings.Should().ContainSingle(f =>
                f.Id == finding.Gate.Id && f.Level == (finding.IsError ? "error" : "warning") && f.Text.Contains(finding.Message.Value, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_that_nothing_was_judged(string name)
    {
        var report = MadeReport.Of(MadeReport.Result("MG2001", "", Outcome.NotApplicable, "the configuration names no model", 13));

        var told = ReadBack.Of(name, report);

        told.Verdict.Should().Be("inconclusive");
        told.Findings.Should().ContainSingle().Which.Level.Should().Be("error");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_that_all_is_well(string name)
    {
        var told = ReadBack.Of(name, MadeReport.Of(MadeReport.Result("MG5001", "a.wav", Outcome.Passed, "flatness 0.05 is below 0.1", 16)));

        told.Verdict.Should().Be("passed");
        told.Findings.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_the_same_bytes_for_the_same_report(string name)
    {
        var bytes = Rendered.Bytes(Rendered.Format(name), MadeReport.Rich());

        bytes.Should().Equal(Rendered.Bytes(Rendered.Format(name), MadeReport.Rich()));
        bytes[0].Should().NotBe(0xEF, "a byte order mark is in nobody's way of reading");
        bytes.Should().EndWith([(byte)'\n']).And.NotContain((byte)'\r');
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Leaves_the_stream_to_its_owner(string name)
    {
        using var stream = new MemoryStream();
        Rendered.Format(name).Write(MadeReport.Rich(), stream);

        stream.CanWrite.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Counts_a_warning_as_an_error_where_warnings_fail(string name)
    {
        var made = MadeReport.Rich();
        var report = RunRecord.Decide(made.Configurations[0], made.Artifacts, made.Results, Severity.Warning) with { Causes = made.Causes };

        ReadBack.Of(name, report).Findings.Should().HaveCount(5).And.OnlyContain(f => f.Level == "error");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Counts_a_warning_as_a_warning_where_errors_fail(string name)
        => ReadBack.Of(name, MadeReport.Rich()).Findings.Select(f => f.Level).Should().BeEquivalentTo("error", "error", "error", "error", "warning");

    [Theory]
    [MemberData(nameof(Names))]
    public void Fails_where_warnings_fail_and_there_is_nothing_else(string name)
    {
        RunResult[] results = [MadeReport.Result("MG5001", "b.wav", Outcome.Failed, "flat", 16, Severity.Warning, MadeReport.Found("flat", "spectral-flatness"))];

        ReadBack.Of(name, MadeReport.Of(results)).Verdict.Should().Be("passed");
        ReadBack.Of(name, RunRecord.Decide(new RunConfiguration(SafeText.Empty, ""), [], results, Severity.Warning)).Verdict.Should().Be("failed");
    }
}
