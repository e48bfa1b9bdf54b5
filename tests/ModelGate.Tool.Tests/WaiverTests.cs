namespace ModelGate.Tool.Tests;

public sealed class WaiverTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public WaiverTests()
    {
        File.Copy(Repository.PathOf("samples", "lexi", "audio", "lexi_converted.wav"), At("a.wav"));
        Configure("");
    }

    [Fact]
    public void Proposed_waivers_hold_once_they_have_reasons()
    {
        var failed = Tool.Run("check", folder, "--write-waivers", "--date", "2027-01-01");
        failed.ExitCode.Should().Be(1);
        failed.Error.Should().Contain("1 waiver is proposed in").And.Contain("needs a statement and an owner");
        File.ReadAllText(At("gate.waivers.json")).Should().Contain("\"until\": \"2027-01-31\"");

        Configure("\"extends\": \"gate.waivers.json\", ");
        var empty = Tool.Run("check", folder, "--date", "2027-01-01");
        empty.ExitCode.Should().Be(2);
        empty.Error.Should().Contain("\"statement\" is empty; it has to say why the failure is accepted").And.Contain("\"owner\" is empty");

        File.WriteAllText(At("gate.waivers.json"), File.ReadAllText(At("gate.waivers.json")).Replace("\"statement\": \"\"", "\"statement\": \"known noise\"", StringComparison.Ordinal).Replace("\"owner\": \"\"", "\"owner\": \"audio team\"", StringComparison.Ordinal));
        var waived = Tool.Run("check", folder, "--date", "2027-01-01");
        waived.ExitCode.Should().Be(0, waived.Output + waived.Error);
        waived.Output.Should().Contain("waived until 2027-01-31 by audio team: known noise").And.Contain("1 of 2 judgements waived").And.Contain("waivers are compared with 2027-01-01");
        Tool.Run("check", folder, "--date", "2027-01-20").Output.Should().Contain("ends on 2027-01-31, in 11 days");
        Tool.Run("check", folder, "--date", "2027-01-20", "--fail-on", "warning").ExitCode.Should().Be(1);

        var ended = Tool.Run("check", folder, "--date", "2027-02-01");
        ended.ExitCode.Should().Be(1);
        ended.Output.Should().Contain("ended on 2027-01-31").And.Contain("MG5001");
        Tool.Run("check", folder, "--write-waivers", "--date", "2027-02-01").Error.Should().Contain("is there already, perhaps with reasons in it");
    }

    [Theory]
    [InlineData("json", "\"outcome\": \"waived\"")]
    [InlineData("markdown", "known noise")]
    [InlineData("junit", "waived")]
    [InlineData("html", "known noise")]
    public void Every_report_shows_what_is_waived(string format, string said)
    {
        Configure("\"waivers\": [ { \"gate\": \"MG5001\", \"statement\": \"known noise\", \"owner\": \"audio team\", \"until\": \"2027-12-31\" } ], ");

        var check = Tool.Run("check", folder, "--date", "2027-01-01", "--format", format);

        check.ExitCode.Should().Be(0, check.Output + check.Error);
        check.Output.Should().Contain(said);
    }

    [Fact]
    public void A_day_that_is_none_is_a_wrong_usage()
        => Tool.Run("check", folder, "--date", "tomorrow").Should().Match<Result>(r => r.ExitCode == 2 && r.Error.Contains("it has to be a day such as 2027-01-31"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Configure(string more)
        => File.WriteAllText(At("gate.config.json"), $$"""{ {{more}}"artifacts": { "output": "a.wav" }, "gates": { "spectral-flatness-must-stay-below": {} } }""");

    private string At(string name) => Path.Combine(folder, name);
}
