namespace ModelGate.Tool.Tests;

public sealed class BaselineCommandTests : IDisposable
{
    private static readonly string Good = Repository.PathOf("samples", "lexi-fixed");
    private static readonly string Sick = Repository.PathOf("samples", "lexi");

    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void A_run_is_no_worse_than_its_own_baseline()
    {
        var made = Tool.Run("baseline", Good, "--output", At("b.json"));
        var check = Tool.Run("check", Good, "--baseline", At("b.json"), "--format", "json");

        made.ExitCode.Should().Be(0, made.Error);
        made.Output.Should().Contain("numbers of 1 model from 1 run").And.Contain("A single run has no spread");
        check.ExitCode.Should().Be(0, check.Output);
        Result(check).GetProperty("outcome").GetString().Should().Be("passed");
        Tool.Run("baseline", Good, "--output", At("again.json"));
        File.ReadAllText(At("again.json")).Should().Be(File.ReadAllText(At("b.json")));
    }

    [Fact]
    public void A_sick_run_is_worse_than_the_baseline_by_the_gates_that_it_passes_too()
    {
        Tool.Run("baseline", Good, "--output", At("b.json"));

        var check = Tool.Run("check", Sick, "--baseline", At("b.json"), "--format", "json");

        check.ExitCode.Should().Be(1);
        Result(check).GetProperty("outcome").GetString().Should().Be("failed");
        Result(check).GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("message").GetString()).Should().Contain(m => m!.StartsWith("loss-min of log train.log loss_mel is 170.2, and was 17.02", StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_serves_as_a_baseline_and_as_a_run()
    {
        Tool.Run("check", Good, "--report", "json=" + At("base.json"));

        Tool.Run("check", Good, "--baseline", At("base.json")).ExitCode.Should().Be(0);
        Tool.Run("check", Sick, "--baseline", At("base.json"), "--gate", "spectral-flatness-must-stay-below").ExitCode.Should().Be(1);
        File.Copy(At("base.json"), At("second.json"));
        Tool.Run("baseline", At("base.json"), At("base.json"), "--output", At("b.json")).Error.Should().Contain("is named 2 times");
        Tool.Run("baseline", At("base.json"), At("second.json"), "--output", At("b.json")).Output.Should().Contain("from 2 runs");
        File.ReadAllText(At("b.json")).Should().Contain("\"runs\":2,\"spread\":0");
    }

    [Fact]
    public void A_failed_run_is_no_baseline_unless_it_is_accepted()
    {
        var refused = Tool.Run("baseline", Sick, "--output", At("b.json"));

        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("failed and cannot serve as a baseline");
        File.Exists(At("b.json")).Should().BeFalse();
        Tool.Run("baseline", Sick, "--output", At("b.json"), "--accept").ExitCode.Should().Be(0);
    }

    [Fact]
    public void A_baseline_moves_forward_only_and_another_file_is_left_alone()
    {
        Tool.Run("baseline", Sick, "--output", At("b.json"), "--accept");

        Tool.Run("baseline", Good, "--output", At("b.json")).Output.Should().MatchRegex("; [1-9][0-9]* are better than before");
        File.WriteAllText(At("notes.json"), "{}");
        Tool.Run("baseline", Good, "--output", At("notes.json")).Error.Should().Contain("would overwrite a file that modelgate did not write");
    }

    [Fact]
    public void A_run_that_passes_and_is_worse_leaves_the_baseline_as_it_is()
    {
        File.Copy(Path.Combine(Sick, "audio", "lexi_input.wav"), At("a.wav"));
        File.WriteAllText(At("gate.config.json"), """{ "artifacts": { "output": "a.wav" }, "gates": { "spectral-flatness-must-stay-below": { "limit": 0.99, "limitOfStretch": 0.99 } } }""");
        Tool.Run("baseline", folder, "--output", At("b.json")).ExitCode.Should().Be(0);
        var before = File.ReadAllBytes(At("b.json"));
        File.Copy(Path.Combine(Sick, "audio", "lexi_converted.wav"), At("a.wav"), overwrite: true);

        Tool.Run("check", folder).ExitCode.Should().Be(0);
        var refused = Tool.Run("baseline", folder, "--output", At("b.json"));

        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("worse than in").And.Contain("--accept writes it anew");
        File.ReadAllBytes(At("b.json")).Should().Equal(before);
        Tool.Run("baseline", folder, "--output", At("b.json"), "--accept").ExitCode.Should().Be(0);
        File.ReadAllBytes(At("b.json")).Should().NotEqual(before);
    }

    [Fact]
    public void A_configuration_names_its_baseline()
    {
        File.Copy(Path.Combine(Sick, "audio", "lexi_input.wav"), At("a.wav"));
        File.WriteAllText(At("gate.config.json"), """{ "artifacts": { "output": "a.wav", "baseline": "baseline.json" }, "gates": { "spectral-flatness-must-stay-below": {}, "metric-must-not-regress": { "relative": 0.01 } } }""");

        Tool.Run("check", folder).ExitCode.Should().Be(2, "there is no baseline yet");
        Tool.Run("baseline", folder, "--output", At("baseline.json")).ExitCode.Should().Be(0);
        Tool.Run("check", folder).ExitCode.Should().Be(0);
        File.Copy(Path.Combine(Sick, "audio", "lexi_converted.wav"), At("a.wav"), overwrite: true);
        Tool.Run("check", folder).Output.Should().Contain("MG9001").And.Contain("worse than in baseline.json");
    }

    [Fact]
    public void A_model_that_has_disappeared_is_told_and_one_that_is_new_has_nothing_to_be_compared_with()
    {
        foreach (var model in new[] { "a", "b", "c" })
        {
            Directory.CreateDirectory(At(model));
            File.Copy(Path.Combine(Sick, "audio", "lexi_input.wav"), At($"{model}/x.wav"));
            File.WriteAllText(At($"{model}/gate.config.json"), """{ "artifacts": { "output": "x.wav" }, "gates": { "spectral-flatness-must-stay-below": {} } }""");
        }

        Directory.Move(At("c"), folder + "-c");
        Tool.Run("baseline", folder, "--output", folder + "-c/b.json").ExitCode.Should().Be(0);
        Directory.Delete(At("b"), recursive: true);
        var less = Tool.Run("check", folder, "--baseline", folder + "-c/b.json");
        File.Move(folder + "-c/b.json", At("b.json"));
        Directory.Move(folder + "-c", At("c"));
        var other = Tool.Run("check", folder, "--baseline", At("b.json"));

        less.ExitCode.Should().Be(0, less.Output + less.Error);
        less.Output.Should().Contain("1 model of").And.Contain("is not among those that are judged: b");
        other.ExitCode.Should().Be(2);
        other.Output.Should().Contain("has no model of this name; it has a, b");
    }

    [Theory]
    [InlineData("missing.json", "there is no such file")]
    [InlineData("a.json", "cannot be read")]
    public void What_is_no_baseline_is_a_wrong_usage(string name, string said)
    {
        File.WriteAllText(At("a.json"), "{ \"baseline\": 7, \"tool\": \"x\", \"models\": [] }");

        var check = Tool.Run("check", Good, "--baseline", At(name));

        check.ExitCode.Should().Be(2);
        check.Error.Should().Contain(said);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static System.Text.Json.JsonElement Result(Result check)
        => check.Json.GetProperty("results").EnumerateArray().Single(r => r.GetProperty("id").GetString() == "MG9001");

    private string At(string name) => Path.Combine(folder, name);
}
