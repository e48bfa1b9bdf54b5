using System.Text;
using ModelGate.Evaluation;
using ModelGate.Runs;

namespace ModelGate.Tests.Evaluation;

public sealed class EvaluatorTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Theory]
    [InlineData("samples/lexi", Verdict.Failed, "MG1001 Passed, MG2001 Failed, MG4001 Failed, MG5001 Failed, MG7001 Passed, MG7001 Passed, MG7001 Passed, MG7001 Passed, MG7002 Passed, MG7002 Passed, MG7002 Passed, MG7002 Passed")]
    [InlineData("samples/lexi-fixed", Verdict.Passed, "MG1001 Passed, MG2001 Passed, MG4001 Passed, MG5001 Passed, MG7001 Passed, MG7001 Passed, MG7001 Passed, MG7001 Passed, MG7002 Passed, MG7002 Passed, MG7002 Passed, MG7002 Passed")]
    [InlineData("samples/grc", Verdict.Failed, "MG1001 Failed")]
    [InlineData(".", Verdict.Passed, "MG1001 Passed, MG2001 Passed, MG4001 Passed, MG5001 Passed, MG7001 Passed, MG7001 Passed, MG7001 Passed, MG7001 Passed, MG7002 Passed, MG7002 Passed, MG7002 Passed, MG7002 Passed")]
    public void Of_the_samples_gets_its_verdict(string folder, object verdict, string outcomes)
    {
        var report = Evaluator.Run(EvaluationPlan.FromFile(Repository.PathOf(folder, "gate.config.json"), "gate.config.json"), cancellation: TestContext.Current.CancellationToken);

        report.Verdict.Should().Be((Verdict)verdict);
        string.Join(", ", report.Results.Select(r => $"{r.Gate.Id} {r.Outcome}")).Should().Be(outcomes);
    }

    [Fact]
    public void Names_each_file_with_its_hash()
    {
        var artifact = Sample("lexi").Artifacts.Single(a => a.Path.Value == "lexi.pth");

        (artifact.Kind, artifact.Format, artifact.Bytes).Should().Be(("checkpoint", "pytorch-zip", 447345L));
        artifact.Sha256.Should().Be(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Repository.PathOf("samples", "lexi", "lexi.pth")))));
    }

    [Fact]
    public void Is_inconclusive_where_a_role_matches_nothing()
    {
        var report = Check("""{ "artifacts": { "log": "*.log" }, "gates": { "loss-must-converge": {} } }""");

        report.Verdict.Should().Be(Verdict.Inconclusive);
        report.Results.Single().Message.Value.Should().Be("no file matches the log pattern *.log");
    }

    [Fact]
    public void Is_inconclusive_where_no_gate_finds_its_role()
    {
        var report = Check("""{ "gates": { "loss-must-converge": {} } }""");

        (report.Verdict, report.Results.Single().Outcome).Should().Be((Verdict.Inconclusive, Outcome.NotApplicable));
    }

    [Fact]
    public void Is_inconclusive_where_a_file_is_not_what_its_role_wants()
    {
        Write("train.log", "{ \"a\": [1] }"u8.ToArray());

        Check("""{ "artifacts": { "log": "train.log" }, "gates": { "loss-must-converge": {} } }""").Results.Single().Message.Value
            .Should().Be("train.log is key-manifest, which cannot serve as log");
    }

    [Fact]
    public void Judges_the_good_file_beside_a_bad_one()
    {
        Write("a.wav", File.ReadAllBytes(Repository.PathOf("samples", "lexi-fixed", "audio", "lexi_converted.wav")));
        Write("b.wav", "RIFF"u8.ToArray());

        var report = Check("""{ "artifacts": { "output": "*.wav" }, "gates": { "spectral-flatness-must-stay-below": {} } }""");

        report.Results.Select(r => (r.Artifact.Value, r.Outcome)).Should().Equal(("a.wav", Outcome.Passed), ("b.wav", Outcome.Inconclusive));
        report.Verdict.Should().Be(Verdict.Inconclusive);
    }

    [Fact]
    public void Only_warns_where_the_severity_says_so_unless_warnings_fail()
    {
        Write("a.wav", File.ReadAllBytes(Repository.PathOf("samples", "lexi", "audio", "lexi_converted.wav")));
        const string Config = """{ "artifacts": { "output": "*.wav" }, "gates": { "spectral-flatness-must-stay-below": "warning" } }""";

        Check(Config).Verdict.Should().Be(Verdict.Passed);
        Check(Config, Severity.Warning).Verdict.Should().Be(Verdict.Failed);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("checkpoints")]
    public void Fails_for_a_file_that_was_refused_for_what_it_would_run(string role)
    {
        Write("a.pth", [0x80, 2, .. "cposix\nsystem\n."u8]);

        var report = Check("{ \"artifacts\": { \"" + role + "\": \"a.pth\" }, \"gates\": { \"pickle-must-be-safe\": {}, \"archive-must-be-whole\": {} } }");

        report.Verdict.Should().Be(Verdict.Failed);
        report.Results.Select(r => (r.Gate.Id, r.Outcome)).Should().Equal(("MG7001", Outcome.Failed), ("MG7002", Outcome.Inconclusive));
    }

    [Fact]
    public void Needs_one_of_the_roles_that_a_gate_can_do_with()
        => Check("""{ "artifacts": { "log": "*" }, "gates": { "pickle-must-be-safe": {} } }""").Results.Single().Should()
            .Match<RunResult>(r => r.Outcome == Outcome.NotApplicable && r.Message.Value.StartsWith("the configuration names no model or checkpoints or architecture", StringComparison.Ordinal));

    [Fact]
    public void Keeps_the_limits_of_its_configuration()
    {
        Write("a.pth", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "exports", "export.pth")));

        var result = Check("""{ "artifacts": { "model": "a.pth" }, "limits": { "pickleOpcodes": 10 }, "gates": { "archive-must-be-whole": {} } }""").Results.Single();

        result.Outcome.Should().Be(Outcome.Inconclusive);
        result.Message.Value.Should().Contain("the pickle has more than 10 opcodes: over the limit pickleOpcodes, which --limit pickleOpcodes=N or \"limits\" in the configuration raises");
    }

    [Fact]
    public void Refuses_a_link_that_leads_out()
    {
        var secret = Path.GetTempFileName();
        File.CreateSymbolicLink(Path.Combine(root, "a.wav"), secret);

        var result = Check("""{ "artifacts": { "output": "a.wav" }, "gates": { "spectral-flatness-must-stay-below": {} } }""").Results.Single();

        (result.Outcome, result.Message.Value).Should().Be((Outcome.Inconclusive, "a.wav cannot be read: a link on the way to it leads out of the workspace"));
        File.Delete(secret);
    }

    [Fact]
    public void Does_not_wait_for_a_pipe()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no named pipes in folders");
        }

        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", Path.Combine(root, "a.wav"));
        mkfifo.WaitForExit();

        Check("""{ "artifacts": { "output": "a.wav" }, "gates": { "spectral-flatness-must-stay-below": {} } }""").Results.Single().Message.Value
            .Should().Be("a.wav cannot be read: it is a pipe or a device, not a regular file");
    }

    [Fact]
    public void Never_passes_or_throws_with_an_export_truncated_at_any_byte()
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "exports", "weight-norm-removed", "model.pth"));
        Write("g_02500000", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "exports", "weight-norm-removed", "g_02500000")));
        const string Config = """{ "artifacts": { "model": "export.pth", "checkpoints": "g_*" }, "gates": { "final-checkpoint-must-be-exported": {} } }""";
        Write("export.pth", whole);
        Check(Config).Verdict.Should().Be(Verdict.Passed);

        for (var length = 0; length < whole.Length; length += 131)
        {
            Write("export.pth", whole.AsSpan(0, length).ToArray());
            Check(Config).Verdict.Should().Be(Verdict.Inconclusive, $"only {length} bytes are left");
        }
    }

    [Fact]
    public void Without_a_configuration_is_recognised_by_its_trainers_files()
    {
        foreach (var name in new[] { "G_396.pth", "G_2376.pth", "lexi.pth", "train.log" })
        {
            File.Copy(Repository.PathOf("samples", "lexi", name), Path.Combine(root, name));
        }

        var plan = RunRecognition.Recognise(root)!;
        var report = Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken);

        report.Results.Where(r => r.Outcome == Outcome.Failed).Select(r => r.Gate.Id).Should().Equal("MG2001", "MG4001");
        report.Results.Select(r => r.Gate.Id).Distinct().Should().Equal("MG1003", "MG2001", "MG2002", "MG2004", "MG2005", "MG3001", "MG3003", "MG4001", "MG4002", "MG4003", "MG4004", "MG4005", "MG4007", "MG5001", "MG5004", "MG5005", "MG5006", "MG5007", "MG5009", "MG5010", "MG5011", "MG5016", "MG6001", "MG6002", "MG6003", "MG6004", "MG6006", "MG6007", "MG6008", "MG6009", "MG6010", "MG7001", "MG7002");
        report.Notes.Select(n => n.Value).Should().Contain("checkpoints: G_*.pth").And.Contain("model: lexi.pth").And.Contain("log: train.log, train_*.log, events.out.tfevents.*");
    }

    [Theory]
    [InlineData("""{ "extends": "rvc" }""", "NotApplicable")]
    [InlineData("""{ "extends": "rvc", "gates": { "export-must-match-its-log": {} } }""", "Inconclusive")]
    public void What_only_a_preset_asks_for_does_not_apply_where_a_file_has_nothing_of_it(string configuration, string outcome)
    {
        foreach (var (sample, name) in new[] { ("lexi", "G_2376.pth"), ("lexi-fixed", "lexi.pth"), ("lexi-fixed", "train.log") })
        {
            File.Copy(Repository.PathOf("samples", sample, name), Path.Combine(root, name));
        }

        // The weights of the checkpoint are here, so nobody has to believe the export's label.
        Check(configuration).Results.Should().ContainSingle(r => r.Gate.Id == "MG2005").Which.Outcome.ToString().Should().Be(outcome);
    }

    [Fact]
    public void A_preset_asks_for_its_log_and_does_without_a_data_set()
    {
        foreach (var name in new[] { "G_2376.pth", "lexi.pth" })
        {
            File.Copy(Repository.PathOf("samples", "lexi", name), Path.Combine(root, name));
        }

        string[] OutcomesOf(string configuration)
            => [.. Check(configuration).Results.Where(r => r.Gate.Id is "MG4001" or "MG6001" or "MG6003").Select(r => $"{r.Gate.Id} {r.Outcome}").Distinct()];

        OutcomesOf("""{ "extends": "rvc" }""").Should().Equal("MG4001 Inconclusive", "MG6001 NotApplicable", "MG6003 NotApplicable");
        OutcomesOf("""{ "extends": "rvc", "artifacts": { "log": [] } }""").Should().Equal("MG4001 NotApplicable", "MG6001 NotApplicable", "MG6003 NotApplicable");
        OutcomesOf("""{ "extends": "rvc", "artifacts": { "features": "3_feature768/*.npy" } }""").Should().Contain("MG6003 Inconclusive");
    }

    // RVC's own layout: logs/lexi beside assets/weights, and older trees with weights alone.
    [Theory]
    [InlineData("assets/weights")]
    [InlineData("weights")]
    public void Of_a_trainer_that_exports_elsewhere_finds_the_export(string exports)
    {
        var logs = Directory.CreateDirectory(Path.Combine(root, "logs", "lexi")).FullName;
        Directory.CreateDirectory(Path.Combine(root, exports));
        File.Copy(Repository.PathOf("samples", "lexi", "G_2376.pth"), Path.Combine(logs, "G_2376.pth"));
        File.Copy(Repository.PathOf("samples", "lexi-fixed", "lexi.pth"), Path.Combine(root, exports, "lexi.pth"));
        File.Copy(Repository.PathOf("samples", "lexi", "lexi.pth"), Path.Combine(root, exports, "another.pth"));

        var report = Evaluator.Run(RunRecognition.Recognise(logs)!, cancellation: TestContext.Current.CancellationToken);

        report.Results.Single(r => r.Gate.Id == "MG2001").Should().Match<RunResult>(r => r.Outcome == Outcome.Passed && r.Artifact.Value == $"../../{exports}/lexi.pth");
    }

    [Fact]
    public void Of_a_trainer_without_an_export_judges_what_is_there_and_says_where_it_looked()
    {
        File.Copy(Repository.PathOf("samples", "lexi", "G_2376.pth"), Path.Combine(root, "G_2376.pth"));

        var report = Evaluator.Run(RunRecognition.Recognise(root)!, cancellation: TestContext.Current.CancellationToken);

        report.Verdict.Should().Be(Verdict.Passed);
        report.Results.Where(r => r.Outcome == Outcome.Passed).Select(r => r.Gate.Id).Should().Contain("MG3001");
        report.Results.Single(r => r.Gate.Id == "MG2001").Outcome.Should().Be(Outcome.NotApplicable);
        report.Notes.Select(n => n.Value).Should().Contain(n => n.StartsWith("there is no export besides the checkpoints") && n.Contains("looked for *.pth"));
    }

    [Fact]
    public void Of_a_lone_file_runs_every_gate_that_the_file_allows()
    {
        var plan = PlanLocation.Of([Repository.PathOf("samples", "lexi", "lexi.pth")], null).Should().ContainSingle().Subject;

        var report = Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken);

        report.Results.Select(r => (r.Gate.Id, r.Outcome)).Should().Equal(
            ("MG1003", Outcome.Passed), ("MG3001", Outcome.Passed), ("MG7001", Outcome.Passed), ("MG7002", Outcome.Passed));
    }

    [Fact]
    public void Of_a_lone_file_does_not_ask_for_a_configuration_that_it_does_not_carry()
    {
        var plan = PlanLocation.Of([Repository.PathOf("samples", "lexi", "G_2376.pth")], null).Should().ContainSingle().Subject;

        var report = Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken);

        (report.Verdict, report.Results[0].Outcome).Should().Be((Verdict.Passed, Outcome.NotApplicable));
    }

    [Fact]
    public void Of_a_lone_log_or_recording_runs_the_gates_of_its_kind()
    {
        var plans = PlanLocation.Of([Repository.PathOf("samples", "lexi", "train.log"), .. Directory.GetFiles(Repository.PathOf("samples", "lexi", "audio"), "*_converted.wav")], null);

        plans.SelectMany(p => p.Gates).Select(g => g.Gate.Id).Should().Equal("MG4001", "MG4002", "MG4003", "MG4004", "MG4005", "MG4006", "MG4007", "MG5001", "MG5004", "MG5005", "MG5006", "MG5009", "MG5011", "MG5016");
    }

    [Fact]
    public void Of_a_file_with_a_star_in_its_name_takes_that_file_alone()
    {
        Write("v*.pth", File.ReadAllBytes(Repository.PathOf("samples", "lexi-fixed", "lexi.pth")));
        Write("voice.pth", "broken"u8.ToArray());

        Evaluator.Run(PlanLocation.Of([Path.Combine(root, "v*.pth")], null)[0], cancellation: TestContext.Current.CancellationToken).Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public void Without_a_configuration_and_without_a_trainers_files_is_judged_by_what_its_files_are()
    {
        File.Copy(Repository.PathOf("samples", "lexi", "lexi.pth"), Path.Combine(root, "lexi.pth"));

        var report = Evaluator.Run(PlanLocation.Of([root], null).Should().ContainSingle().Subject, cancellation: TestContext.Current.CancellationToken);

        report.Results.Select(r => r.Gate.Id).Should().Equal("MG1003", "MG3001", "MG7001", "MG7002");
    }

    [Fact]
    public void Without_a_configuration_and_without_a_trainers_files_is_not_recognised()
        => RunRecognition.Recognise(root).Should().BeNull();

    [Fact]
    public void Stops_when_it_is_asked_to()
        => FluentActions.Invoking(() => Evaluator.Run(
                EvaluationPlan.FromFile(Repository.PathOf("gate.config.json"), "gate.config.json"), cancellation: new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static RunRecord Sample(string name)
        => Evaluator.Run(EvaluationPlan.FromFile(Repository.PathOf("samples", name, "gate.config.json"), "gate.config.json"));

    private RunRecord Check(string config, Severity failOn = Severity.Error)
    {
        Write("gate.config.json", Encoding.UTF8.GetBytes(config));
        return Evaluator.Run(EvaluationPlan.FromFile(Path.Combine(root, "gate.config.json"), "gate.config.json") with { FailOn = failOn });
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(root, name), bytes);
}
