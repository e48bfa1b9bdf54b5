using System.ComponentModel;
using System.Diagnostics;

namespace ModelGate.Tool.Tests;

public class InspectOutlineTests
{
    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    private static readonly Lazy<(string? Python, string Missing)> PyTorch = new(FindPyTorch);

    [Fact]
    public void Is_Python_to_paste()
        => Tool.Run("inspect", Tool.Sample("grc", "best_model.pth"), "--outline").Output.Should()
            .Contain("import torch.nn as nn\n")
            .And.Contain("        self.conv1 = nn.Conv1d(channels, channels, kernel_size=3, groups=4)  # groups, stride, padding, dilation?\n")
            .And.Contain("        self.convs = nn.ModuleList([ConvBlock(channels) for _ in range(3)])\n")
            .And.Contain("        self.mrfs = nn.ModuleList([Mrf(32), Mrf(16), Mrf(8), Mrf(4)])\n")
            .And.EndWith("\nmodel = Model()\n# checkpoint = torch.load(\"best_model.pth\", map_location=\"cpu\", weights_only=True)\n# model.load_state_dict(checkpoint[\"model_state_dict\"], strict=True)\n");

    [Theory]
    [InlineData("grc", "best_model.pth", "model_state_dict")]
    [InlineData("lexi", "lexi.pth", "weight")]
    public void Builds_a_module_in_PyTorch_that_loads_the_weights_strictly(string folder, string name, string container)
    {
        if (PyTorch.Value is not { Python: { } python })
        {
            Assert.Skip(PyTorch.Value.Missing);
            return;
        }

        var script = Path.GetTempFileName();
        File.WriteAllText(script, Tool.Run("inspect", Tool.Sample(folder, name), "--outline").Output + $"""
            import sys, torch
            print(model.load_state_dict(torch.load(sys.argv[1], map_location="cpu")["{container}"], strict=True))
            """);

        var (exitCode, output) = Run(python, script, Tool.Sample(folder, name));

        output.Should().Contain("All keys matched");
        exitCode.Should().Be(0);
        File.Delete(script);
    }

    [Fact]
    public void Takes_no_other_option_for_what_to_print()
        => Tool.Run("inspect", Tool.Sample("grc", "best_model.pth"), "--outline", "--format", "json").Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("leave out --format"));

    [Fact]
    public void Refuses_a_graph_whose_weights_no_module_has()
    {
        var onnx = Directory.GetFiles(Repository.PathOf("tests", "ModelGate.Core.Tests", "Fixtures", "onnx"), "*.onnx").Order(StringComparer.Ordinal)
            .First(f => Tool.Run("inspect", f).ExitCode == 0);

        Tool.Run("inspect", onnx, "--outline").Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("ONNX holds a graph"));
    }

    [Theory]
    [InlineData("lexi/audio/lexi_input.wav", "which states no keys")]
    [InlineData("lexi/gate.config.json", "lexi")]
    public void Says_why_there_is_none(string file, string why)
        => Tool.Run("inspect", Tool.Sample(file.Split('/')), "--outline").Should().Match<Result>(r => r.ExitCode == 2 && r.Output.Length == 0 && r.Error.Contains(why));

    [Fact]
    public void Stands_side_by_side_where_modules_are_built_differently()
    {
        const string Line = "    self.convs = nn.ModuleList([ConvBlock() for _ in range(3)])  |      self.conv = nn.Conv1d(32, 32, kernel_size=3)\n";

        Tool.Run("diff", Tool.Sample("grc", "best_model.pth"), Tool.Sample("grc", "expected_flat.json")).Output.Should().Contain("mrfs.{0..3} in best_model.pth").And.Contain(Line);
        Tool.Run("check", Tool.Sample("grc")).Output.Should().Contain(Line);
        Tool.Run("check", Tool.Sample("grc"), "--format", "html").Output.Should().Contain("<div class=\"outlines\">").And.Contain("self.conv = nn.Conv1d(32, 32, kernel_size=3)");
        Tool.Run("diff", Tool.Sample("grc", "best_model.pth"), Tool.Sample("grc", "expected_nested.json")).Output.Should().NotContain("--outline");
    }

    private static (string? Python, string Missing) FindPyTorch()
    {
        foreach (var python in Pythons)
        {
            try
            {
                if (Run(python, "-c", "import torch").ExitCode == 0)
                {
                    return (python, "");
                }
            }
            catch (Win32Exception)
            {
                // There is no such program.
            }
        }

        return (null, "no Python here has PyTorch (Debian: apt-get install python3-torch); the outlines of the fixtures were loaded where there was one");
    }

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
