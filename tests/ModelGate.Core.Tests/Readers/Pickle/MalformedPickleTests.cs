using System.Diagnostics;
using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Tests.Readers.Pickle;

public class MalformedPickleTests
{
    public static TheoryData<string, byte[]> Refusals => new()
    {
        { "truncated", PickleWriter.Protocol(2).Ascii("N").ToArray() },
        { "unbalanced-stack", PickleWriter.Protocol(2).Stop() },
        { "unbalanced-stack", PickleWriter.Protocol(2).Ascii("NN").Stop() },
        { "unbalanced-stack", PickleWriter.Protocol(2).Ascii("N(").Stop() },
        { "bad-opcode", PickleWriter.Protocol(2).Raw(0xFF).Stop() },
        { "bad-protocol", new PickleWriter().Raw(0x80, 6).Ascii("N").Stop() },
        { "bad-protocol", new PickleWriter().Raw(0x80, 255).Ascii("N").Stop() },
        { "stack-underflow", PickleWriter.Protocol(2).Ascii("t").Stop() },
        { "stack-underflow", PickleWriter.Protocol(2).Ascii("1").Stop() },
        { "stack-underflow", PickleWriter.Protocol(2).Ascii("N(0a").Stop() },
        { "stack-underflow", PickleWriter.Protocol(2).Ascii("]N(a").Stop() },
        { "bad-memo", PickleWriter.Protocol(2).Ascii("h").Raw(7).Stop() },
        { "bad-memo", PickleWriter.Protocol(0).Ascii("g99999999999999999999\n").Stop() },
        { "bad-memo", PickleWriter.Protocol(0).Ascii("g-1\n").Stop() },
        { "bad-memo", PickleWriter.Protocol(0).Ascii("g0x1\n").Stop() },
        { "bad-memo", PickleWriter.Protocol(0).Ascii("Np1\ng 1\n").Stop() },
        { "unhashable-key", PickleWriter.Protocol(2).Ascii("}]Ns").Stop() },
        { "unhashable-key", PickleWriter.Protocol(2).Ascii("}}Ns").Stop() },
        { "unhashable-key", PickleWriter.Protocol(2).Ascii("}]").Raw(0x85).Ascii("Ns").Stop() },
        { "bad-length", PickleWriter.Protocol(2).Raw(0x8B, 0xFF, 0xFF, 0xFF, 0xFF).Stop() },
        { "limit", PickleWriter.Protocol(2).Raw(0x8B, 0xFF, 0xFF, 0xFF, 0x7F).Stop() },
        { "bad-length", PickleWriter.Protocol(2).Ascii("T").Raw(0xFF, 0xFF, 0xFF, 0xFF).Stop() },
        { "truncated", PickleWriter.Protocol(2).Ascii("X").Raw(0xFF, 0xFF, 0xFF, 0xFF).Stop() },
        { "bad-length", PickleWriter.Protocol(4).Raw(0x8D, 0, 0, 0, 0, 0, 0, 0, 0x80).Stop() },
        { "bad-length", PickleWriter.Protocol(4).Raw(0x8E, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF).Stop() },
        { "truncated", PickleWriter.Protocol(5).Raw(0x96, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F).Stop() },
        { "number-too-long", PickleWriter.Protocol(0).Ascii("L" + new string('9', 20_000) + "L\n").Stop() },
        { "limit", PickleWriter.Protocol(0).Ascii("L" + new string('9', 1_000_000) + "L\n").Stop() },
        { "bad-number", PickleWriter.Protocol(0).Ascii("I 5\n").Stop() },
        { "bad-number", PickleWriter.Protocol(0).Ascii("I0x10\n").Stop() },
        { "bad-number", PickleWriter.Protocol(0).Ascii("I1_000\n").Stop() },
        { "bad-number", PickleWriter.Protocol(0).Ascii("L0x10L\n").Stop() },
        { "bad-number", PickleWriter.Protocol(0).Ascii("F1_0\n").Stop() },
        { "bad-number", PickleWriter.Protocol(0).Ascii("F1,5\n").Stop() },
        { "bad-string", PickleWriter.Protocol(0).Ascii("S'x\n").Stop() },
        { "bad-string", PickleWriter.Protocol(0).Ascii("S'\\xZZ'\n").Stop() },
        { "truncated", PickleWriter.Protocol(0).Ascii("S'x'").ToArray() },
        { "limit", PickleWriter.Protocol(0).Ascii("S'" + new string('x', 10_000_000) + "'\n").Stop() },
        { "bad-name", PickleWriter.Protocol(0).Ascii("cfoo bar\nbaz\n").Stop() },
        { "bad-name", PickleWriter.Protocol(0).Ascii("cfoo\r\nbaz\r\n").Stop() },
        { "bad-name", PickleWriter.Protocol(0).Ascii("c\n\n").Stop() },
        { "bad-name", PickleWriter.Protocol(0).Ascii("cfoo\nb\u00e4z\n").Stop() },
        { "bad-name", PickleWriter.Protocol(0).Ascii("cfoo\n" + new string('x', 1000) + "\n").Stop() },
        { "frame", PickleWriter.Protocol(4).Raw(0x95, 9, 0, 0, 0, 0, 0, 0, 0).Ascii("N").Stop() },
        { "frame", PickleWriter.Protocol(4).Raw(0x95, 3, 0, 0, 0, 0, 0, 0, 0).Int(1).Stop() },
        { "frame", PickleWriter.Protocol(4).Raw(0x95, 20, 0, 0, 0, 0, 0, 0, 0).Raw(0x95, 4, 0, 0, 0, 0, 0, 0, 0).Ascii("N0N0N0N0N0N").Stop() },
        { "frame", PickleWriter.Protocol(4).Raw(0x95, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF).Ascii("N").Stop() },
        { "frame", PickleWriter.Protocol(4).Raw(0x95, 0, 0, 0, 0, 0, 0, 0, 0).Ascii("N").Stop() },
    };

    /// <summary>torch.load raises a UnicodeDecodeError, and loads the file with encoding="latin1".</summary>
    [Theory]
    [InlineData("U\u0001\u00FF")]
    [InlineData("T\u0001\0\0\0\u00FF")]
    [InlineData("S'\\xff'\n")]
    public void A_text_of_python_2_that_is_not_utf_8_is_bytes_and_noted_once(string text)
    {
        var pickle = PickleWriter.Protocol(2).Ascii(text).Ascii(text).Raw(0x86).Stop();
        var machine = new PickleMachine(new PickleInput(new MemoryByteSource(pickle), 0, pickle.Length), new ReadBudget(ReadLimits.Default), new GlobalLog());

        machine.Run().Should().BeOfType<PickleTuple>().Which.Items.Should().AllBeOfType<PickleBytes>();

        machine.Warnings.Should().ContainSingle().Which.Value.Should().Contain("encoding=\"latin1\"");
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_is_refused_by_its_reason(string reason, byte[] pickle) => Fault(pickle).Should().Be(reason);

    [Theory]
    [InlineData("I01\n", "bool")]
    [InlineData("I00\n", "bool")]
    [InlineData("I-5\n", "int")]
    [InlineData("L123456789012345678901234567890L\n", "int")]
    [InlineData("Fnan\n", "float")]
    [InlineData("F1e999999\n", "float")]
    [InlineData("S'a\\x41\\101\\n'\n", "str")]
    public void Text_opcodes_are_read_as_Python_writes_them(string opcodes, string kind) => Run(new PickleWriter().Ascii(opcodes).Stop()).Kind.Should().Be(kind);

    [Fact]
    public void A_lone_surrogate_is_kept_as_Python_keeps_it_and_a_stray_byte_is_refused_as_Python_refuses_it()
    {
        var surrogate = (PickleText)Run(PickleWriter.Protocol(2).Ascii("X").Raw(3, 0, 0, 0, 0xED, 0xA0, 0x80).Stop());
        var stray = () => Run(PickleWriter.Protocol(2).Ascii("X").Raw(3, 0, 0, 0, (byte)'a', 0xFF, 0).Stop());

        surrogate.Value.Should().Be("\uD800");
        stray.Should().Throw<ArtifactFault>().Which.Reason.Should().Be(FaultReason.Utf8);
    }

    [Fact]
    public void A_sparse_memo_number_costs_nothing()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Run(PickleWriter.Protocol(2).Ascii("Nr").Raw(0xFF, 0xFF, 0xFF, 0xFF).Stop());

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void Ten_million_memo_entries_are_too_many()
    {
        var bytes = new byte[10_000_004];
        Array.Fill(bytes, (byte)0x94);
        (bytes[0], bytes[1], bytes[2], bytes[^1]) = (0x80, 4, (byte)'N', (byte)'.');

        Fault(bytes).Should().Be("limit");
    }

    [Fact]
    public void Shared_lists_are_counted_once_however_often_they_are_named()
    {
        var pickle = PickleWriter.Protocol(2).Ascii("]q").Raw(0);
        for (byte layer = 1; layer < 40; layer++)
        {
            pickle.Ascii("](");
            for (var i = 0; i < 10; i++)
            {
                pickle.Ascii("h").Raw((byte)(layer - 1));
            }

            pickle.Ascii("eq").Raw(layer);
        }

        var watch = Stopwatch.StartNew();
        var bytes = Zip.LyingZip.Checkpoint(pickle.Ascii("2").Raw(0x86).Ascii("0h").Raw(39).Stop()).ToArray();
        Attempt(bytes);

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "as a tree it would take years");
    }

    [Fact]
    public void A_list_that_contains_itself_ends()
    {
        var cycle = PickleWriter.Protocol(2).Ascii("]q").Raw(0).Ascii("h").Raw(0).Ascii("a").Stop();

        Attempt(Zip.LyingZip.Checkpoint(cycle).ToArray());
        Run(cycle).Kind.Should().Be("list");
    }

    [Theory]
    [InlineData("]", "a")]
    [InlineData("(", "t")]
    [InlineData("}N", "s")]
    public void A_million_nested_containers_are_refused_without_recursion(string open, string close)
    {
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(open, 1_000_000)) + (open == "(" ? "" : "N") + string.Concat(Enumerable.Repeat(close, 1_000_000)) + ".");

        Fault(bytes).Should().BeOneOf("limit");
    }

    [Fact]
    public void Deep_keys_are_refused_without_recursion()
    {
        var bytes = PickleWriter.Protocol(2).Ascii("}N").Raw([.. Enumerable.Repeat((byte)0x85, 100_000)]).Ascii("Ns").Stop();

        Fault(bytes).Should().Be("limit");
    }

    [Fact]
    public void The_last_value_of_a_key_counts()
    {
        var dict = (PickleDict)Run(PickleWriter.Protocol(2).Ascii("}").Text("a").Int(1).Ascii("s").Text("a").Int(2).Ascii("s").Stop());

        dict.HasDuplicates.Should().BeTrue();
        ((PickleInt)dict.Find("a")!).Value.Should().Be(2);
    }

    [Fact]
    public void Frames_with_bytes_outside_are_what_Python_writes()
        => Run(PickleWriter.Protocol(4).Raw(0x95, 4, 0, 0, 0, 0, 0, 0, 0).Raw(0x5D, 0x94).Ascii("N0").Ascii("B").Raw(1, 0, 0, 0, 7).Raw(0x95, 2, 0, 0, 0, 0, 0, 0, 0).Ascii("a").Stop())
            .Kind.Should().Be("list");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void Bytes_that_are_nothing_are_refused(int length)
    {
        var random = new byte[length];
        new Random(7).NextBytes(random);

        foreach (var bytes in (byte[][])[random, [0x80], new byte[length], [.. Enumerable.Repeat((byte)0xFF, length)]])
        {
            Fixture.Refusal(bytes).Reason.Code.Should().MatchRegex("^[a-z-]+$");
        }
    }

    private static void Attempt(byte[] bytes)
    {
        try
        {
            Fixture.Read(bytes);
        }
        catch (ArtifactFault)
        {
            // Refusing it is as good as reading it.
        }
    }

    private static PickleValue Run(byte[] pickle)
        => new PickleMachine(new PickleInput(new MemoryByteSource(pickle), 0, pickle.Length), new ReadBudget(ReadLimits.Default), new GlobalLog()).Run();

    private static string Fault(byte[] pickle)
    {
        var running = () => Run(pickle);
        return running.Should().Throw<ArtifactFault>().Which.Reason.Code;
    }
}
