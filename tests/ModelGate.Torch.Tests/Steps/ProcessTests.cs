using System.Diagnostics;
using System.Text.Json;
using ModelGate.ModelRuns;

namespace ModelGate.Torch.Tests.Steps;

/// <summary>The process as <c>modelgate</c> starts it.</summary>
public class ProcessTests
{
    [TorchFact]
    public async Task A_crash_leaves_the_answers_before_it()
    {
        var (code, answers, _) = await Run(Script("crash.pt"));

        answers.Should().ContainSingle().Which.Ok.Should().BeTrue();
        code.Should().NotBe(0);
    }

    [TorchFact]
    public async Task What_a_program_prints_is_no_answer()
    {
        var (code, answers, error) = await Run(Script("says.pt"));

        code.Should().Be(0);
        answers.Select(a => a.Step).Should().Equal(0, 1);
        answers[1].Outputs!.Single().Maximum.Should().Be(2);
        error.Should().Contain("\"outputs\":[]");
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("{}", 3)]
    [InlineData("""{"protocol":2,"threads":1,"model":{"path":"/a","format":"weights"},"steps":[]}""", 3)]
    [InlineData("""{"protocol":1,"threads":1,"model":{"path":"/a","format":"weights"},"steps":[]}""", 0)]
    public async Task A_request_that_is_not_understood_has_its_own_exit_code(string request, int code)
    {
        var (ended, answers, error) = await Start(["run"], request);

        ended.Should().Be(code);
        answers.Should().BeEmpty();
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(code == 0 ? 0 : 1);
    }

    [Fact]
    public async Task Help_and_version_are_printed()
    {
        var version = typeof(RunCommand).Assembly.GetName().Version!;
        var (code, lines, _) = await Start(["--version"], "");
        (code, lines.Single()).Should().Match<(int Code, string Line)>(r => r.Code == 0 && r.Line.StartsWith($"{version.Major}.{version.Minor}.{version.Build}", StringComparison.Ordinal));
        foreach (var help in new[] { "--help", "-h", "help" })
        {
            (code, lines, _) = await Start([help], "");
            (code, lines[0]).Should().Be((0, "modelgate-torch runs trained models for modelgate, which starts it when a gate asks for that:"));
            lines.Should().ContainMatch("  modelgate-torch run *").And.Contain("  modelgate-torch --version");
        }

        (await Start([], "")).Should().Match<(int Code, string[] Lines, string Error)>(r => r.Code == 2 && r.Lines.Length > 0);
        (await Start(["walk"], "")).Error.Should().StartWith("modelgate-torch: there is no command \"walk\"");
    }

    private static ModelRunRequest Script(string file) => new(
        new(Fixture.PathOf("torchscript", file), ModelRunFormat.TorchScript), [new ModelRunStep.Load(), new ModelRunStep.Run { Inputs = Fixture.PathOf("torchscript", "one.safetensors") }]);

    private static async Task<(int Code, ModelRunAnswer[] Answers, string Error)> Run(ModelRunRequest request)
    {
        var (code, lines, error) = await Start(["run"], JsonSerializer.Serialize(request, ModelRunJson.Default.ModelRunRequest));
        return (code, [.. lines.Select(l => JsonSerializer.Deserialize(l, ModelRunJson.Default.ModelRunAnswer)!)], error);
    }

    private static async Task<(int Code, string[] Lines, string Error)> Start(string[] arguments, string input)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "modelgate-torch.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), await error);
    }
}
