namespace ModelGate.Tool.Tests.Reports;

public class HostileTextInErrorsTests
{
    [Theory]
    [InlineData("##vso[task.setvariable variable=PATH]evil")]
    [InlineData("##[add-path]evil")]
    [InlineData("\\n::error::evil")]
    public void A_member_of_a_configuration_is_no_command(string member)
    {
        var folder = Directory.CreateTempSubdirectory("modelgate-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "gate.config.json"), $$"""{ "gates": { "{{member}}": {} } }""");
            using var output = new StringWriter();
            using var error = new StringWriter();

            CommandLine.Run(["check", folder.FullName], output, error).Should().Be(ExitCode.CouldNotJudge);

            error.ToString().Should().Contain("evil").And.NotContain("##");
            error.ToString().Split('\n').Should().NotContain(l => l.TrimStart().StartsWith("::", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
