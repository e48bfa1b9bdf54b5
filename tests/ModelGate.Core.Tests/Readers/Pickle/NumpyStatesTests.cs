using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Pickle.Globals;

namespace ModelGate.Tests.Readers.Pickle;

/// <summary>The states that NumPy 1.24 takes and refuses for its types and arrays, each tried on <c>__setstate__</c> itself.</summary>
public sealed class NumpyStatesTests
{
    private static readonly byte[] EightBytes = [0x43, 8, 0, 0, 0, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData("f8", "K\u0003X\u0001\0\0\0<NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FFK\0")]
    [InlineData("f8", "K\u0003X\u0001\0\0\0<NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FF")]
    [InlineData("M8", "K\u0004X\u0001\0\0\0<NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FFK\0}(U\u0001sK\u0001K\u0001K\u0001t\u0086")]
    [InlineData("f8", "\u0088X\u0001\0\0\0<NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FFK\0")]
    [InlineData("f8", "K\u0004X\u0001\0\0\0|NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FFK\0}")]
    [InlineData("U2", "K\u0003X\u0001\0\0\0<NNNK\u0008K\u0004K\u0008")]
    [InlineData("V8", "K\u0003X\u0001\0\0\0|NNNK\u0008K\u0001K\0")]
    public void The_state_of_a_type_is_taken_where_numpy_takes_it(string code, string state) => Type(code, state).Should().BeNull();

    [Theory]
    [InlineData("f8", "K\u0005X\u0001\0\0\0<NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FFK\0")] // can't handle version 5 of numpy.dtype pickle
    [InlineData("f8", "J\u00FF\u00FF\u00FF\u00FFX\u0001\0\0\0<NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FFK\0")] // version -1
    [InlineData("f8", "K\u0003X\u0001\0\0\0<NNNNJ\u00FF\u00FF\u00FF\u00FFK\0")] // 'NoneType' object cannot be interpreted as an integer
    [InlineData("f8", "K\u0003X\u0001\0\0\0<NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FF\u008A\u0005\0\0\0\0\u0001")] // signed integer is greater than maximum
    [InlineData("f8", "K\u0003X\u0001\0\0\0<NNNJ\u00FF\u00FF\u00FF\u00FF")] // six items
    [InlineData("f8", "K\u0003X\u0001\0\0\0<NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FFK?")] // flags 63: NumPy takes the elements for pointers to objects
    [InlineData("U2", "K\u0003X\u0001\0\0\0<NNNJ\u00FF\u00FF\u00FF\u00FFJ\u00FF\u00FF\u00FF\u00FFK\0")] // <U0 with an item size of -1
    [InlineData("U2", "K\u0003X\u0001\0\0\0<NNNK\u0010K\u0004K\u0008")] // becomes <U4, whatever the code says
    public void The_state_of_a_type_is_refused_where_numpy_refuses_it_or_makes_another_type_of_it(string code, string state)
        => Type(code, state)!.Reason.Should().Be(FaultReason.BadArguments);

    [Theory]
    [InlineData("f3")]
    [InlineData("c4")]
    [InlineData("b2")]
    [InlineData("i16")]
    [InlineData("M4")]
    [InlineData("d8")]
    public void A_code_that_numpy_does_not_understand_is_refused(string code) => Type(code, null)!.Reason.Should().Be(FaultReason.BadArguments);

    [Theory]
    [InlineData("K\u0001", "K\u0002\u0085", "\u0089")]
    [InlineData("K\0", "K\u0002\u0085", "\u0089")]
    [InlineData("\u0088", "K\u0002\u0085", "K\u0002")]
    public void The_state_of_an_array_is_taken_where_numpy_takes_it(string version, string shape, string fortran)
        => Array(version, shape, fortran, EightBytes).Should().BeNull();

    [Theory]
    [InlineData("K\u0002", "K\u0002\u0085", "\u0089")] // can't handle version 2 of numpy.ndarray pickle
    [InlineData("J\u00FF\u00FF\u00FF\u00FF", "K\u0002\u0085", "\u0089")]
    [InlineData("N", "K\u0002\u0085", "\u0089")]
    [InlineData("K\u0001", "]K\u0002a", "\u0089")] // a list for a shape
    [InlineData("K\u0001", "K\u0002\u0085", "N")]
    [InlineData("K\u0001", "K\u0002\u0085", "\u008A\u0006\0\0\0\0\0\u0001")]
    [InlineData("K\u0001", "K\u0001\u0085", "\u0089")] // buffer size does not match array size
    public void The_state_of_an_array_is_refused_where_numpy_refuses_it(string version, string shape, string fortran)
        => Array(version, shape, fortran, EightBytes)!.Reason.Should().Be(FaultReason.BadArguments);

    [Fact]
    public void Elements_written_as_text_are_latin_1_as_numpy_reads_them()
    {
        // 'é' and seven zeros: eight bytes in Latin-1, nine in UTF-8.
        Array("K\u0001", "K\u0002\u0085", "\u0089", new PickleWriter().Text("é\0\0\0\0\0\0\0").ToArray()).Should().BeNull();
        Array("K\u0001", "K\u0002\u0085", "\u0089", new PickleWriter().Text("é\0\0\0\0\0\0").ToArray())!.Reason.Should().Be(FaultReason.BadArguments);
        Array("K\u0001", "K\u0002\u0085", "\u0089", new PickleWriter().Text("Ā\0\0\0\0\0\0").ToArray())!.Reason.Should().Be(FaultReason.BadArguments);
    }

    private static ArtifactFault? Type(string code, string? state)
        => Refusal(Made(PickleWriter.Protocol(2), code, state).Stop());

    private static ArtifactFault? Array(string version, string shape, string fortran, byte[] content)
    {
        var pickle = PickleWriter.Protocol(2).Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Int(0).Raw(0x85).Raw(0x43, 1, (byte)'b').Raw(0x87).Ascii("R(")
            .Ascii(version).Ascii(shape);
        return Refusal(Made(pickle, "f4", null).Ascii(fortran).Raw(content).Ascii("tb").Stop());
    }

    private static PickleWriter Made(PickleWriter pickle, string code, string? state)
    {
        pickle.Global("numpy", "dtype").Text(code).Raw(0x89, 0x88, 0x87).Ascii("R");
        return state is null ? pickle : pickle.Ascii("(").Ascii(state).Ascii("tb");
    }

    private static ArtifactFault? Refusal(byte[] pickle)
    {
        try
        {
            new PickleMachine(new PickleInput(new MemoryByteSource(pickle), 0, pickle.Length), new ReadBudget(ReadLimits.Default), new GlobalLog()).Run();
            return null;
        }
        catch (ArtifactFault fault)
        {
            return fault;
        }
    }
}
