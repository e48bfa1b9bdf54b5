using System.Buffers.Binary;
using ModelGate.Signals.Audio;

namespace ModelGate.Torch.Synthesis;

/// <summary>Writes mono recordings of 16 bits.</summary>
internal static class WaveFile
{
    // As BigVGAN writes: multiplied by 32767 and cut off towards zero.
    private const float Scale = 32767;

    /// <summary>Writes samples; what is beyond 1 is cut off there, and what is no number is silence.</summary>
    public static void Write(string path, ReadOnlySpan<float> samples, int sampleRate)
    {
        var bytes = new byte[WaveHeader.Bytes + (2 * samples.Length)];
        WaveHeader.Write(bytes, sampleRate, 1);
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = float.IsNaN(samples[i]) ? 0 : Math.Clamp(samples[i], -1, 1);
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(WaveHeader.Bytes + (2 * i)), (short)(sample * Scale));
        }

        File.WriteAllBytes(path, bytes);
    }
}
