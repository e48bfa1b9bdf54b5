using ModelGate.Configuration.Schema;

namespace ModelGate.Tests.Configuration;

public class ConfigurationReferenceTests
{
    [Fact]
    public void Is_the_committed_one()
        => File.ReadAllText(Repository.PathOf("docs", "configuration-reference.md")).Should().Be(
            System.Text.Encoding.UTF8.GetString(GateConfigurationReference.Write()),
            "docs/configuration-reference.md is written by: modelgate schema --format markdown > docs/configuration-reference.md");
}
