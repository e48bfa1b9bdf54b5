using System.Text.Json;
using ModelGate.Tool;

namespace ModelGate.Torch.Tests.Checks;

/// <summary><c>modelgate check</c> as a user types it, with the program that really runs the models.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Slow = "it runs models for half a minute: MODELGATE_SLOW_TESTS=1 runs it, as .ci/run does";

    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [TorchFact]
    public void A_generator_says_its_recording_again_and_the_copy_is_kept()
    {
        Copy("speaking");
        var page = Path.Combine(folder, "report.html");

        var (exitCode, results) = Check(
            """{ "artifacts": { "checkpoints": "g_*", "config": "config.json", "reference": "reference.wav" }, "gates": { "model-must-load": {}, "copy-synthesis-must-resemble-input": {}, "mel-must-resemble-reference": {}, "audio-must-not-clip": {} } }""",
            "--report", $"html={page}");

        exitCode.Should().Be(0, string.Join("\n", results));
        results.Select(r => (r.Id, r.Path)).Should().Equal(
            ("MG5004", "copy-synthesis/g_00001500/reference.wav"), ("MG5010", "copy-synthesis/g_00001500/reference.wav"), ("MG8001", "g_00001500"), ("MG8003", "g_00001500"));
        results.Single(r => r.Id == "MG8001").Message.Should().StartWith("g_00001500 loads strictly into hifi-gan").And.Contain("240482 parameters");
        results.Single(r => r.Id == "MG8003").Message.Should().StartWith("what it makes of mel spectrograms of 1 segment resembles the recordings");
        File.Exists(Path.Combine(folder, "report.audio", "g_00001500", "reference.wav")).Should().BeTrue();
        File.ReadAllText(page).Should().Contain("Spectrogram of the output copy-synthesis/g_00001500/reference.wav").And.Contain("Spectrogram of the reference reference.wav");
    }

    [TorchFact]
    public void An_export_of_an_early_checkpoint_acts_otherwise_than_the_final_one()
    {
        Assert.SkipUnless(IsSlow, Slow);
        foreach (var file in new[] { "G_396.pth", "G_792.pth", "G_2376.pth", "lexi.pth" })
        {
            File.Copy(Repository.PathOf("samples", "lexi", file), Path.Combine(folder, file));
        }

        File.Copy(Repository.PathOf("samples", "lexi-fixed", "lexi.pth"), Path.Combine(folder, "fixed.pth"));
        string Of(string model) => $$"""
            { "artifacts": { "model": "{{model}}", "checkpoints": "G_*.pth" },
              "gates": { "model-must-load": {}, "model-must-run": {}, "model-must-be-fast-enough": { "runs": 3 }, "export-must-act-like-checkpoint": {} } }
            """;

        var (exitCode, results) = Check(Of("lexi.pth"));
        Check(Of("fixed.pth")).Results[3].Message.Should().StartWith("fixed.pth makes of the same input what G_2376.pth makes");
        exitCode.Should().Be(1, string.Join("\n", results));
        results.Select(r => (r.Id, r.Outcome)).Should().Equal(("MG8001", "passed"), ("MG8002", "passed"), ("MG8004", "passed"), ("MG8005", "failed"));
        results[0].Message.Should().StartWith("lexi.pth loads strictly into rvc").And.Contain("457 tensors, 154490 parameters");
        results[3].Message.Should().StartWith("lexi.pth does not act like G_2376.pth");
    }

    [TorchTheory]
    [InlineData("loop.pt", "modelgate-torch was stopped after 40 s while running the model")]
    [InlineData("hoard.pt", "modelgate-torch used more than 1024 MiB of memory while running the model, and was stopped")]
    [InlineData("crash.pt", "modelgate-torch ended with signal ")]
    public void A_program_that_misbehaves_fails_and_the_rest_is_judged(string file, string sentence)
    {
        Copy("torchscript");
        // Long enough to load on a busy machine.
        var time = file == "loop.pt" ? 40 : 300;

        var (exitCode, results) = Check(
            $$"""{ "artifacts": { "model": "{{file}}" }, "gates": { "archive-must-be-whole": {}, "model-must-run": { "inputs": "one.safetensors", "timeLimit": {{time}}, "memoryLimit": 1024 } } }""",
            "--allow-torchscript");

        exitCode.Should().Be(1, string.Join("\n", results));
        results.Select(r => (r.Id, r.Outcome)).Should().Equal(("MG7002", "passed"), ("MG8002", "failed"));
        results[1].Message.Should().StartWith($"{file} did not run to the end: {sentence}");
    }

    [TorchFact]
    public void A_program_makes_what_was_recorded_where_it_is_allowed_to_run()
    {
        Copy("torchscript");
        const string Configuration = """{ "artifacts": { "model": "gain.pt" }, "gates": { "model-must-run": { "inputs": "input.safetensors", "expected": "output.safetensors" } } }""";

        Check(Configuration).Results.Single().Should().Be(("MG8002", "gain.pt", "inconclusive", "gain.pt is a TorchScript program, which is run only with --allow-torchscript"));
        Check(Configuration, "--allow-torchscript").Results.Single().Outcome.Should().Be("passed");
    }

    [TorchFact]
    public void An_ONNX_graph_makes_what_was_recorded_without_a_switch()
    {
        Copy("onnx");

        Check("""{ "artifacts": { "model": "net.onnx" }, "gates": { "model-must-load": {}, "model-must-run": { "inputs": "input.safetensors", "expected": "output.safetensors" } } }""")
            .Results.Select(r => (r.Id, r.Outcome)).Should().Equal(("MG8001", "passed"), ("MG8002", "passed"));
    }

    [TorchFact]
    public void A_module_of_an_assembly_states_the_expected_keys_and_takes_the_weights()
    {
        Copy("module");
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "ModelGate.Torch.Tests.*"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        const string Configuration = """
            { "artifacts": { "model": "weights.pth", "architecture": { "assembly": "ModelGate.Torch.Tests.dll", "type": "ModelGate.Torch.Tests.Modules.GainModule", "arguments": { "inputs": 3 } } },
              "gates": { "keys-must-match": {}, "model-must-load": {} } }
            """;

        Check(Configuration).Results.Should().OnlyContain(r => r.Outcome == "inconclusive" && r.Message.EndsWith("--allow-assemblies"));
        var (exitCode, results) = Check(Configuration, "--allow-assemblies");
        exitCode.Should().Be(0, string.Join("\n", results));
        results[0].Message.Should().StartWith("all keys align with ModelGate.Torch.Tests.Modules.GainModule of ModelGate.Torch.Tests.dll: 3 of 3");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static bool IsSlow => Environment.GetEnvironmentVariable("MODELGATE_SLOW_TESTS") == "1";

    private void Copy(string fixture)
    {
        foreach (var file in Directory.EnumerateFiles(Fixture.PathOf(fixture)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private (int ExitCode, IReadOnlyList<(string Id, string Path, string Outcome, string Message)> Results) Check(string configuration, params string[] options)
    {
        File.WriteAllText(Path.Combine(folder, "gate.config.json"), configuration);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = CommandLine.Run(["check", folder, "--format", "json", .. options], output, error);
        using var report = JsonDocument.Parse(output.ToString());
        return (exitCode, [.. report.RootElement.GetProperty("results").EnumerateArray().Select(r => (Text(r, "id"), Text(r, "artifact"), Text(r, "outcome"), Text(r, "message")))]);
    }

    private static string Text(JsonElement element, params string[] path) => path.Aggregate(element, (e, name) => e.GetProperty(name)).GetString()!;
}
