using System.Buffers.Binary;

namespace ModelGate.Torch.Synthesis;

/// <summary>Writes mono recordings of 16 bits.</summary>
internal static class WaveFile
{
    private const int HeaderBytes = 44;

    // As BigVGAN writes: multiplied by 32767 and cut off towards zero.
    private const float Scale = 32767;

    /// <summary>Writes samples; what is beyond 1 is cut off there, and what is no number is silence.</summary>
    public static void Write(string path, ReadOnlySpan<float> samples, int sampleRate)
    {
        var bytes = new byte[HeaderBytes + (2 * samples.Length)];
        var header = bytes.AsSpan(0, HeaderBytes);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], 2 * sampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], 2 * samples.Length);
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = float.IsNaN(samples[i]) ? 0 : Math.Clamp(samples[i], -1, 1);
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(HeaderBytes + (2 * i)), (short)(sample * Scale));
        }

        File.WriteAllBytes(path, bytes);
    }
}
