namespace ModelGate.Tool.Tests;

public class CheckSamplesTests
{
    [Theory]
    [InlineData("lexi", 1, "failed: 3 of 12 judgements failed, in 3 of 6 gates")]
    [InlineData("lexi-fixed", 0, "passed: 12 judgements passed by 6 gates")]
    [InlineData("grc", 1, "failed: 1 judgement failed")]
    public void Ends_with_its_verdict_and_exit_code(string sample, int exitCode, string tally)
    {
        var result = Tool.Run("check", Tool.Sample(sample));

        result.ExitCode.Should().Be(exitCode);
        result.Output.TrimEnd().Should().EndWith(tally);
        result.Error.Should().BeEmpty();
    }

    [Fact]
    public void Tells_a_person_what_failed_the_number_beside_its_limit_why_and_what_to_do()
    {
        var output = Tool.Run("check", Tool.Sample("lexi")).Output;

        output.Should().Contain("FAIL  MG2001 final-checkpoint-must-be-exported  lexi.pth")
            .And.Contain("lexi.pth was exported from G_396.pth, step 396, epoch 22; the final one is G_2376.pth, step 2376, epoch 132")
            .And.Contain("chosen-by-name")
            .And.Contain("loss_mel stagnated: it fell from 333.991")
            .And.Contain("spectral flatness 0.38068 between 0 and 24000 Hz is not below 0.1")
            .And.MatchRegex("why +An export from an early checkpoint")
            .And.MatchRegex("fix +Export the model again from G_2376.pth")
            .And.MatchRegex(@"see +.*gate\.config\.json:13, modelgate explain MG2001")
            .And.Contain("PASS  MG1001 keys-must-match");
    }

    [Fact]
    public void Folds_the_files_that_passed_one_gate()
        => Tool.Run("check", Tool.Sample("lexi-fixed")).Output.Should().Contain("PASS  MG7001 pickle-must-be-safe  4 files\n       lexi.pth: all of 3 imported names only describe data\n");

    [Fact]
    public void With_a_lower_limit_cannot_read_its_files()
    {
        var result = Tool.Run("check", Tool.Sample("lexi-fixed"), "--limit", "pickleOpcodes=100", "--limit", "tensors=5", "--gate", "MG7002");

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("over the limit pickleOpcodes, which --limit pickleOpcodes=N");
    }

    [Fact]
    public void Says_by_what_margin_a_gate_passed()
        => Tool.Run("check", Tool.Sample("lexi-fixed")).Output.Should().Contain("occupied-band-flatness 0.050975 (< 0.1, margin 0.049025)");

    [Fact]
    public void As_JSON_keeps_the_contract_and_speaks_to_people_on_standard_error()
    {
        var result = Tool.Run("check", Tool.Sample("lexi"), "--format", "json");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Be("modelgate: failed: 3 of 12 judgements failed, in 3 of 6 gates\n");
        var report = result.Json;
        report.GetProperty("schemaVersion").GetString().Should().Be("1");
        report.GetProperty("tool").GetProperty("name").GetString().Should().Be("modelgate");
        report.GetProperty("verdict").GetString().Should().Be("failed");
        report.GetProperty("config").GetProperty("sha256").GetString().Should().MatchRegex("^[0-9a-f]{64}$");
        var flatness = report.GetProperty("results").EnumerateArray().Single(r => r.GetProperty("id").GetString() == "MG5001");
        flatness.GetProperty("gate").GetString().Should().Be("spectral-flatness-must-stay-below");
        flatness.GetProperty("artifact").GetString().Should().Be("audio/lexi_converted.wav");
        flatness.GetProperty("severity").GetString().Should().Be("error");
        flatness.GetProperty("outcome").GetString().Should().Be("failed");
        flatness.GetProperty("location").GetProperty("line").GetInt32().Should().Be(16);
        flatness.GetProperty("help").GetString().Should().Be("docs/gates/MG5001.md");
        var measured = flatness.GetProperty("measurements")[0];
        measured.GetProperty("signal").GetString().Should().Be("occupied-band-flatness");
        measured.GetProperty("observed").GetDouble().Should().BeApproximately(0.3806754076927511, 1e-6, "scipy measured it");
        measured.GetProperty("required").GetString().Should().Be("< 0.1");
        flatness.GetProperty("findings").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public void Twice_gives_the_same_bytes()
        => Tool.Run("check", Tool.Sample("lexi"), "--format", "json").Output.Should().Be(Tool.Run("check", Tool.Sample("lexi"), "--format", "json").Output);

    [Theory]
    [InlineData("MG1001", 0)]
    [InlineData("keys-must-match", 0)]
    [InlineData("MG2001", 1)]
    public void Runs_only_the_gate_that_is_asked_for(string gate, int exitCode)
    {
        var result = Tool.Run("check", Tool.Sample("lexi"), "--gate", gate, "--format", "json");

        result.ExitCode.Should().Be(exitCode);
        result.Json.GetProperty("results").GetArrayLength().Should().Be(1);
    }

    public static TheoryData<string> Formats => [.. ReportFormats.Names];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Writes_over_its_own_reports_of_every_format(string format)
    {
        foreach (var sample in (string[])["lexi", "lexi-fixed"])
        {
            var report = Path.Combine(Directory.CreateTempSubdirectory("modelgate-").FullName, "report");
            for (var run = 0; run < 2; run++)
            {
                Tool.Run("check", Tool.Sample(sample), "--report", $"{format}={report}").Error.Should().Contain("report is in");
            }
        }
    }

    [Theory]
    [InlineData("# Our model\n\nRun modelgate check before you release: modelgate: passed: 3.\n\nMade by ModelGate users.\n")]
    [InlineData("{ \"schemaVersion\": \"1\", \"tool\": { \"name\": \"other\" }, \"note\": \"modelgate\" }")]
    [InlineData("[1, 2]")]
    public void Leaves_a_file_alone_that_only_speaks_of_it(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("modelgate-").FullName, "README.md");
        File.WriteAllText(file, text);

        Tool.Run("check", Tool.Sample("lexi"), "--report", $"markdown={file}").ExitCode.Should().Be(2);

        File.ReadAllText(file).Should().Be(text);
    }

    [Fact]
    public void Quietly_says_nothing_of_what_passed()
    {
        Tool.Run("check", Tool.Sample("lexi-fixed"), "--quiet").Should().Match<Result>(r => r.ExitCode == 0 && r.Output.Length == 0 && r.Error.Length == 0);
        Tool.Run("check", Tool.Sample("lexi"), "-q").Output.Should().Contain("FAIL  MG2001").And.NotContain("PASS").And.Contain("3 of 12 judgements");
        Tool.Run("check", Tool.Sample("lexi"), "-q", "--format", "json").Should().Match<Result>(r => r.Error.Length == 0 && r.Json.GetProperty("results").GetArrayLength() == 12);
    }

    [Theory]
    [InlineData("LEXI.pth", "; there is lexi.pth")]
    [InlineData("lexi.pt", "; there is lexi.pth")]
    [InlineData("best*.pth", "; there are G_2376.pth, G_396.pth, G_792.pth and 1 more")]
    [InlineData("wieghts/lexi.pth", "; there is no folder wieghts, but weights")]
    [InlineData("nowhere/lexi.pth", "; there is no folder nowhere")]
    public void Shows_what_is_near_to_a_pattern_that_matches_nothing(string pattern, string hint)
    {
        var folder = Directory.CreateTempSubdirectory("modelgate-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "weights"));
        foreach (var file in (string[])["G_396.pth", "G_792.pth", "G_2376.pth", "lexi.pth"])
        {
            File.Copy(Tool.Sample("lexi", file), Path.Combine(folder, file));
        }

        File.WriteAllText(Path.Combine(folder, "gate.config.json"), $$"""{ "artifacts": { "model": "{{pattern}}" }, "gates": { "pickle-must-be-safe": {} } }""");

        Tool.Run("check", folder).Output.Should().Contain($"no file matches the model pattern {pattern}{hint}\n");
    }

    [Fact]
    public void Writes_reports_before_the_exit_code_says_that_it_failed()
    {
        var folder = Directory.CreateTempSubdirectory("modelgate-").FullName;
        var json = Path.Combine(folder, "new", "report.json");
        var text = Path.Combine(folder, "report.txt");
        File.WriteAllText(text, "an older report");

        var refused = Tool.Run("check", Tool.Sample("lexi"), "--report", "json=" + json, "--report", "console=" + text);
        refused.ExitCode.Should().Be(2);
        refused.Error.Should().Contain("would overwrite a file that modelgate did not write; --overwrite allows it");
        File.ReadAllText(text).Should().Be("an older report");
        var written = Tool.Run("check", Tool.Sample("lexi"), "--report", "json=" + json, "--report", "console=" + text, "--overwrite");
        written.ExitCode.Should().Be(1);
        written.Error.Should().Contain($"the json report is in {json}").And.Contain($"the console report is in {text}");

        File.ReadAllText(json).Should().Be(Tool.Run("check", Tool.Sample("lexi"), "--format", "json").Output);
        File.ReadAllText(text).Should().Contain("failed: 3 of 12 judgements failed").And.NotContain("\u001b");
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Should().HaveCount(2, "no temporary file stays");
        Directory.Delete(folder, recursive: true);
    }
}
