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
    [InlineData("()O")]
    [InlineData("O,")]
    [InlineData("2<O")]
    [InlineData("f4\n,O")]
    [InlineData("f4,( 2 , ) O")]
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
    [InlineData("f4,", "<f4")]
    [InlineData("()f4", "<f4")]
    [InlineData("1f4", "<f4")]
    [InlineData("<datetime64[s]", null)]
    [InlineData("f4,(2,3)i8 , <3i2", null)]
    [InlineData("f4 ,f4 ", null)]
    public void What_has_none_is_known_to(string spelling, string? code) => NumpyDType.Of(new MetadataValue.Text(spelling)).Should().Match<NumpyDType>(t => t.Code == code && !t.HasObjects && !t.IsSubArray);

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
    [InlineData("<float32")]
    [InlineData("=bool_")]
    [InlineData(">object")]
    [InlineData(" f4")]
    [InlineData("f4 ")]
    [InlineData(" f4,O")]
    [InlineData("f4,,O")]
    [InlineData(",O")]
    [InlineData("f4,2")]
    [InlineData("f4,object_")]
    [InlineData("f4,<2>O")]
    [InlineData("(2)f4")]
    [InlineData("(2 3)f4,O")]
    [InlineData("M8[]")]
    [InlineData("M8[O]")]
    [InlineData("O2")]
    [InlineData("c4")]
    public void What_is_not_known_is_not_guessed(string spelling) => NumpyDType.Of(new MetadataValue.Text(spelling)).Should().BeNull();

    [Theory]
    [InlineData("(2,)f4")]
    [InlineData("2f4")]
    [InlineData("0f4")]
    public void A_type_with_a_shape_is_known_for_one(string spelling)
        => NumpyDType.Of(new MetadataValue.Text(spelling)).Should().Match<NumpyDType>(t => t.IsSubArray && !t.HasObjects && t.Code == null);

    [Fact]
    public void Fields_are_parsed_by_their_types_and_not_by_their_names()
    {
        Of(Field(Text("Offset"), Text("<f4")), Field(Tuple(Text("title"), Text("O")), Text("<i8"), Tuple(Number(2)))).Should().Be(new NumpyDType(null, false));
        Of(Field(Text("a"), Text("f4,O"))).Should().Be(new NumpyDType(null, true));
        Of(Field(Text("a"), List(Field(Text("b"), Text("object"))))).Should().Be(new NumpyDType(null, true));
        Of(Field(Text("a"), Text("<f4")), Field(Text("b"), Text("unheard"))).Should().BeNull();
        Of(Field(Text("a"), Text("S"), Number(2))).Should().Be(new NumpyDType(null, false));
        Of(Field(Text(""), Text("V")), Field(Text(""), Tuple(Text("<f4"), Tuple(Number(2))))).Should().Be(new NumpyDType(null, false), "what is raw and has no name fills a gap");
        Of(Field(Text(""), Text("|V4")), Field(Text(""), Text("|V2")), Field(Text("a"), Text("O"))).Should().Be(new NumpyDType(null, true));
        NumpyDType.Of(Tuple(Text("O"), Tuple(Number(2)))).Should().Match<NumpyDType>(t => t.HasObjects && t.IsSubArray);
    }

    /// <summary>What numpy.lib.format.descr_to_dtype refuses.</summary>
    [Fact]
    public void What_is_no_list_of_fields_is_refused()
    {
        NumpyDType.Of(List()).Should().BeNull();
        Of(Field(Text("a"), Text("<f4")), Field(Text("a"), Text("<f4"))).Should().BeNull("a name is used once");
        Of(Field(Text("a"), Text("<f4")), Field(Tuple(Text("a"), Text("b")), Text("<f4"))).Should().BeNull("a title is used once");
        Of(Field(Text(""), Text("<f4")), Field(Text(""), Text("S5"))).Should().BeNull("only what is raw fills a gap");
        Of(Field(List(Text("title"), Text("a")), Text("<f4"))).Should().BeNull("a title and a name are a tuple");
        Of(Field(Text("a"), Text("S"), Tuple(Number(2)))).Should().BeNull("a length is a number");
        Of(Field(Text("a"), Text("f4"), Number(-1))).Should().BeNull("a size is not negative");
        NumpyDType.Of(Tuple(Field(Text("a"), Text("<f4")))).Should().BeNull("fields are a list");
        NumpyDType.Of(Tuple(Text("f4"), Text("O"))).Should().BeNull("a shape is made of numbers");
    }

    private static NumpyDType? Of(params MetadataValue[] fields) => NumpyDType.Of(List(fields));

    private static MetadataValue.List Field(params MetadataValue[] items) => Tuple(items);

    private static MetadataValue.List Tuple(params MetadataValue[] items) => new(items) { IsTuple = true };

    private static MetadataValue.Text Text(string text) => new(text);

    private static MetadataValue.Integer Number(long number) => new(number);

    private static MetadataValue.List List(params MetadataValue[] items) => new(items);
}
