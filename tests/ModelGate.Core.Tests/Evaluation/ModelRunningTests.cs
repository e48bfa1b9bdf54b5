using System.Text;
using System.Text.Json;
using ModelGate.Configuration.Binding;
using ModelGate.Evaluation;
using ModelGate.Gates;
using ModelGate.ModelRuns;
using ModelGate.Runs;

namespace ModelGate.Tests.Evaluation;

public sealed class ModelRunningTests : IDisposable
{
    private const string Data = """
        "artifacts": { "model": "lexi.pth", "recordings": "gt/*.wav", "features": "features/*.npy", "config": "config.json" }
        """;

    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;
    private readonly string made = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public ModelRunningTests()
    {
        File.Copy(Repository.PathOf("samples", "lexi", "lexi.pth"), Path.Combine(root, "lexi.pth"));
        File.WriteAllText(Path.Combine(root, "config.json"), "{}");
        Directory.CreateDirectory(Path.Combine(root, "gt"));
        Directory.CreateDirectory(Path.Combine(root, "features"));
        foreach (var name in new[] { "a", "b" })
        {
            File.Copy(Voice("rvc-input"), Path.Combine(root, "gt", name + ".wav"));
            File.WriteAllBytes(Path.Combine(root, "features", name + ".npy"), []);
        }
    }

    [Fact]
    public void Paths_are_full_and_what_is_made_lies_in_the_folder_of_the_run()
    {
        var runs = new Told(made, Voice("rvc-healthy"));
        Check($$"""{ {{Data}}, "gates": { "copy-synthesis-must-resemble-input": {} } }""", runs);

        var request = runs.Requests.Should().ContainSingle().Subject;
        request.Model.Path.Should().Be(Path.Combine(root, "lexi.pth"));
        request.Model.Architecture!.Config.Should().Be(Path.Combine(root, "config.json"));
        request.Steps.OfType<ModelRunStep.Synthesize>().Select(s => s.Recording).Should().Equal(Path.Combine(root, "gt", "a.wav"), Path.Combine(root, "gt", "b.wav"));
        request.Steps.OfType<ModelRunStep.Synthesize>().Select(s => Path.GetDirectoryName(s.Output)).Should().AllBe(made);
    }

    [Fact]
    public void Copies_are_judged_by_the_gates_on_recordings_that_are_on()
    {
        var runs = new Told(made, Voice("rvc-misaligned"));
        var report = Check($$"""{ {{Data}}, "gates": { "copy-synthesis-must-resemble-input": {}, "mel-must-resemble-reference": {}, "audio-must-not-be-silent": {}, "pitch-must-vary": "off" } }""", runs);

        report.Results.Select(r => (r.Gate.Id, r.Artifact.Value, r.Outcome)).Should().Equal(
            ("MG5005", "copy-synthesis/lexi.pth/gt/a.wav", Outcome.Passed),
            ("MG5005", "copy-synthesis/lexi.pth/gt/b.wav", Outcome.Passed),
            ("MG5010", "copy-synthesis/lexi.pth/gt/a.wav", Outcome.Failed),
            ("MG5010", "copy-synthesis/lexi.pth/gt/b.wav", Outcome.Failed),
            ("MG8003", "lexi.pth", Outcome.Failed));
        report.Artifacts.Where(a => a.Role == ArtifactRole.Output).Select(a => a.Path.Value).Should().Equal("copy-synthesis/lexi.pth/gt/a.wav", "copy-synthesis/lexi.pth/gt/b.wav");
        report.Artifacts.Where(a => a.Role == ArtifactRole.Features).Should().HaveCount(2, "what went in is named with its hash");
        runs.Kept.Should().Equal("lexi.pth/gt/a.wav", "lexi.pth/gt/b.wav");
    }

    [Fact]
    public void Without_copies_the_gates_on_recordings_do_not_apply()
        => Check($$"""{ {{Data}}, "gates": { "copy-synthesis-must-resemble-input": {}, "mel-must-vary": {} } }""", null).Results.Select(r => (r.Gate.Id, r.Outcome)).Should().Equal(
            ("MG5009", Outcome.NotApplicable), ("MG8003", Outcome.Inconclusive));

    [Fact]
    public void What_is_asked_for_twice_is_run_once()
    {
        var running = new ModelRunning(PlanOf("""{ "artifacts": { "model": "lexi.pth" }, "gates": { "model-must-load": {} } }""", out var runs), null!);
        AskedModelRun Asked(int seconds) => new(new RoleFile(ArtifactRole.Model, "lexi.pth"), ModelRunFormat.Weights, [new ModelRunStep.Load()], new ModelRunLimits(TimeSpan.FromSeconds(seconds), 1 << 30));

        running.Run(Asked(60), CancellationToken.None).Should().BeSameAs(running.Run(Asked(60), CancellationToken.None));
        runs.Requests.Should().ContainSingle();
        running.Run(Asked(61), CancellationToken.None);
        runs.Requests.Should().HaveCount(2, "another limit may end otherwise");
    }

    [Fact]
    public void Copies_of_one_name_are_judged_beside_their_own_recordings()
    {
        foreach (var (speaker, voice) in new[] { ("anna", "rvc-input"), ("bob", "rvc-misaligned") })
        {
            Directory.CreateDirectory(Path.Combine(root, "speakers", speaker));
            File.Copy(Voice(voice), Path.Combine(root, "speakers", speaker, "x.wav"));
        }

        var report = Check("""{ "artifacts": { "model": "lexi.pth", "recordings": "speakers/*/*.wav" }, "gates": { "copy-synthesis-must-resemble-input": {}, "mel-must-resemble-reference": {} } }""", new Told(made, null));

        report.Results.Select(r => (r.Gate.Id, r.Artifact.Value, r.Outcome)).Should().Equal(
            ("MG5010", "copy-synthesis/lexi.pth/speakers/anna/x.wav", Outcome.Passed),
            ("MG5010", "copy-synthesis/lexi.pth/speakers/bob/x.wav", Outcome.Passed),
            ("MG8003", "lexi.pth", Outcome.Passed));
    }

    [Fact]
    public void Copies_of_several_runs_are_kept_apart()
    {
        var plan = PlanOf($$"""{ {{Data}}, "gates": { "copy-synthesis-must-resemble-input": {} } }""", out var runs) with { IsOneOfSeveral = true, Folder = "runs/anna" };

        Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken);

        runs.Kept.Should().Equal("runs/anna/lexi.pth/gt/a.wav", "runs/anna/lexi.pth/gt/b.wav");
    }

    [Fact]
    public void What_a_model_is_loaded_into_is_in_the_report_and_is_never_overwritten()
    {
        File.WriteAllBytes(Path.Combine(root, "X.dll"), [1, 2, 3]);
        var runs = new Told(made, Voice("rvc-healthy")) { AllowsAssemblies = true };
        const string OfAssembly = """{ "artifacts": { "model": "lexi.pth", "architecture": { "assembly": "X.dll", "type": "N.T" } }, "gates": { "model-must-load": {} } }""";
        const string OfConfiguration = """{ "artifacts": { "model": "lexi.pth" }, "gates": { "model-must-load": {} } }""";

        // sha256sum of the three bytes, and of "{}".
        Check(OfAssembly, runs).Artifacts.Where(a => a.Path.Value == "X.dll").Select(a => (a.Role, a.Kind, a.Bytes, a.Sha256)).Should().Equal((ArtifactRole.Architecture, "assembly", 3L, "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"));
        Check(OfConfiguration, runs).Artifacts.Where(a => a.Path.Value == "config.json").Select(a => (a.Role, a.Kind, a.Bytes, a.Sha256)).Should().Equal((ArtifactRole.Config, "configuration", 2L, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
        RoleMatches.Inputs(PlanOf(OfAssembly, out _)).Should().Contain(Path.Combine(root, "X.dll"));
        RoleMatches.Inputs(PlanOf(OfConfiguration, out _)).Should().Contain(Path.Combine(root, "config.json"));
    }

    [Theory]
    [InlineData("""{ "artifacts": { "model": "lexi.pth", "architecture": { "assembly": "X.dll", "type": "N.T" } }, "gates": { "model-must-load": {} } }""", "the configuration names an assembly for its architecture, which is loaded only with --allow-assemblies")]
    [InlineData("""{ "artifacts": { "model": "lexi.pth", "architecture": { "assembly": "X.dll", "type": "N.T" } }, "gates": { "keys-must-match": {} } }""", "N.T of X.dll cannot be read: the configuration names an assembly for its architecture, which is loaded only with --allow-assemblies")]
    [InlineData("""{ "artifacts": { "model": "lexi.pth" }, "gates": { "model-must-run": { "inputs": "../../etc/passwd" } } }""", "../../etc/passwd leads out of the workspace")]
    [InlineData("""{ "artifacts": { "model": "lexi.pth" }, "gates": { "model-must-run": { "inputs": "none.safetensors" } } }""", "there is no file none.safetensors")]
    [InlineData("""{ "artifacts": { "model": "gain.pt" }, "gates": { "model-must-load": {} } }""", "gain.pt is a TorchScript program, which is run only with --allow-torchscript")]
    public void Refuses_what_nobody_allowed(string configuration, string message)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "torch1", "gain.torchscript.pt"), Path.Combine(root, "gain.pt"));
        var runs = new Told(made, Voice("rvc-healthy"));
        var result = Check(configuration, runs).Results.Should().ContainSingle().Subject;

        (result.Outcome, result.Message.Value).Should().Be((Outcome.Inconclusive, message));
        runs.Requests.Should().BeEmpty();
    }

    [Fact]
    public void An_assembly_names_the_expected_keys_where_it_is_allowed()
    {
        File.WriteAllBytes(Path.Combine(root, "X.dll"), []);
        var runs = new Told(made, Voice("rvc-healthy")) { AllowsAssemblies = true };
        var report = Check("""{ "artifacts": { "model": "lexi.pth", "architecture": { "assembly": "X.dll", "type": "N.T", "arguments": { "width": 8, "name": "a", "deep": [true, null, 0.5] } } }, "gates": { "keys-must-match": {} } }""", runs);

        report.Results.Single().Message.Value.Should().Match("lexi.pth does not fit N.T of X.dll: 1 missing, 457 unexpected*");
        var architecture = runs.Requests.Single().Model.Architecture!;
        (architecture.Assembly, architecture.Type, architecture.Arguments!.Value.GetRawText()).Should().Be((Path.Combine(root, "X.dll"), "N.T", """{"width":8,"name":"a","deep":[true,null,0.5]}"""));
    }

    [Theory]
    [InlineData("""{ "assembly": "X.dll" }""", "\"type\" has to be the name of a module")]
    [InlineData("""{ "assembly": "*.dll", "type": "N.T" }""", "\"assembly\" has to be the path of one file")]
    [InlineData("""{ "assembly": "X.dll", "type": "N.T", "arguments": [1] }""", "\"arguments\" is a list")]
    [InlineData("""{ "assembly": "X.dll", "type": "N.T", "argument": {} }""", "there is no member \"argument\" beside \"assembly\"")]
    public void A_wrong_assembly_is_said_with_its_place(string architecture, string message)
        => ((Action)(() => Check($$"""{ "artifacts": { "model": "lexi.pth", "architecture": {{architecture}} }, "gates": { "keys-must-match": {} } }""", null)))
            .Should().Throw<ModelGate.Configuration.ConfigurationException>().Which.Errors.Should().Contain(e => e.Message.Value.Contains(message));

    [Fact]
    public void The_protocol_is_written_as_it_is_documented()
    {
        var request = new ModelRunRequest(new RequestedModel("/m.pth", ModelRunFormat.TorchScript), [new ModelRunStep.Load(), new ModelRunStep.Run { Generate = new GeneratedInputs(64, 1, 0) }, new ModelRunStep.Synthesize { FinePitch = "/p.npy", Output = "/o.wav" }]);

        JsonSerializer.Serialize(request, ModelRunJson.Default.ModelRunRequest).Should().Be(
            """{"model":{"path":"/m.pth","format":"torchscript"},"steps":[{"do":"load"},{"do":"run","generate":{"frames":64,"batch":1,"seed":0},"noise":false},{"do":"synthesize","pitchf":"/p.npy","speaker":0,"output":"/o.wav"}],"protocol":1,"threads":1}""");
    }

    public void Dispose()
    {
        Directory.Delete(root, recursive: true);
        Directory.Delete(made, recursive: true);
    }

    private static string Voice(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "audio", "voices", name + ".wav");

    private RunRecord Check(string configuration, IModelRuns? runs) => Evaluator.Run(PlanOf(configuration, runs), cancellation: TestContext.Current.CancellationToken);

    private EvaluationPlan PlanOf(string configuration, out Told runs) => PlanOf(configuration, runs = new Told(made, Voice("rvc-healthy")));

    private EvaluationPlan PlanOf(string configuration, IModelRuns? runs)
        => new(GateConfigurationReader.Read("gate.config.json", Encoding.UTF8.GetBytes(configuration), new WorkspaceConfigurations(Workspace.Of(root))), Workspace.Of(root)) { ModelRuns = runs };

    /// <summary>Answers as a model would that makes one recording of everything, or without one copies perfectly.</summary>
    private sealed class Told(string folder, string? voice) : IModelRuns
    {
        public List<ModelRunRequest> Requests { get; } = [];

        public List<string> Kept { get; } = [];

        public string Folder => folder;

        public bool AllowsTorchScript => false;

        public bool AllowsAssemblies { get; init; }

        public ModelRunReport Run(ModelRunRequest request, ModelRunLimits limits, CancellationToken cancellation)
        {
            Requests.Add(request);
            return new ModelRunReport([.. request.Steps.Select((s, i) => Answer(s, i))]);
        }

        public void Keep(string file, string name) => Kept.Add(name);

        private ModelRunAnswer Answer(ModelRunStep step, int index)
        {
            if (step is ModelRunStep.Synthesize copy)
            {
                File.Copy(voice ?? copy.Recording!, copy.Output, overwrite: true);
            }

            return new ModelRunAnswer { Step = index, Ok = true, Keys = step is ModelRunStep.Keys ? [new NamedShape("a.weight", [2, 3])] : null };
        }
    }
}
