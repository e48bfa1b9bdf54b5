namespace ModelGate.Tool.Tests;

public sealed class MetricsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("0.12", 0, "passed")]
    [InlineData("0.118", 1, "failed")]
    public void Check_holds_them_against_what_is_required(string limit, int exitCode, string outcome)
    {
        Write("metrics.json", """{ "eval": { "wer": 0.118, "cer": 0.04 } }""");
        Write("gate.config.json", $$"""{ "artifacts": { "metrics": "metrics.json" }, "require": { "metrics.eval.wer": { "below": {{limit}} } } }""");

        var result = Tool.Run("check", folder, "--format", "json");

        result.ExitCode.Should().Be(exitCode);
        var found = result.Json.GetProperty("results").EnumerateArray().Should().ContainSingle().Which;
        found.GetProperty("id").GetString().Should().Be("MG9003");
        found.GetProperty("outcome").GetString().Should().Be(outcome);
        var measurement = found.GetProperty("measurements").EnumerateArray().Should().ContainSingle().Which;
        measurement.GetProperty("signal").GetString().Should().Be("eval.wer");
        measurement.GetProperty("observed").GetDouble().Should().Be(0.118);
        measurement.GetProperty("limit").GetDouble().Should().Be(double.Parse(limit, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Check_cannot_judge_what_the_file_does_not_hold()
    {
        Write("metrics.json", """{ "eval": { "wer": 0.118 } }""");
        Write("gate.config.json", """{ "artifacts": { "metrics": "metrics.json" }, "require": { "metrics.eval.wre": { "below": 1 } } }""");

        var result = Tool.Run("check", folder);

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("metrics.json has no eval.wre: the nearest name is \"eval.wer\"");
    }

    [Theory]
    [InlineData("console")]
    [InlineData("json")]
    [InlineData("markdown")]
    [InlineData("html")]
    [InlineData("sarif")]
    [InlineData("junit")]
    public void Every_format_reports_one_that_is_no_number(string format)
    {
        Write("metrics.json", """{ "eval": { "wer": NaN } }""");
        Write("gate.config.json", """{ "artifacts": { "metrics": "metrics.json" }, "require": { "metrics.eval.wer": { "below": 1 } } }""");

        var result = Tool.Run("check", folder, "--format", format);

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("NaN");
    }

    [Fact]
    public void Measure_lists_them()
    {
        Write("metrics.json", """{ "eval": { "wer": 0.118, "cer": 0.04 }, "loss": [2, 1.5] }""");

        Tool.Run("measure", At("metrics.json"), "--format", "csv").Should().Be(new Result(0, $"""
            path,subject,signal,value,unit,why
            {At("metrics.json")},,eval.wer,0.118,,
            {At("metrics.json")},,eval.cer,0.04,,
            {At("metrics.json")},,loss,1.5,,

            """, ""));
        Tool.Run("measure", At("metrics.json"), "--signal", "metrics.loss", "--format", "json").Json.GetProperty("measurements").EnumerateArray()
            .Should().ContainSingle().Which.GetProperty("note").GetString().Should().Be("the last of 2 values");
        Tool.Run("measure", At("metrics.json"), "--signal", "metrics.lss").Should().Match<Result>(r => r.ExitCode == 2 && r.Output.Contains("the nearest name is \"loss\""));
    }

    [Fact]
    public void Inspect_describes_them()
    {
        Write("results.csv", "epoch,loss\n1,2.5\n2,1.5\n");

        Tool.Run("inspect", At("results.csv")).Output.Should().Be($"""
            {At("results.csv")}  csv, 23 bytes
              epoch = 2  2 values, 1 to 2
              loss = 1.5  2 values, 1.5 to 2.5

            """);
        var json = Tool.Run("inspect", At("results.csv"), "--format", "json").Json.GetProperty("metrics")[1];
        (json.GetProperty("name").GetString(), json.GetProperty("values").GetInt32(), json.GetProperty("last").GetDouble()).Should().Be(("loss", 2, 1.5));
    }

    private string At(string name) => Path.Combine(folder, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);
}
