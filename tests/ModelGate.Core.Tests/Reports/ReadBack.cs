using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ModelGate.Runs;

namespace ModelGate.Tests.Reports;

/// <summary>What a rendered report says: each finding's gate and severity with whether its sentence stands there, and the verdict.</summary>
internal sealed record ReadBack(string Verdict, IReadOnlyList<(string Id, string Level, string Text)> Findings)
{
    public static ReadBack Of(string format, RunRecord report) => format switch
    {
        "console" => Console(Rendered.Lines("console", report)),
        "json" => Json(Rendered.Json("json", report)),
        "sarif" => Sarif(Rendered.Json("sarif", report)),
        "gitlab" => GitLab(Rendered.Json("gitlab", report)),
        "junit" => JUnit(Rendered.Text(Rendered.Format("junit"), report)),
        "github" => GitHub(Rendered.Lines("github", report)),
        "azure" => Azure(Rendered.Lines("azure", report)),
        "markdown" => Markdown(Rendered.Lines("markdown", report)),
        "html" => Html(Rendered.Text(Rendered.Format("html"), report)),
        _ => throw new NotSupportedException($"the format {format} is read back by no test"),
    };

    /// <summary>Reads as strictly as XML is read anywhere: no DTD, every character legal.</summary>
    public static XDocument Xml(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader);
    }

    private static ReadBack Json(JsonElement root)
    {
        var findings = new List<(string, string, string)>();
        foreach (var result in root.GetProperty("results").EnumerateArray())
        {
            var id = result.GetProperty("id").GetString()!;
            var messages = result.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("message").GetString()!);
            findings.AddRange(result.GetProperty("outcome").GetString() switch
            {
                "failed" => messages.Select(m => (id, result.GetProperty("error").GetBoolean() ? "error" : "warning", m)),
                "inconclusive" or "notApplicable" when result.GetProperty("error").GetBoolean() => [(id, "error", result.GetProperty("message").GetString()!)],
                _ => [],
            });
        }

        return new(root.GetProperty("verdict").GetString()!, findings);
    }

    // A block begins with its badge; below it, indented, stand the sentences, and after a blank line the numbers. Of several sentences the first sums up the others.
    private static ReadBack Console(string[] lines)
    {
        var findings = new List<(string, string, string)>();
        for (var at = 0; at < lines.Length; at++)
        {
            var badge = Regex.Match(lines[at], @"^ (FAIL|WARN|\?\?\?\?|WAIV|n/a|PASS) +(MG\d{4}) ");
            if (badge.Success && badge.Groups[1].Value is not ("PASS" or "WAIV" or "n/a"))
            {
                var sentences = lines.Skip(at + 1).TakeWhile(l => l.Length > 0).ToArray();
                findings.AddRange(sentences.Skip(sentences.Length > 1 ? 1 : 0).Select(s => (badge.Groups[2].Value, badge.Groups[1].Value == "WARN" ? "warning" : "error", s)));
            }
        }

        return new(lines[^1][..lines[^1].IndexOf(':', StringComparison.Ordinal)], findings);
    }

    private static ReadBack Sarif(JsonElement root)
    {
        var run = root.GetProperty("runs")[0];
        return new(run.GetProperty("properties").GetProperty("verdict").GetString()!,
        [
            .. run.GetProperty("results").EnumerateArray().Select(r =>
                (r.GetProperty("ruleId").GetString()!, r.GetProperty("level").GetString()!, r.GetProperty("message").GetProperty("text").GetString()!)),
        ]);
    }

    private static ReadBack GitLab(JsonElement root)
    {
        var findings = root.EnumerateArray().Select(f =>
            (Id: f.GetProperty("check_name").GetString()![..6], Severity: f.GetProperty("severity").GetString()!, Text: f.GetProperty("description").GetString()!)).ToArray();
        var verdict = findings.Any(f => f.Severity == "critical") ? "failed" : findings.Any(f => f.Severity == "major") ? "inconclusive" : "passed";
        return new(verdict, [.. findings.Select(f => (f.Id, f.Severity == "minor" ? "warning" : "error", f.Text))]);
    }

    private static ReadBack JUnit(string text)
    {
        var root = Xml(text).Root!;
        var findings = new List<(string, string, string)>();
        foreach (var testcase in root.Descendants("testcase"))
        {
            var id = testcase.Attribute("classname")!.Value[^6..];
            var wrong = testcase.Element("failure") ?? testcase.Element("error");
            var lines = (wrong ?? testcase.Element("system-out"))?.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
            var told = lines.TakeWhile(l => !l.StartsWith("fix: ", StringComparison.Ordinal) && !l.StartsWith("see: ", StringComparison.Ordinal) && !l.Contains(", required ", StringComparison.Ordinal));
            findings.AddRange(told.Where(l => wrong is not null || l.StartsWith("warning: ", StringComparison.Ordinal)).Select(l => (id, wrong is null ? "warning" : "error", l)));
        }

        return new(root.Descendants("property").Single(p => p.Attribute("name")!.Value == "verdict").Attribute("value")!.Value, findings);
    }

    private static ReadBack GitHub(string[] lines) => new(
        Regex.Match(lines[^1], "^modelgate: (\\w+):").Groups[1].Value,
        [.. lines.Select(l => Regex.Match(l, "^::(error|warning) file=[^,]*,line=\\d+,col=\\d+,title=(MG\\d{4}) [^:]*::(.*)$")).Where(m => m.Success)
            .Select(m => (m.Groups[2].Value, m.Groups[1].Value, m.Groups[3].Value))]);

    private static ReadBack Azure(string[] lines) => new(
        Regex.Match(lines[^1], "^##vso\\[task.complete result=\\w+;\\]modelgate: (\\w+):").Groups[1].Value,
        [.. lines.Select(l => Regex.Match(l, "^##vso\\[task.logissue type=(error|warning);[^\\]]*code=(MG\\d{4});\\](.*)$")).Where(m => m.Success)
            .Select(m => (m.Groups[2].Value, m.Groups[1].Value, m.Groups[3].Value))]);

    private static ReadBack Html(string text)
    {
        var page = Xml(text[text.IndexOf("<html", StringComparison.Ordinal)..]).Root!;
        return new(
            page.Descendants("h1").Single().Value.ToLowerInvariant(),
            [
                .. page.Descendants("ol").Where(o => o.Attribute("class")?.Value == "findings").Elements("li")
                    .Select(l => (l.Element("p")!.Elements().Last().Value[..6], l.Attribute("class")!.Value == "warning" ? "warning" : "error", l.Value)),
            ]);
    }

    private static ReadBack Markdown(string[] lines)
    {
        var findings = new List<(string, string, string)>();
        var id = "";
        foreach (var line in lines)
        {
            id = line.StartsWith("<details><summary>", StringComparison.Ordinal) ? line.Substring(18, 6) : id;
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                findings.Add((id, line.StartsWith("- warning: ", StringComparison.Ordinal) ? "warning" : "error", line));
            }
        }

        return new(lines.Single(l => l.StartsWith("## ModelGate: ", StringComparison.Ordinal))[14..], findings);
    }
}
