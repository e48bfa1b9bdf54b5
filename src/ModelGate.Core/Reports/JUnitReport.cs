using System.Globalization;
using System.Text;
using System.Xml;
using ModelGate.Reports.Escaping;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>JUnit XML: what the test views of Jenkins, GitLab, Azure and others read.</summary>
/// <remarks>
/// A result is a test case. A failure is a gate that failed, an error one that could not be judged, skipped one that was waived or
/// has nothing to judge. What only warned is a case that passed, with its findings in <c>system-out</c>: the views know no third state.
/// Only elements that all readers know are used; the time is always 0, since equal input makes equal bytes.
/// </remarks>
internal sealed class JUnitReport : ReportFormat
{
    private const int LongestMessage = 1000;

    private enum State
    {
        Passed,
        Failure,
        Error,
        Skipped,
    }

    /// <inheritdoc/>
    public override string Name => "junit";

    /// <inheritdoc/>
    public override void Write(RunRecord report, Stream output)
    {
        var suites = report.Models().Select(m => (Record: m, Name: NameOf(m), Cases: CasesOf(m))).ToArray();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, "modelgate", [.. suites.SelectMany(s => s.Cases)], withSkipped: false);
            foreach (var (record, name, cases) in suites)
            {
                xml.WriteStartElement("testsuite");
                WriteCounts(xml, name, cases, withSkipped: true);
                WriteProperties(xml, record);
                var names = new Dictionary<string, int>(StringComparer.Ordinal);
                foreach (var each in cases)
                {
                    WriteCase(xml, name, each, names);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndDocument();
        }

        output.WriteByte((byte)'\n');
    }

    private static Case[] CasesOf(RunRecord report)
    {
        var findings = ReportedFinding.Of(report).ToLookup(f => f.Result, ReferenceEqualityComparer.Instance);
        return [.. report.Results.Select(r => new Case(r, [.. findings[r]]))];
    }

    // Views join the cases of all jobs, and follow one from run to run by the names of suite, class and case.
    private static string NameOf(RunRecord report)
        => report.Configurations.Select(ReportIdentity.Of).FirstOrDefault() is { Length: > 0 } model ? $"modelgate.{model}" : "modelgate";

    private static void WriteCounts(XmlWriter xml, string name, Case[] cases, bool withSkipped)
    {
        xml.WriteAttributeString("name", Legal(name));
        WriteCount(xml, "tests", cases.Length);
        WriteCount(xml, "failures", cases.Count(c => c.State == State.Failure));
        WriteCount(xml, "errors", cases.Count(c => c.State == State.Error));
        if (withSkipped)
        {
            WriteCount(xml, "skipped", cases.Count(c => c.State == State.Skipped));
        }

        xml.WriteAttributeString("time", "0");
    }

    private static void WriteCount(XmlWriter xml, string name, int count) => xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));

    private static void WriteProperties(XmlWriter xml, RunRecord report)
    {
        xml.WriteStartElement("properties");
        WriteProperty(xml, "verdict", VerdictLine.Word(report.Verdict));
        WriteProperty(xml, "configuration", report.Title.Value);
        foreach (var cause in report.Causes)
        {
            WriteProperty(xml, "cause", $"{cause.Sentence} (explains {string.Join(", ", cause.Explains)})");
        }

        xml.WriteEndElement();
    }

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", Legal(value));
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, string suite, Case each, Dictionary<string, int> names)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Legal($"{suite}.{each.Result.Gate.Id}"));

        // Readers keep one of two cases with equal names.
        var identity = ReportIdentity.Of(each.Result);
        var name = Legal(identity.IsEmpty ? each.Result.Gate.Name : $"{each.Result.Gate.Name} {identity}");
        var key = each.Result.Gate.Id + name;
        var count = names[key] = names.GetValueOrDefault(key) + 1;
        xml.WriteAttributeString("name", count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({count})"));
        xml.WriteAttributeString("time", "0");
        switch (each.State)
        {
            case State.Failure or State.Error:
                xml.WriteStartElement(each.State == State.Failure ? "failure" : "error");
                xml.WriteAttributeString("message", Legal(Excerpt.Of(each.Result.Sentence(each.Result.Message).Value, LongestMessage)));
                xml.WriteAttributeString("type", each.Result.Gate.Id);
                xml.WriteString(Body(each));
                xml.WriteEndElement();
                break;
            case State.Skipped:
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", Legal(Excerpt.Of($"{Word(each.Result.Outcome)}: {each.Result.Sentence(each.Result.Message)}", LongestMessage)));
                xml.WriteEndElement();
                break;
            default:
                xml.WriteElementString("system-out", Body(each));
                break;
        }

        xml.WriteEndElement();
    }

    private static string Body(Case each)
    {
        var lines = new List<string>();
        lines.AddRange(each.Findings.Count == 0 ? [each.Result.Sentence(each.Result.Message).Value] : each.Findings.Take(ReportedFinding.Most).Select(f => (f.IsError ? "" : "warning: ") + f.Sentence));
        if (each.Findings.Count > ReportedFinding.Most)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {each.Findings.Count - ReportedFinding.Most} more"));
        }

        lines.AddRange(each.Findings.Select(f => f.Remedy).Where(r => !r.IsEmpty).Distinct().Select(r => $"fix: {r}"));
        lines.AddRange(each.Result.Measurements.Select(MeasuredValue.Sentence));
        if (each.Findings.Count > 0)
        {
            lines.Add($"see: modelgate explain {each.Result.Gate.Id}");
        }

        return Legal("\n" + LogLine.Harmless(string.Join('\n', lines)) + "\n");
    }

    private static string Word(Outcome outcome) => outcome == Outcome.Waived ? "waived" : "not applicable";

    // XML 1.0 has no way to write most control characters, nor half a surrogate pair: one of them and no reader takes the file.
    private static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        foreach (var rune in LogLine.WithoutMarks(text).EnumerateRunes())
        {
            legal.Append(rune.Value is '\n' or '\t' or (>= 0x20 and not (0xFFFE or 0xFFFF)) ? rune : Rune.ReplacementChar);
        }

        return legal.ToString();
    }

    private sealed record Case(RunResult Result, IReadOnlyList<ReportedFinding> Findings)
    {
        public State State => Findings.Count > 0
            ? !Findings[0].IsError ? State.Passed : Findings[0].IsInconclusive ? State.Error : State.Failure
            : Result.Outcome == Outcome.Passed ? State.Passed : State.Skipped;
    }
}
