namespace ModelGate.Tool.Tests;

public class ExplainCommandTests
{
    [Theory]
    [InlineData("MG1001")]
    [InlineData("mg1001")]
    [InlineData("keys-must-match")]
    [InlineData("KeysMustMatch")]
    public void Prints_its_page(string name)
    {
        var result = Tool.Run("explain", name);

        result.ExitCode.Should().Be(0);
        result.Output.Should().Be(string.Join('\n', File.ReadAllLines(Repository.PathOf("docs", "gates", "MG1001.md")).Select(l => l.TrimEnd())) + "\n");
    }

    [Fact]
    public void Without_a_name_lists_all_gates()
        => Tool.Run("explain").Output.Should().Contain("MG1001  keys-must-match").And.Contain("MG5001  spectral-flatness-must-stay-below");

    [Fact]
    public void Schema_prints_the_committed_schema()
        => Tool.Run("schema").Output.Should().Be(File.ReadAllText(Repository.PathOf("docs", "gate.config.schema.json")));
}
