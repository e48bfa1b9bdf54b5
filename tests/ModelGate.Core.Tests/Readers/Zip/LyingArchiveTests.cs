using System.Text;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Tests.Readers.Pickle;

namespace ModelGate.Tests.Readers.Zip;

public class LyingArchiveTests
{
    private static readonly byte[] Pickle = PickleWriter.Protocol(2).Ascii("}").Text("w").Tensor("0", 4, 0, [2, 2], [2, 1]).Ascii("s").Stop();

    public static TheoryData<string, byte[]> Refusals => new()
    {
        { "missing-record", new LyingZip().Add("archive/version", "3\n"u8.ToArray()).ToArray() },
        { "duplicate-entry", Sound().Add("archive/data.pkl", Pickle).ToArray() },
        { "duplicate-entry", Sound().Add("archive/DATA.PKL", Pickle).ToArray() },
        { "several-roots", Sound().Add("other/data.pkl", Pickle).ToArray() },
        { "header-mismatch", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.LocalName = "archive/data.txt").ToArray() },
        { "unsupported-flag", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Flags = 1).ToArray() },
        { "unsupported-flag", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Flags = 0x20).ToArray() },
        { "unsupported-flag", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Flags = 0x40).ToArray() },
        { "unsupported-flag", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Flags = 0x2000).ToArray() },
        { "unsupported-flag", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.LocalFlags = 1).ToArray() },
        { "crc", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Crc = 1).ToArray() },
        { "method", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Method = 9).ToArray() },
        { "method", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Method = 12).ToArray() },
        { "method", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Method = 93).ToArray() },
        { "method", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Method = 99).ToArray() },
        { "header-mismatch", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.LocalMethod = 8).ToArray() },
        { "header-mismatch", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.LocalSize = 1).ToArray() },
        { "size-mismatch", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Size = 1).ToArray() },
        { "size-mismatch", LyingZip.Checkpoint(Pickle, lieOfPickle: e => (e.Deflate, e.Size) = (true, (uint)Pickle.Length - 1)).ToArray() },
        { "size-mismatch", LyingZip.Checkpoint(Pickle, lieOfPickle: e => (e.Deflate, e.Size) = (true, (uint)Pickle.Length + 1)).ToArray() },
        { "size-mismatch", LyingZip.Checkpoint(Pickle, lieOfPickle: e => (e.Deflate, e.Size) = (true, 0)).ToArray() },
        { "deflate", LyingZip.Checkpoint([0xFF, .. Pickle], lieOfPickle: e => e.Method = 8).ToArray() },
        { "limit", LyingZip.Checkpoint([.. Pickle, .. new byte[4 << 20]], lieOfPickle: e => e.Deflate = true).ToArray() },
        { "offset", LyingZip.Checkpoint(Pickle, lieOfStorage: e => e.Offset = 0x7FFFFFFF).ToArray() },
        { "offset", LyingZip.Checkpoint(Pickle, lieOfStorage: e => (e.Size, e.CompressedSize) = (1 << 20, 1 << 20)).ToArray() },
        { "header-mismatch", LyingZip.Checkpoint(Pickle, lieOfStorage: e => e.Offset = 4).ToArray() },
        { "header-mismatch", LyingZip.Checkpoint(Pickle, lieOfStorage: e => e.Offset = 0).ToArray() },
        { "overlapping-entries", LyingZip.Checkpoint(Pickle, lieOfPickle: e => (e.Size, e.CompressedSize) = ((uint)Pickle.Length + 40, (uint)Pickle.Length + 40)).ToArray() },
        { "hidden-bytes", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Behind = "something"u8.ToArray()).ToArray() },
        { "ambiguous-eocd", With(z => z.Comment = new LyingZip().Add("a/b", []).ToArray()).ToArray() },
        { "ambiguous-eocd", With(z => z.CommentLength = 400).ToArray() },
        { "ambiguous-eocd", With(z => z.Count = 0xFFFF).ToArray() },
        { "ambiguous-eocd", With(z => z.Disk = 1).ToArray() },
        { "ambiguous-eocd", With(z => z.Disk = 0xFFFF).ToArray() },
        { "ambiguous-eocd", LyingZip.Checkpoint(Pickle, lieOfStorage: e => e.Disk = 0xFFFF).ToArray() },
        { "hidden-bytes", LyingZip.Checkpoint(Pickle, lieOfPickle: e => (e.Deflate, e.BehindDeflated) = (true, [0])).ToArray() },
        { "hidden-bytes", LyingZip.Checkpoint(Pickle, lieOfPickle: e => (e.Deflate, e.BehindDeflated) = (true, new byte[100_000])).ToArray() },
        { "other-reading", Sound().Add("archive/archive_format", "pt2"u8.ToArray()).ToArray() },
        { "other-reading", Sound().Add("archive/models/x", "{}"u8.ToArray()).ToArray() },
        { "other-reading", Sound().Add("archive/serialized_exported_program.json", "{}"u8.ToArray()).ToArray() },
        { "other-reading", Sound().Add("archive/weights.npy", "{}"u8.ToArray()).ToArray() },
        { "central-directory", With(z => z.Count = 4).ToArray() },
        { "central-directory", With(z => z.Count = 2).ToArray() },
        { "polyglot", With(z => z.Comment = "hello"u8.ToArray()).ToArray() },
        { "polyglot", With(z => z.Suffix = "hello"u8.ToArray()).ToArray() },
        { "polyglot", With(z => z.BetweenDirectoryAndEnd = "hello"u8.ToArray()).ToArray() },
        { "zip64", LyingZip.Checkpoint(Pickle, lieOfStorage: e => (e.Size, e.CompressedSize) = (uint.MaxValue, uint.MaxValue)).ToArray() },
        { "zip64", LyingZip.Checkpoint(Pickle, lieOfStorage: e => (e.Size, e.Extra) = (uint.MaxValue, [1, 0, 4, 0, 0, 0, 0, 0])).ToArray() },
        { "special-entry", LyingZip.Checkpoint(Pickle, lieOfStorage: e => e.Attributes = 0xA1FF0000).ToArray() },
        { "special-entry", LyingZip.Checkpoint(Pickle, lieOfStorage: e => (e.Attributes, e.MadeBy) = (0xA1FF0000, 0)).ToArray() },

        // miniz, and with it PyTorch, reads no bytes of what bit 4 calls a folder: torch.load returns a tensor of uninitialised memory.
        { "special-entry", LyingZip.Checkpoint(Pickle, lieOfStorage: e => (e.Attributes, e.MadeBy) = (0x10, 0)).ToArray() },
        { "special-entry", LyingZip.Checkpoint(Pickle, lieOfPickle: e => e.Attributes = 0x81A40010).ToArray() },
        { "truncated", "PK\x03\x04"u8.ToArray() },
        { "missing-record", new LyingZip().Add("archive/data.pkl", Pickle).Add("archive/data/0", new byte[16]).ToArray() },
        { "version", Versioned("abc") },
        { "version", Versioned("0") },
        { "version", Versioned("11") },
        { "version", Versioned("99999999999999999999999") },
        { "version", Versioned(new string('1', 10_000_000)) },
        { "byteorder", Sound().Add("archive/byteorder", "little\n"u8.ToArray()).ToArray() },
        { "byteorder", Sound().Add("archive/byteorder", "LITTLE"u8.ToArray()).ToArray() },
        { "byteorder", Sound().Add("archive/byteorder", "middle"u8.ToArray()).ToArray() },
        { "contains-code", Sound().Add("archive/.data/extern_modules", "os"u8.ToArray()).ToArray() },
        { "contains-code", new LyingZip().Add("MAR-INF/MANIFEST.json", "{}"u8.ToArray()).Add("model.pth", [1]).ToArray() },
        { "unsupported-format", new LyingZip().Add("a.txt", [1]).ToArray() },
        { "trailing-bytes", LyingZip.Checkpoint([.. Pickle, .. Pickle]).ToArray() },
        { "trailing-bytes", LyingZip.Checkpoint([.. Pickle, 0]).ToArray() },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void An_archive_that_lies_is_refused_by_its_reason(string reason, byte[] bytes) => Fixture.Refusal(bytes).Reason.Code.Should().Be(reason);

    [Theory]
    [InlineData("archive/../../x")]
    [InlineData("/abs")]
    [InlineData("archive/C:\\x")]
    [InlineData("archive/..\\x")]
    [InlineData("archive/a/../../b")]
    [InlineData("archive/a\0b")]
    [InlineData("archive/trailing.")]
    [InlineData("archive/trailing ")]
    [InlineData("archive/CON")]
    [InlineData("archive/nul.txt")]
    [InlineData("archive/COM1")]
    [InlineData("archive/e\u0301")]
    [InlineData("archive/\u202Eevil")]
    [InlineData("archive/folder/")]
    [InlineData("archive/data/0/")]
    public void A_name_that_means_something_else_elsewhere_is_refused(string name) => Fixture.Refusal(Sound().Add(name, []).ToArray()).Reason.Code.Should().Be("bad-entry-name");

    [Fact]
    public void Names_too_long_for_a_path_are_refused() => Fixture.Refusal(Sound().Add("archive/" + new string('x', 300), []).ToArray()).Reason.Code.Should().Be("bad-entry-name");

    [Fact]
    public void Bytes_before_the_archive_are_refused()
    {
        var bytes = With(z => z.Prefix = "PK\x03\x04hello"u8.ToArray()).ToArray();

        Fixture.Refusal(bytes).Reason.Code.Should().Be("polyglot");
    }

    [Fact]
    public void A_pickle_in_front_of_an_archive_is_read_as_the_pickle_that_it_is()
        => Fixture.Refusal(With(z => z.Prefix = PickleWriter.Protocol(2).Global("os", "system").Stop()).ToArray()).Reason.Code.Should().Be("dangerous-global");

    [Fact]
    public void A_sound_archive_is_read()
    {
        var checkpoint = (Checkpoint)Fixture.Read(Sound().ToArray());

        checkpoint.Tensors.Should().ContainSingle().Which.Name.Should().Be("w");
        checkpoint.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Compressed_records_are_read_with_a_warning()
    {
        var storage = new byte[16];
        BitConverter.TryWriteBytes(storage.AsSpan(4), 2.5f);
        var bytes = LyingZip.Checkpoint(Pickle, storage, e => e.Deflate = true, e => e.Deflate = true).ToArray();

        var checkpoint = (Checkpoint)Fixture.Read(bytes);
        var read = new byte[8];
        checkpoint.Tensors[0].Data!.CopyElements(1, read);

        BitConverter.ToSingle(read).Should().Be(2.5f);
        checkpoint.Warnings.Should().ContainSingle().Which.Value.Should().StartWith("2 records are compressed");
    }

    [Fact]
    public void Records_that_nothing_refers_to_are_named()
    {
        var checkpoint = (Checkpoint)Fixture.Read(Sound().Add("archive/data/7", [1, 2]).Add("archive/payload.bin", [1]).ToArray());

        checkpoint.Warnings.Select(w => w.Value).Should().Contain(w => w.Contains("archive/data/7")).And.Contain(w => w.Contains("archive/payload.bin"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("1000000000")]
    public void An_odd_alignment_is_only_told(string alignment)
        => ((Checkpoint)Fixture.Read(Sound().Add("archive/.storage_alignment", Encoding.ASCII.GetBytes(alignment)).ToArray())).Warnings.Should().ContainSingle();

    [Fact]
    public void A_storage_that_differs_from_its_checksum_is_found_when_asked_for()
    {
        var checkpoint = (Checkpoint)Fixture.Read(LyingZip.Checkpoint(Pickle, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], lieOfStorage: e => e.Crc = 5).ToArray());

        var verifying = () => checkpoint.Checksums!.Verify(withStored: true, TestContext.Current.CancellationToken);

        verifying.Should().Throw<ArtifactFault>().Which.Reason.Code.Should().Be("crc");
    }

    [Fact]
    public void What_a_pickle_imports_is_listed_even_where_its_checksum_is_wrong()
    {
        var refused = Fixture.Refusal(LyingZip.Checkpoint(PickleWriter.Protocol(2).Global("os", "system").Stop(), lieOfPickle: e => e.Crc = 1).ToArray());

        refused.Reason.Code.Should().Be("dangerous-global");
    }

    [Theory]
    [InlineData("data.pkl")]
    [InlineData("model/config.txt")]
    public void What_pickles_in_another_archive_import_is_listed(string name)
        => Fixture.Refusal(new LyingZip().Add(name, PickleWriter.Protocol(0).Global("os", "system").Ascii("(S'x'\ntR").Stop()).ToArray())
            .Globals.Should().ContainSingle(g => g.Name == "os.system" && g.Verdict == GlobalVerdict.Dangerous);

    [Fact]
    public void Many_empty_entries_are_refused_quickly()
    {
        var zip = new LyingZip();
        for (var i = 0; i < 65_000; i++)
        {
            zip.Add($"a/{i}", []);
        }

        Fixture.Refusal(zip.ToArray()).Reason.Code.Should().Be("missing-record");
    }

    private static LyingZip Sound() => LyingZip.Checkpoint(Pickle);

    private static LyingZip With(Action<LyingZip> lie)
    {
        var zip = Sound();
        lie(zip);
        return zip;
    }

    private static byte[] Versioned(string version)
        => new LyingZip().Add("archive/data.pkl", Pickle).Add("archive/data/0", new byte[16]).Add("archive/version", Encoding.ASCII.GetBytes(version)).ToArray();
}
