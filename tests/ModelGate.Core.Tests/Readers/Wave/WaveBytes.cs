using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;

namespace ModelGate.Tests.Readers.Wave;

/// <summary>Builds WAVE files byte by byte, also such that no writer would.</summary>
internal static class WaveBytes
{
    public static byte[] Chunk(string id, byte[] body, uint? size = null, bool isPadded = true)
        => [.. Encoding.Latin1.GetBytes(id), .. U32(size ?? (uint)body.Length), .. body, .. isPadded && body.Length % 2 == 1 ? new byte[1] : []];

    public static byte[] Fmt(
        int tag = 1, int channels = 1, uint rate = 8000, int bits = 16, int? blockAlign = null, uint? byteRate = null, byte[]? extra = null)
    {
        var align = blockAlign ?? (channels * bits / 8);
        return Chunk("fmt ", [.. U16(tag), .. U16(channels), .. U32(rate), .. U32(byteRate ?? (rate * (uint)align)), .. U16(align), .. U16(bits), .. extra ?? []]);
    }

    public static byte[] Extensible(int subTag, int bits, int validBits, int channels = 1, byte lastOfGuid = 0x71)
        => Fmt(0xFFFE, channels, bits: bits, extra: [
            .. U16(22), .. U16(validBits), .. U32(0), .. U16(subTag), 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, lastOfGuid]);

    public static byte[] Data(params short[] samples) => Chunk("data", [.. samples.SelectMany(s => U16(s))]);

    /// <summary>A file of 32-bit floats, which hold a made recording exactly.</summary>
    public static byte[] OfFloats(float[] samples, int channels = 1, uint rate = 48_000)
        => Riff(Fmt(3, channels, rate, bits: 32), Chunk("data", MemoryMarshal.AsBytes<float>(samples).ToArray()));

    public static byte[] Riff(params byte[][] chunks) => Form("RIFF", null, chunks);

    public static byte[] Form(string id, uint? size, params byte[][] chunks)
    {
        byte[] body = [.. Encoding.Latin1.GetBytes("WAVE"), .. chunks.SelectMany(c => c)];
        return Chunk(id, body, size, isPadded: false);
    }

    public static byte[] Ds64(long riff, long data, uint entries = 0)
        => Chunk("ds64", [.. BitConverter.GetBytes(riff), .. BitConverter.GetBytes(data), .. new byte[8], .. U32(entries)]);

    public static byte[] U16(int value) => [(byte)value, (byte)(value >> 8)];

    public static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static AudioClip Read(byte[] file) => (AudioClip)ArtifactReaders.Read(new ReadRequest(new MemoryByteSource(file), new ReadBudget(ReadLimits.Default)));

    public static AudioClip ReadFixture(string name) => Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "audio", name)));

    public static float[] Samples(this AudioClip clip)
    {
        var samples = new float[clip.Frames * clip.Channels];
        clip.Samples.Read(0, samples).Should().Be((int)clip.Frames);
        return samples;
    }

    public static ArtifactFault Refusal(byte[] file)
    {
        var read = () => Read(file);
        return read.Should().Throw<ArtifactFault>().Which;
    }
}
