using System.Buffers.Binary;

namespace ModelGate.Signals.Audio;

/// <summary>The header of a WAV file of 16-bit samples.</summary>
internal static class WaveHeader
{
    /// <summary>Its length.</summary>
    public const int Bytes = 44;

    private const int SampleBytes = sizeof(short);

    /// <summary>Writes it at the beginning of a file, whose rest are samples.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="rate">Frames a second.</param>
    /// <param name="channels">Samples a frame.</param>
    public static void Write(Span<byte> file, int rate, int channels)
    {
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], rate * SampleBytes * channels);
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], (short)(SampleBytes * channels));
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 8 * SampleBytes);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], file.Length - Bytes);
    }
}
