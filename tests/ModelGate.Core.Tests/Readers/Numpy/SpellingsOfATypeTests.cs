using ModelGate.Artifacts;
using ModelGate.Readers.Numpy;

namespace ModelGate.Tests.Readers.Numpy;

/// <summary>What numpy.dtype makes of a spelling, recorded with NumPy 1.24: dtype.hasobject, and dtype.str of plain numbers.</summary>
public class SpellingsOfATypeTests
{
    [Theory]
    [InlineData("O")]
    [InlineData("|O")]
    [InlineData("<O")]
    [InlineData("=O8")]
    [InlineData("O8")]
    [InlineData("object")]
    [InlineData("object_")]
    [InlineData("f4,O")]
    [InlineData("f4, O")]
    [InlineData("(2,)O")]
    [InlineData("3O")]
    [InlineData("(2,3)f4,<O")]
    [InlineData("i4,object")]
    public void What_has_objects_is_known_to(string spelling) => NumpyDType.Of(new MetadataValue.Text(spelling)).Should().Match<NumpyDType>(t => t.HasObjects && t.Code == null);

    [Theory]
    [InlineData("<f4", "<f4")]
    [InlineData("f4", "<f4")]
    [InlineData("=f4", "<f4")]
    [InlineData(">f4", ">f4")]
    [InlineData("float32", "<f4")]
    [InlineData("float", "<f8")]
    [InlineData("half", "<f2")]
    [InlineData("d", "<f8")]
    [InlineData("?", "|b1")]
    [InlineData("|b1", "|b1")]
    [InlineData("int8", "|i1")]
    [InlineData("int64", "<i8")]
    [InlineData("complex128", "<c16")]
    [InlineData("S10", null)]
    [InlineData("<U6", null)]
    [InlineData("|V2", null)]
    [InlineData("<M8[ns]", null)]
    [InlineData("datetime64[25s]", null)]
    [InlineData("f4,f4", null)]
    [InlineData("(2,)f4", null)]
    [InlineData("2f4", null)]
    public void What_has_none_is_known_to(string spelling, string? code) => NumpyDType.Of(new MetadataValue.Text(spelling)).Should().Be(new NumpyDType(code, false));

    [Theory]
    [InlineData("")]
    [InlineData("Q9x")]
    [InlineData("\\x4f")]
    [InlineData("\u0150")]
    [InlineData("o")]
    [InlineData("f4;O")]
    [InlineData("(2,)")]
    [InlineData("(a,)f4")]
    [InlineData("f4)")]
    [InlineData("M8[O]x")]
    [InlineData("numpy.object_")]
    public void What_is_not_known_is_not_guessed(string spelling) => NumpyDType.Of(new MetadataValue.Text(spelling)).Should().BeNull();

    [Fact]
    public void Fields_are_parsed_by_their_types_and_not_by_their_names()
    {
        NumpyDType.Of(List(List(Text("Offset"), Text("<f4")), List(List(Text("title"), Text("O")), Text("<i8"), List(Number(2))))).Should().Be(new NumpyDType(null, false));
        NumpyDType.Of(List(List(Text("a"), Text("f4,O")))).Should().Be(new NumpyDType(null, true));
        NumpyDType.Of(List(List(Text("a"), List(List(Text("b"), Text("object")))))).Should().Be(new NumpyDType(null, true));
        NumpyDType.Of(List(List(Text("a"), Text("<f4")), List(Text("b"), Text("unheard")))).Should().BeNull();
        NumpyDType.Of(List(Text("O"), List(Number(2)))).Should().Be(new NumpyDType(null, true));
        NumpyDType.Of(List()).Should().BeNull();
    }

    private static MetadataValue.Text Text(string text) => new(text);

    private static MetadataValue.Integer Number(long number) => new(number);

    private static MetadataValue.List List(params MetadataValue[] items) => new(items);
}
