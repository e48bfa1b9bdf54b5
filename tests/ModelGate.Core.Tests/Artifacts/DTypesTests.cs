using ModelGate.Artifacts;

namespace ModelGate.Tests.Artifacts;

public class DTypesTests
{
    [Fact]
    public void Every_element_type_has_a_name_of_its_own()
        => DTypes.All.Select(t => t.Name()).Should().OnlyHaveUniqueItems().And.HaveSameCount(Enum.GetValues<DType>());

    [Fact]
    public void A_name_finds_its_type() => DTypes.All.Should().AllSatisfy(type =>
    {
        DTypes.TryParse(type.Name(), out var found).Should().BeTrue();
        found.Should().Be(type);
    });

    // The names that torch 2.7 prints as str(dtype), without "torch.".
    [Theory]
    [InlineData("float8_e4m3fn")]
    [InlineData("float8_e5m2")]
    [InlineData("float8_e8m0fnu")]
    [InlineData("float4_e2m1fn_x2")]
    [InlineData("bfloat16")]
    [InlineData("complex32")]
    [InlineData("quint4x2")]
    [InlineData("bits1x8")]
    [InlineData("uint16")]
    public void PyTorchs_names_are_known(string name) => DTypes.TryParse(name, out _).Should().BeTrue();
}
