namespace ModelGate.Tool.Tests;

public class PlaceholderTests
{
    [Fact]
    public void Builds() => typeof(PlaceholderTests).Should().NotBeNull();
}
