using System.Text;
using ModelGate.Configuration.Binding;
using ModelGate.Evaluation;
using ModelGate.Runs;

namespace ModelGate.Tests.Evaluation;

public sealed class ArchitectureResolutionTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public ArchitectureResolutionTests()
    {
        File.Copy(Repository.PathOf("samples", "lexi", "lexi.pth"), Path.Combine(root, "lexi.pth"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "families", "lexi_config.json"), Path.Combine(root, "config.json"));
    }

    [Fact]
    public void Takes_its_hyperparameters_from_the_runs_own_configuration()
    {
        var report = Check("""{ "family": "rvc", "config": "config.json" }""");

        report.Results.Select(r => (r.Gate.Id, r.Outcome, r.Message.Value)).Should().Equal(
            ("MG1001", Outcome.Passed, "all keys align with rvc (config.json): 457 of 457, parameters equal (154490)"),
            ("MG1002", Outcome.Passed, $"lexi.pth has {Count(report)} parameters, as rvc (config.json) says"));
        var file = report.Artifacts.Single(a => a.Path.Value == "config.json");
        (file.Kind, file.Role, file.Format, file.Sha256.Length).Should().Be(("configuration", ArtifactRole.Architecture, "json", 64));
    }

    [Theory]
    [InlineData("""{ "family": "rvc", "variant": "v2-48k" }""", Outcome.Failed, "lexi.pth does not fit rvc v2-48k: 0 missing, 0 unexpected and 454 differently shaped keys (457 keys against 457, 457 in common)")]
    [InlineData("""{ "family": "rvc", "config": "other.json" }""", Outcome.Inconclusive, "rvc (other.json) cannot be read: other.json: there is no such file")]
    [InlineData("""{ "family": "rvc", "config": "../../../../etc/passwd" }""", Outcome.Inconclusive, "rvc (../../../../etc/passwd) cannot be read: ../../../../etc/passwd: it leads out of the workspace")]
    [InlineData("""{ "family": "rvc", "config": "lexi.pth" }""", Outcome.Inconclusive, "rvc (lexi.pth) cannot be read: lexi.pth: it is not valid JSON (line 1, byte 1) (offset 0)")]
    [InlineData("""{ "command": ["cat", "manifest.json"] }""", Outcome.Inconclusive, "the output of cat cannot be read: the configuration asks to run a command, which is done only with --allow-commands")]
    public void Says_what_is_wrong_with_it(string architecture, object outcome, string message)
    {
        var result = Check(architecture).Results[0];

        result.Outcome.Should().Be((Outcome)outcome);
        result.Message.Value.Should().Match(message.Replace("454", "*", StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_a_command_only_where_it_is_allowed()
    {
        var commands = new Printing("""{ "a": [1] }""");

        var result = Check("""{ "command": ["print", "it"], "timeout": 7 }""", commands).Results[0];

        result.Message.Value.Should().Be("lexi.pth does not fit the output of print: 1 missing, 457 unexpected and 0 differently shaped keys (457 keys against 1, 0 in common)");
        commands.Asked.Should().Be($"print it in {root} for 7 s");
    }

    [Fact]
    public void Is_inconclusive_where_the_command_prints_something_else()
        => Check("""{ "command": ["print"] }""", new Printing("Traceback")).Results[0].Message.Value.Should().StartWith("the output of print cannot be read: it printed no key manifest: ");

    [Theory]
    [InlineData("{", "it is not valid JSON")]
    [InlineData("""{ "model": { "n_layers": 99999999 } }""", "over the limit of 100000")]
    [InlineData("""{ "model": { "n_layers": {} } }""", "n_layers is an object of 0")]
    [InlineData("[[[[", "it is not valid JSON")]
    public void Is_inconclusive_where_the_runs_configuration_is_hostile(string text, string message)
    {
        File.WriteAllText(Path.Combine(root, "config.json"), text);

        var result = Check("""{ "family": "rvc", "variant": "v2-48k", "config": "config.json" }""").Results[0];

        result.Outcome.Should().Be(Outcome.Inconclusive);
        result.Message.Value.Should().Contain(message);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static string Count(RunRecord report) => $"{report.Results[1].Measurements[0].Observed:0}";

    private RunRecord Check(string architecture, IManifestCommands? commands = null)
    {
        var config = $$"""{ "artifacts": { "architecture": {{architecture}}, "model": "lexi.pth" }, "gates": { "keys-must-match": {}, "parameter-count-must-match": {} } }""";
        var plan = new EvaluationPlan(GateConfigurationReader.Read("gate.config.json", Encoding.UTF8.GetBytes(config)), new Workspace(root, root)) { Commands = commands };
        return Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken);
    }

    private sealed class Printing(string text) : IManifestCommands
    {
        public string Asked { get; private set; } = "";

        public byte[] Run(IReadOnlyList<string> command, string folder, TimeSpan timeout, int longest, CancellationToken cancellation)
        {
            Asked = $"{string.Join(' ', command)} in {folder} for {timeout.TotalSeconds} s";
            return Encoding.UTF8.GetBytes(text);
        }
    }
}
