using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ModelGate.Tests.Reports;

namespace ModelGate.Package.Tests.Actions;

/// <summary>The second stage, which may write, reads what the first stage left, which a stranger controls.</summary>
public class PullRequestCommentTests(Packages packages)
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";

    private static readonly UTF8Encoding Utf8 = new(false);

    public static TheoryData<string> Kinds { get; } = [.. HostileText.All.Select(t => t.Kind)];

    [PackageFact]
    public void Comments_once_and_replaces_its_own_comment_later()
    {
        var stage = Stage.Of(packages, ("modelgate.json", Utf8.GetBytes(Report("a message"))));

        stage.Run().ExitCode.Should().Be(0);
        stage.Calls.Should().Contain(c => c.StartsWith("api --method POST repos/owner/repository/issues/7/comments --input ", StringComparison.Ordinal));
        stage.Body.Should().StartWith("<!-- modelgate -->\n## ModelGate: failed\n").And.Contain(Sha);

        // The first comment is another's, though it bears the mark.
        stage.Answer("comments", """[{"id":1,"user":{"login":"stranger"},"body":"<!-- modelgate -->"},{"id":2,"user":{"login":"github-actions[bot]"},"body":"<!-- modelgate -->\n"}]""");
        stage.Run().ExitCode.Should().Be(0);
        stage.Calls.Should().Contain(c => c.StartsWith("api --method PATCH repos/owner/repository/issues/comments/2 --input ", StringComparison.Ordinal));
    }

    [PackageFact]
    public void Two_checks_of_a_pull_request_have_a_comment_each()
    {
        var stage = Stage.Of(packages, ("modelgate.json", Utf8.GetBytes(Report("a message"))));
        stage.Answer("artifacts", """{"artifacts":[{"id":3,"name":"modelgate-report-voice","expired":false,"size_in_bytes":1000}]}""");
        stage.Answer("comments", """[{"id":2,"user":{"login":"github-actions[bot]"},"body":"<!-- modelgate -->\n"},{"id":4,"user":{"login":"github-actions[bot]"},"body":"<!-- modelgate modelgate-report-voice -->\n"}]""");

        stage.Run("modelgate-report-voice").ExitCode.Should().Be(0);

        stage.Body.Should().StartWith("<!-- modelgate modelgate-report-voice -->\n");
        stage.Calls.Should().Contain(c => c.StartsWith("api --method PATCH repos/owner/repository/issues/comments/4 --input ", StringComparison.Ordinal));
        stage.Run("a --> b").ExitCode.Should().Be(2);
    }

    [PackageFact]
    public void Takes_the_pull_request_from_the_event_and_only_while_the_commit_is_its_head()
    {
        var stage = Stage.Of(packages, ("modelgate.json", Utf8.GetBytes(Report("x"))));
        stage.Answer("pulls", """[{"number":9,"head":{"sha":"fedcba9876543210fedcba9876543210fedcba98"}}]""");

        stage.Run().ExitCode.Should().Be(0);

        stage.Calls.Should().ContainSingle("there is nothing to comment on").Which.Should().Contain("head=stranger:a%2Fb%26per_page%3D1%23%24");
    }

    [PackageTheory]
    [MemberData(nameof(Kinds))]
    public void Escapes_every_text(string kind)
    {
        var text = HostileText.All.Single(t => t.Kind == kind).Text;
        var stage = Stage.Of(packages, ("modelgate.json", Utf8.GetBytes(Report(text))));

        stage.Run().ExitCode.Should().Be(0);

        var rows = stage.Body.Split('\n').Where(l => l.StartsWith("| failed", StringComparison.Ordinal)).ToArray();
        stage.Body.Split('\n').Should().HaveCount(19, "no text of the report begins a line of its own");
        stage.Body.Split('\n')[3].Should().Be("**Against the baseline:** 1 worse");
        stage.Body.Split('\n')[7].Should().MatchRegex(@"\A\| \*\*worse\*\* \| ([A-Za-z0-9 …]|&#[0-9]+;)* \| ([A-Za-z0-9 …]|&#[0-9]+;)* \| ([A-Za-z0-9 …]|&#[0-9]+;)* \|\z");
        stage.Body.Split('\n')[9].Should().MatchRegex(@"\A\*\*Cause:\*\* ([A-Za-z0-9 ]|&#[0-9]+;)* \(explains MG2001\)\z");
        stage.Body.Split('\n')[11].Should().MatchRegex(@"\A\*\*Fix\*\* MG2001: ([A-Za-z0-9 ]|&#[0-9]+;)*\z");
        rows.Should().ContainSingle().Which.Should().MatchRegex(@"\A\| failed \| MG2001 a-gate \| ([A-Za-z0-9 ]|&#[0-9]+;)* \| ([A-Za-z0-9 ]|&#[0-9]+;)* \|\z");
    }

    [PackageFact]
    public void Says_cause_and_fix_first_and_folds_what_passed()
    {
        var report = Shell.Run(packages.Tool, Repository.Root, packages.Variables, "check", "samples/lexi", "--format", "json").Output;
        var stage = Stage.Of(packages, ("modelgate.json", Utf8.GetBytes(report)));

        stage.Run().ExitCode.Should().Be(0);

        var lines = stage.Body.Split('\n');
        lines[3].Should().StartWith("**Cause:** ").And.Contain("(explains MG2001, MG4001, MG5001)");
        lines[5].Should().StartWith("**Fix** MG2001: Export the model again from ");
        var folded = Array.FindIndex(lines, l => l.StartsWith("<details>", StringComparison.Ordinal));
        lines[..folded].Should().NotContain(l => l.StartsWith("| passed", StringComparison.Ordinal));
        lines[folded..].Should().NotContain(l => l.StartsWith("| failed", StringComparison.Ordinal)).And.Contain("</details>");
        lines[folded..].Count(l => l.StartsWith("| passed", StringComparison.Ordinal)).Should().Be(9);
    }

    [PackageFact]
    public void What_changed_against_the_base_is_first()
    {
        var variables = packages.Variables;
        var folder = Path.Combine(packages.Folder, "against the base");
        Directory.CreateDirectory(folder);
        Shell.Run(packages.Tool, Repository.Root, variables, "check", "samples/lexi-fixed", "--report", "json=" + Path.Combine(folder, "base.json"));
        var report = Shell.Run(packages.Tool, Repository.Root, variables, "check", "samples/lexi", "--format", "json", "--baseline", Path.Combine(folder, "base.json")).Output;
        var stage = Stage.Of(packages, ("modelgate.json", Utf8.GetBytes(report)));

        stage.Run().ExitCode.Should().Be(0);

        var lines = stage.Body.Split('\n');
        lines[3].Should().MatchRegex("^\\*\\*Against the baseline:\\*\\* [0-9]+ worse");
        Array.FindIndex(lines, l => l.StartsWith("| **worse** |", StringComparison.Ordinal)).Should().BeLessThan(Array.FindIndex(lines, l => l.StartsWith("**Cause:**", StringComparison.Ordinal)));
    }

    [PackageTheory]
    [InlineData("octocat", "octocat")]
    [InlineData("octo_company", "octo_company")]
    [InlineData("old--name-", "old--name-")]
    [InlineData("dependabot[bot]", "dependabot%5Bbot%5D")]
    public void Knows_every_legal_owner(string owner, string written)
    {
        var stage = Stage.Of(packages, ("modelgate.json", Utf8.GetBytes(Report("x"))));

        stage.Run(owner: owner).ExitCode.Should().Be(0);

        stage.Calls[0].Should().Contain($"&head={written}:a%2Fb");
        stage.Run(owner: "a:b&head=c").ExitCode.Should().Be(2);
    }

    [PackageFact]
    public void Has_nothing_to_say_where_the_first_stage_had_nothing_to_judge()
    {
        var stage = Stage.Of(packages, ("modelgate.json", Utf8.GetBytes(Report("x"))));
        stage.Answer("artifacts", """{"artifacts":[]}""");

        stage.Run().ExitCode.Should().Be(0);

        stage.Calls.Should().NotContain(c => c.Contains("--method", StringComparison.Ordinal));
    }

    [PackageFact]
    public void Keeps_to_the_length_of_a_comment()
    {
        var results = string.Join(',', Enumerable.Repeat(Result(new string('@', 500)), 200));
        var stage = Stage.Of(packages, ("modelgate.json", Utf8.GetBytes($$"""{"schemaVersion":"1","verdict":"failed","results":[{{results}}]}""")));

        stage.Run().ExitCode.Should().Be(0);

        stage.Body.Length.Should().BeLessThan(65_536);
        stage.Body.Should().Contain("more results are left out here");
    }

    [PackageTheory]
    [InlineData("not JSON")]
    [InlineData("{\"schemaVersion\":\"1\",\"verdict\":\"failed\",\"results\":[],\"causes\":{}}")]
    [InlineData("{\"schemaVersion\":\"1\",\"verdict\":\"failed\",\"results\":[],\"causes\":[{\"message\":\"a\",\"explains\":[\"@team\"]}]}")]
    [InlineData("{\"schemaVersion\":\"1\",\"verdict\":\"failed\",\"results\":[{\"id\":\"MG2001\",\"gate\":\"a\",\"outcome\":\"failed\",\"message\":\"\",\"findings\":[{\"remedy\":1}]}]}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"schemaVersion\":\"2\",\"verdict\":\"failed\",\"results\":[]}")]
    [InlineData("{\"schemaVersion\":\"1\",\"verdict\":\"failed @team\",\"results\":[]}")]
    [InlineData("{\"schemaVersion\":\"1\",\"verdict\":\"failed\",\"results\":{}}")]
    [InlineData("{\"schemaVersion\":\"1\",\"verdict\":\"failed\",\"results\":[{\"id\":\"MG2001\\n@team\",\"gate\":\"a\",\"outcome\":\"failed\",\"message\":\"\"}]}")]
    [InlineData("{\"schemaVersion\":\"1\",\"verdict\":\"failed\",\"results\":[{\"id\":\"MG2001\",\"gate\":\"a | b\",\"outcome\":\"failed\",\"message\":\"\"}]}")]
    [InlineData("{\"schemaVersion\":\"1\",\"verdict\":\"failed\",\"results\":[{\"id\":\"MG2001\",\"gate\":\"a\",\"outcome\":\"failed\",\"message\":{\"a\":1}}]}")]
    public void Refuses_what_is_no_report(string report)
    {
        var stage = Stage.Of(packages, ("modelgate.json", Utf8.GetBytes(report)));

        stage.Run().ExitCode.Should().Be(2);
        stage.Calls.Should().NotContain(c => c.Contains("--method", StringComparison.Ordinal));
    }

    [PackageFact]
    public void Unpacks_nothing()
    {
        var stage = Stage.Of(
            packages,
            ("../../escaped", "x"u8.ToArray()),
            ("/tmp/modelgate-escaped", "x"u8.ToArray()),
            ("-d", "x"u8.ToArray()),
            ("modelgate.json", Utf8.GetBytes(Report("x"))));

        stage.Run().ExitCode.Should().Be(0);

        Directory.EnumerateFileSystemEntries(stage.Temporary).Should().BeEmpty("nothing stays");
        File.Exists(Path.Combine(stage.Temporary, "..", "escaped")).Should().BeFalse();
        File.Exists("/tmp/modelgate-escaped").Should().BeFalse();
    }

    [PackageFact]
    public void Stops_at_its_limit_where_an_archive_swells()
        => Stage.Of(packages, ("modelgate.json", new byte[200_000_000])).Run().ExitCode.Should().Be(2);

    [PackageFact]
    public void Refuses_an_archive_without_the_report_and_one_that_is_none()
    {
        Stage.Of(packages, ("other.json", "{}"u8.ToArray())).Run().ExitCode.Should().Be(2);
        var stage = Stage.Of(packages, ("modelgate.json", "{}"u8.ToArray()));
        stage.Answer("archive", "no archive");
        stage.Run().ExitCode.Should().Be(2);
    }

    private static string Report(string text)
        => $$"""{"schemaVersion":"1","verdict":"failed","pull":"8","causes":[{"message":{{JsonSerializer.Serialize(text)}},"explains":["MG2001"]}],"results":[{{Result(text, Change(text))}}]}""";

    private static string Change(string text)
        => $$"""[{"change":"worse","signal":{{JsonSerializer.Serialize(text)}},"subject":{{JsonSerializer.Serialize(text)}},"text":{{JsonSerializer.Serialize(text)}}}]""";

    private static string Result(string text, string changes = "[]")
        => $$$"""{"changes":{{{changes}}},"id":"MG2001","gate":"a-gate","outcome":"failed","artifact":{{{JsonSerializer.Serialize(text)}}},"message":{{{JsonSerializer.Serialize(text)}}},"findings":[{"message":"x","remedy":{{{JsonSerializer.Serialize(text)}}}}]}""";

    /// <summary>The script between a first stage's archive and a service that only takes notes.</summary>
    private sealed class Stage
    {
        private static int count;

        private readonly Runner runner;
        private readonly string service;

        private Stage(Packages packages)
        {
            runner = new Runner(packages, "comment " + Interlocked.Increment(ref count), Repository.Root);
            service = runner.Temporary + " service";
            Directory.CreateDirectory(service);
            File.WriteAllText(Path.Combine(service, "gh"), """
                #!/usr/bin/env bash
                printf '%s\n' "$*" >> "$SERVICE/calls"
                case "$*" in
                  *"/pulls?"*) cat "$SERVICE/pulls" ;;
                  *"/artifacts?"*) cat "$SERVICE/artifacts" ;;
                  *"/zip") cat "$SERVICE/archive" ;;
                  *--paginate*) cat "$SERVICE/comments" ;;
                  *--input*) cp "${@: -1}" "$SERVICE/body" ;;
                esac
                """);
            Shell.Run("chmod", service, packages.Variables, "+x", "gh");
            Answer("pulls", $$$"""[{"number":7,"head":{"sha":"{{{Sha}}}"}}]""");
            Answer("artifacts", """{"artifacts":[{"id":3,"name":"modelgate-report","expired":false,"size_in_bytes":1000}]}""");
            Answer("comments", "[]");
        }

        public string Temporary => runner.Temporary;

        public string[] Calls => File.ReadAllLines(Path.Combine(service, "calls"));

        public string Body => JsonDocument.Parse(File.ReadAllText(Path.Combine(service, "body"))).RootElement.GetProperty("body").GetString()!;

        public static Stage Of(Packages packages, params (string Name, byte[] Bytes)[] entries)
        {
            var stage = new Stage(packages);
            using var archive = ZipFile.Open(Path.Combine(stage.service, "archive"), ZipArchiveMode.Create);
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }

            return stage;
        }

        public void Answer(string to, string text) => File.WriteAllText(Path.Combine(service, to), text);

        public Outcome Run(string artifact = "modelgate-report", string owner = "stranger") => runner.Step(
            "modelgate-comment",
            "comment.sh",
            ("PATH", service + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH")),
            ("SERVICE", service),
            ("GH_TOKEN", "none"),
            ("RUN_ID", "11"),
            ("HEAD_SHA", Sha),
            ("HEAD_OWNER", owner),
            ("HEAD_BRANCH", "a/b&per_page=1#$(x)"),
            ("ARTIFACT", artifact));
    }
}
