using System.Runtime.InteropServices;
using ModelGate.Tests.Readers.Pickle;
using ModelGate.Tests.Readers.Wave;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Evaluation.Measuring;

/// <summary>Files that are too large to be measured in memory.</summary>
internal static class LargeFiles
{
    /// <summary>A checkpoint of three tensors, the first of which holds most of the bytes.</summary>
    /// <param name="elements">How many elements the first tensor has.</param>
    /// <param name="lie">What to write wrongly of its record.</param>
    public static byte[] Checkpoint(int elements, Action<LyingZip.Entry>? lie = null)
    {
        var pickle = PickleWriter.Protocol(2).Ascii("}")
            .Text("encoder.weight").Tensor("0", elements, 0, [elements / 4, 4], [4, 1]).Ascii("s")
            .Text("decoder.weight").Tensor("1", 1000, 0, [1000], [1]).Ascii("s")
            .Text("decoder.bias").Tensor("2", 3, 0, [3], [1]).Ascii("s")
            .Stop();
        return new LyingZip().Add("archive/data.pkl", pickle).Add("archive/data/0", Numbers(elements, 1), lie).Add("archive/data/1", Numbers(1000, 2))
            .Add("archive/data/2", Numbers(3, 3)).Add("archive/version", "3\n"u8.ToArray()).ToArray();
    }

    /// <summary>A recording of two channels.</summary>
    public static byte[] Recording(int frames) => WaveBytes.OfFloats(MemoryMarshal.Cast<byte, float>(Numbers(2 * frames, 4)).ToArray(), channels: 2);

    private static byte[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = (float)((random.NextDouble() * 0.5) - 0.25);
        }

        return MemoryMarshal.AsBytes<float>(numbers).ToArray();
    }
}
