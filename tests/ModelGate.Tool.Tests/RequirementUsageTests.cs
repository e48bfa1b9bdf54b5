using ModelGate.Configuration.Binding;
using ModelGate.Gates.Catalogue;
using ModelGate.Signals;

namespace ModelGate.Tool.Tests;

public sealed class RequirementUsageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public RequirementUsageTests()
    {
        File.Copy(Tool.Sample("lexi-fixed", "audio", "lexi_converted.wav"), At("x.wav"));
        File.Copy(Tool.Sample("lexi", "lexi.pth"), At("lexi.pth"));
    }

    [Theory]
    [InlineData("output.nan-weights", "nan-weights is measured on the weights of a model, and a file of the role output is a recording; for output there are: active-frames,")]
    [InlineData("model.peak", "peak is measured on a recording, and a file of the role model is a model; for model there are: ")]
    [InlineData("log.training-step", "training-step is measured on a checkpoint, and a file of the role log is a training log; for log there are: ")]
    [InlineData("model.exported-step", "exported-step is measured on an export and the checkpoints of its run, and cannot be required of one file: the gate final-checkpoint-must-be-exported judges it")]
    [InlineData("model.missing-keys", "missing-keys is measured on a model and its architecture, and cannot be required of one file: the gate keys-must-match judges it")]
    [InlineData("output.peek", "there is no signal \"peek\"; did you mean \"peak\"?")]
    public void Of_a_signal_that_does_not_fit_is_told_what_it_is_measured_on(string requirement, string sentence)
    {
        Write($$"""{ "artifacts": { "output": "x.wav", "model": "lexi.pth", "log": "train.log" }, "require": { "{{requirement}}": { "below": 1 } } }""");

        Tool.Run("check", folder).Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains(sentence));
    }

    [Fact]
    public void Names_only_signals_that_fit()
    {
        Write("""{ "artifacts": { "output": "x.wav" }, "require": { "output.nan-weights": { "below": 1 } } }""");

        Tool.Run("check", folder).Error.Should().NotContain("weight-max").And.NotContain("loss-level");
    }

    [Fact]
    public void Of_a_file_of_another_kind_is_inconclusive_and_says_what_the_signal_is_measured_on()
    {
        Write("""{ "artifacts": { "dataset": "x.wav" }, "require": { "dataset.nan-weights": { "below": 1 } } }""");

        Tool.Run("check", folder).Should().Match<Result>(r => r.ExitCode == 2 && r.Output.Contains("x.wav is not what nan-weights is measured on: the weights of a model"));
    }

    [Theory]
    [InlineData(MeasuredOn.ModelAndArchitecture)]
    [InlineData(MeasuredOn.ModelAndConfiguration)]
    [InlineData(MeasuredOn.ExportAndCheckpoints)]
    public void Names_a_gate_that_there_is(object pair) => GateCatalogue.Find(RequirementBinder.GateOf((MeasuredOn)pair)).Should().NotBeNull();

    [Fact]
    public void An_override_that_no_file_fits_is_told()
    {
        Write("""
            {
              "artifacts": { "output": "x.wav", "model": "lexi.pth" },
              "require": { "output.peak": { "below": 1 } },
              "overrides": [
                { "files": "audio/*.wav", "require": { "output.peak": { "below": 2 } } },
                { "files": "lexi*", "gates": { "pickle-must-be-safe": {} } },
                { "files": ["x.*", "!x.mp3"], "require": { "output.rms": { "below": 2 } } }
              ]
            }
            """);

        var result = Tool.Run("check", folder, "--format", "json");

        result.Json.GetProperty("notes").EnumerateArray().Select(n => n.GetString()).Should().Equal("no file of the artifacts matches the override's pattern audio/*.wav, which therefore changes nothing");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string name) => Path.Combine(folder, name);

    private void Write(string text) => File.WriteAllText(At("gate.config.json"), text);
}
