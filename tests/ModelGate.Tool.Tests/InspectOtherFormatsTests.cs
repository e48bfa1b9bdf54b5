using System.Text.Json;

namespace ModelGate.Tool.Tests;

public class InspectOtherFormatsTests
{
    private static readonly string Fixtures = Repository.PathOf("tests", "ModelGate.Core.Tests", "Fixtures");

    [Theory]
    [InlineData("safetensors/sharded/model.safetensors.index.json", "safetensors", 8)]
    [InlineData("safetensors/by-numpy.safetensors", "safetensors", 4)]
    [InlineData("numpy/weights.npz", "numpy", 9)]
    [InlineData("numpy/f4.npy", "numpy", 1)]
    [InlineData("gguf/quantized.gguf", "gguf", 8)]
    [InlineData("onnx/external/model.onnx", "onnx", 7)]
    [InlineData("torch2/exported.pt2", "torch-export", 14)]
    public void Lists_their_tensors(string file, string format, int tensors)
    {
        var result = Tool.Run("inspect", Path.Combine(Fixtures, file), "--format", "json", "--stats");

        result.ExitCode.Should().Be(0);
        result.Json.GetProperty("format").GetString().Should().Be(format);
        result.Json.GetProperty("tensors").GetArrayLength().Should().Be(tensors);
        result.Json.GetProperty("findings").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public void Finds_the_code_in_TorchScript()
    {
        var result = Tool.Run("inspect", Path.Combine(Fixtures, "torch1", "gain.torchscript.pt"), "--format", "json");

        result.Json.GetProperty("tensors").GetArrayLength().Should().Be(3);
        var finding = result.Json.GetProperty("findings").EnumerateArray().Should().ContainSingle().Which;
        finding.GetProperty("id").GetString().Should().Be("MG7001");
        finding.GetProperty("message").GetString().Should().Contain("code/__torch__.py");
    }

    [Fact]
    public void A_check_never_passes_code_in_silence()
    {
        var folder = Directory.CreateTempSubdirectory("modelgate-code");
        try
        {
            File.Copy(Path.Combine(Fixtures, "torch1", "gain.torchscript.pt"), Path.Combine(folder.FullName, "model.pth"));
            File.WriteAllText(Path.Combine(folder.FullName, "keys.json"), """{ "gain": [], "conv.weight": [1, 1, 5], "conv.bias": [1] }""");
            File.WriteAllText(
                Path.Combine(folder.FullName, "gate.config.json"),
                """{ "artifacts": { "architecture": "keys.json", "model": "model.pth" }, "gates": { "keys-must-match": {} } }""");

            var report = Tool.Run("check", folder.FullName, "--format", "json").Json;

            Model(report).GetProperty("format").GetString().Should().Be("torchscript");
            Model(report).GetProperty("warnings").EnumerateArray().Select(w => w.GetString()).Should().ContainSingle().Which.Should().Contain("code/__torch__.py");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_check_reads_a_model_in_shards()
    {
        var folder = Directory.CreateTempSubdirectory("modelgate-shards");
        try
        {
            foreach (var file in Directory.GetFiles(Path.Combine(Fixtures, "safetensors", "sharded")))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            var tensors = Tool.Run("inspect", Path.Combine(folder.FullName, "model.safetensors.index.json"), "--format", "json").Json.GetProperty("tensors").EnumerateArray();
            File.WriteAllText(
                Path.Combine(folder.FullName, "keys.json"),
                JsonSerializer.Serialize(tensors.ToDictionary(t => t.GetProperty("name").GetString()!, t => t.GetProperty("shape").EnumerateArray().Select(s => s.GetInt64()).ToArray())));
            File.WriteAllText(
                Path.Combine(folder.FullName, "gate.config.json"),
                """{ "artifacts": { "architecture": "keys.json", "model": "*.index.json" }, "gates": { "keys-must-match": {} } }""");

            var result = Tool.Run("check", folder.FullName, "--format", "json");

            result.ExitCode.Should().Be(0);
            Model(result.Json).GetProperty("format").GetString().Should().Be("safetensors");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonElement Model(JsonElement report)
        => report.GetProperty("artifacts").EnumerateArray().Single(a => !a.GetProperty("path").GetString()!.EndsWith("keys.json", StringComparison.Ordinal));
}
