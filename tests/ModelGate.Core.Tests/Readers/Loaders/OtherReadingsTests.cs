using System.Buffers.Binary;
using System.Formats.Tar;
using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Tar;
using ModelGate.Tests.Readers.Pickle;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Readers.Loaders;

/// <summary>Files that one loader reads as this and another one as that. torch.load goes by content: a zip archive, else a tar archive, else a pickle.</summary>
public class OtherReadingsTests
{
    private static readonly byte[] Payload = PickleWriter.Protocol(2).Global("os", "getcwd").Ascii(")R").Stop();

    [Theory]
    [InlineData("torch2/weights_legacy.pth")]
    [InlineData("torch1/state_dict_legacy.pth")]
    public void A_legacy_checkpoint_that_is_also_a_tar_archive_without_magic_is_refused(string fixture)
        => Fixture.Refusal(TarBlock.Over(Fixture.Bytes(fixture), 0)).Reason.Should().Be(FaultReason.OtherReading);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_safetensors_file_that_is_also_a_tar_archive_is_refused_with_what_its_member_would_run(bool signed)
    {
        var file = Safetensors(new string('a', 1024), new byte[2048]);
        Payload.CopyTo(file, 512);
        file[20] = 0xC3;
        file[21] = 0xA4;

        var refused = Fixture.Refusal(TarBlock.Over(file, Payload.Length, signed));

        refused.Reason.Should().Be(FaultReason.DangerousGlobal);
        refused.Damage!.Reason.Should().Be(FaultReason.OtherReading);
        refused.Globals.Should().ContainSingle(g => g.Name == "os.getcwd");
    }

    [Theory]
    [InlineData("GGUF")]
    [InlineData("\u0093NUMPY")]
    [InlineData("\u0008\u0007\u003A")]
    public void A_tar_header_is_seen_whatever_the_first_bytes_promise(string magic)
    {
        var file = new byte[4096];
        Encoding.Latin1.GetBytes(magic).CopyTo(file, 0);

        Fixture.Refusal(TarBlock.Over(file, 0)).Reason.Should().Be(FaultReason.OtherReading);
    }

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    public void A_tar_header_of_every_variant_is_one(object format)
    {
        var archive = TarBlock.Archive((TarEntryFormat)format, "storages", [1, 2, 3]);

        TarHeader.Read(archive).Should().Be(new TarHeader("storages", 3));
        archive[0] ^= 1;
        TarHeader.Read(archive).Should().BeNull();
    }

    [Fact]
    public void A_zip_archive_behind_a_safetensors_file_or_in_its_last_tensor_is_refused()
    {
        var zip = LyingZip.Checkpoint(Payload).ToArray();

        Fixture.Refusal(Safetensors("", zip)).Reason.Should().Be(FaultReason.OtherReading);
        Fixture.Refusal([.. Safetensors("", new byte[16]), .. zip]).Reason.Should().Be(FaultReason.OtherReading);
        Fixture.Refusal([.. Safetensors("", new byte[16]), .. zip, .. new byte[1000]]).Reason.Should().Be(FaultReason.OtherReading);
    }

    [Fact]
    public void The_mark_of_an_end_record_alone_is_not_an_archive()
    {
        var data = new byte[256];
        "PK\x05\x06"u8.CopyTo(data.AsSpan(100));

        Fixture.Read(Safetensors("", data)).Format.Should().Be("safetensors");
    }

    [Fact]
    public void A_header_length_that_begins_a_chain_of_opcodes_is_followed_to_its_end()
    {
        // 0x4043 bytes of header: C takes 0x40 bytes as a constant, and a binary text over the rest of the header leads into the tensor.
        var file = Chain(headerLength: 0x4043);

        var refused = Fixture.Refusal(file);

        refused.Damage!.Reason.Should().Be(FaultReason.OtherReading);
        refused.Globals.Should().ContainSingle(g => g.Name == "os.getcwd");
    }

    [Theory]
    [InlineData("I0\0x\n", true)]
    [InlineData("F1\0x\n", true)]
    [InlineData("Vx\n", true)]
    [InlineData("P1\n", false)]
    [InlineData("\0", false)]
    public void A_chain_goes_on_wherever_some_unpickler_goes_on(string first, bool goesOn)
    {
        // C's parser takes the number in a line up to a NUL, and leaves the rest of the line alone.
        byte[] bytes = [.. Encoding.Latin1.GetBytes(first), .. Payload];

        PickleSkim.ReachesImport(new MemoryByteSource(bytes), 0, new ReadBudget(ReadLimits.Default)).Should().Be(goesOn);
    }

    [Theory]
    [InlineData("R")]
    [InlineData("(R")]
    [InlineData("]a")]
    [InlineData("N\u0081")]
    [InlineData("NNs")]
    [InlineData("t")]
    [InlineData("]e")]
    [InlineData("(e")]
    [InlineData("h\0")]
    [InlineData("q\0")]
    [InlineData("\u0097")]
    public void A_chain_ends_where_an_opcode_takes_what_no_unpickler_has(string first)
    {
        // pickle.loads of each, followed by a pickle, raises IndexError, KeyError, UnpicklingError or TypeError in Python 3.11 and in its C module.
        byte[] bytes = [.. Encoding.Latin1.GetBytes(first), .. Payload];

        PickleSkim.ReachesImport(new MemoryByteSource(bytes), 0, new ReadBudget(ReadLimits.Default)).Should().BeFalse();
    }

    [Theory]
    [InlineData("NN0")]
    [InlineData("(0")]
    [InlineData("(NNt")]
    [InlineData("](Ne")]
    [InlineData("]Na")]
    [InlineData("}NNs")]
    [InlineData("Nq\0h\0")]
    [InlineData("((((1")]
    [InlineData("](a")]
    public void A_chain_goes_on_where_the_stack_has_what_an_opcode_takes(string first)
    {
        // All but the last reach the import in Python 3.11; Python 2 has the mark of the last one on its stack.
        byte[] bytes = [.. Encoding.Latin1.GetBytes(first), .. Payload];

        PickleSkim.ReachesImport(new MemoryByteSource(bytes), 0, new ReadBudget(ReadLimits.Default)).Should().BeTrue();
    }

    [Fact]
    public void Recordings_and_weights_of_every_content_are_what_they_are()
    {
        // The sizes that a WAV states, the counts of a GGUF and the length of a safetensors header are the bytes that follow the first ones.
        var random = new Random(7);
        var alarms = new List<string>();
        for (var n = 0; n < 20_000; n++)
        {
            var noise = new byte[256 + random.Next(1024)];
            random.NextBytes(noise);
            byte[] wave = [.. "RIFF"u8, .. BitConverter.GetBytes(36 + noise.Length), .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, .. BitConverter.GetBytes(8000 + random.Next(88_000)), .. noise];
            byte[] gguf = [.. "GGUF"u8, 3, 0, 0, 0, .. BitConverter.GetBytes((long)random.Next(70_000)), .. BitConverter.GetBytes((long)random.Next(200)), .. noise];
            var safetensors = Safetensors(new string('a', random.Next(70_000)), noise);
            foreach (var (name, bytes) in new[] { ("wave", wave), ("gguf", gguf), ("safetensors", safetensors) })
            {
                if (PickleSkim.ReachesImport(new MemoryByteSource(bytes), 0, new ReadBudget(ReadLimits.Default)))
                {
                    alarms.Add($"{name} {Convert.ToHexString(bytes.AsSpan(0, 48))}");
                }
            }
        }

        alarms.Should().BeEmpty();
    }

    [Fact]
    public void A_pickle_behind_an_array_is_refused_and_a_second_array_is_not()
    {
        var array = Fixture.Bytes(Directory.GetFiles(Fixture.PathOf("numpy"), "*.npy").Select(f => "numpy/" + Path.GetFileName(f)).Order(StringComparer.Ordinal).First(IsPlain));

        Fixture.Refusal([.. array, .. Payload]).Damage!.Reason.Should().Be(FaultReason.OtherReading);
        Fixture.Read([.. array, .. array]).Format.Should().Be("numpy");
    }

    private static bool IsPlain(string fixture)
    {
        try
        {
            return Fixture.Read(Fixture.Bytes(fixture)).Warnings.Count == 0;
        }
        catch (ArtifactFault)
        {
            return false;
        }
    }

    private static byte[] Safetensors(string note, byte[] data)
    {
        var header = Encoding.UTF8.GetBytes($$$"""{"__metadata__":{"a":"{{{note}}}"},"w":{"dtype":"U8","shape":[{{{data.Length}}}],"data_offsets":[0,{{{data.Length}}}]}}""");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. data];
    }

    private static byte[] Chain(int headerLength)
    {
        var head = """{"__metadata__":{"a":"aaaaa""";
        var tail = $$$""" "},"w":{"dtype":"U8","shape":[{{{Payload.Length}}}],"data_offsets":[0,{{{Payload.Length}}}]}}""";
        var text = new StringBuilder(head).Append('a', 66 - 8 - head.Length);

        // V takes everything up to a line feed, which JSON allows between tokens.
        text.Append('V').Append('a', headerLength - text.Length - tail.Length).Append(tail[1..]).Append('\n');
        var bytes = Encoding.ASCII.GetBytes(text.ToString());
        bytes.Length.Should().Be(headerLength);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, headerLength);
        return [.. length, .. bytes, .. Payload];
    }
}
