using System.Text;
using ModelGate.Artifacts;

namespace ModelGate.Tests.Readers.Numpy;

public class GoldenNumpyTests
{
    public static TheoryData<string> Sound => GoldenTensors.Files("numpy", refused: false);

    public static TheoryData<string> Hurt => GoldenTensors.Files("numpy", refused: true);

    public static TheoryData<string, byte[]> Refusals => new()
    {
        { "version", [0x93, .. "NUMPY"u8, 4, 0, 0, 0, 0, 0] },
        { "limit", [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0] },
        { "truncated", [0x93, .. "NUMPY"u8, 1] },
        { "header", Array("{'descr': '<f4', 'fortran_order': False}", 0) },
        { "header", Array("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", 4) },
        { "header", Array("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}", 4) },
        { "header", Array("{'descr': __import__('os').system('x'), 'fortran_order': False, 'shape': (1,), }", 4) },
        { "header", Array(new string('(', 10_000), 4) },
        { "bad-size", Array("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", 4) },
        { "bad-size", Array("{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,), }", 4) },
        { "overflow", Array("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 4) },
        { "truncated", Array("{'descr': '<f8', 'fortran_order': True, 'shape': (9223372036854775807,), }", 8) },
        { "pickle", Array("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8) },
        { "pickle", Array("{'descr': [('a', [('b', '|O8')])], 'fortran_order': False, 'shape': (1,), }", 8) },
        { "pickle", Array("{'descr': 'object', 'fortran_order': False, 'shape': (1,), }", 8) },
        { "pickle", Array("{'descr': 'f4,O', 'fortran_order': False, 'shape': (1,), }", 8) },
        { "pickle", Array("{'descr': [('a','f4,O')], 'fortran_order': False, 'shape': (1,), }", 8) },
        { "dtype", Array("{'descr': 'no_such_type', 'fortran_order': False, 'shape': (1,), }", 8) },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void Every_number_agrees(string file)
    {
        var found = GoldenTensors.Read($"numpy/{file}");

        found.Format.Should().Be("numpy");
        found.ShouldAgree(GoldenTensors.Expected("numpy", file));
    }

    [Theory]
    [MemberData(nameof(Hurt))]
    public void A_hurt_file_is_refused(string file) => Fixture.Refusal(Fixture.Bytes($"numpy/{file}")).Format.Should().Be("numpy");

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_header_that_lies_is_refused_by_its_reason(string reason, byte[] bytes) => Fixture.Refusal(bytes).Reason.Code.Should().Be(reason);

    [Theory]
    [InlineData("structured.npy", "records")]
    [InlineData("datetime.npy", "dates")]
    [InlineData("unicode.npy", "texts")]
    [InlineData("two-in-one.npy", "bytes follow")]
    [InlineData("object.npz", "contains code")]
    [InlineData("not-only-arrays.npz", "readme.txt")]
    public void What_is_no_tensor_is_said(string file, string said)
        => GoldenTensors.Read($"numpy/{file}").Warnings.Should().Contain(w => w.Value.Contains(said));

    [Fact]
    public void A_compressed_archive_has_checksums_that_can_be_verified()
    {
        var checkpoint = (Checkpoint)Fixture.Read(Fixture.Bytes("numpy/weights-compressed.npz"));

        checkpoint.Checksums!.HasChecksums.Should().BeTrue();
        checkpoint.Checksums.Verify(withStored: true, TestContext.Current.CancellationToken);
    }

    private static byte[] Array(string header, int bytes)
    {
        var text = Encoding.Latin1.GetBytes(header + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)text.Length), .. text, .. new byte[bytes]];
    }
}
