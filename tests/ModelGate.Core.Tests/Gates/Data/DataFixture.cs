using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Data;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Gates.Data;

/// <summary>Ten segments of a data set; Fixtures/data/README.md says of which.</summary>
internal static class DataFixture
{
    public static IReadOnlyList<string> Stems { get; } = [.. Enumerable.Range(0, 10).Select(i => $"0_{i}")];

    public static JsonElement Expected { get; } = JsonDocument.Parse(Bytes("expected.json")).RootElement;

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "data", name));

    public static byte[] Sound(string stem) => Bytes($"1_16k_wavs/{stem}.wav");

    public static byte[] Features(string stem) => Bytes($"3_feature/{stem}.npy");

    /// <summary>The data set with the features of a recording taken from another file.</summary>
    public static GateRun With(Func<int, byte[]> features)
    {
        var run = new GateRun();
        foreach (var (stem, i) in Stems.Select((s, i) => (s, i)))
        {
            run.With(ArtifactRole.Recordings16k, $"run/1_16k_wavs/{stem}.wav", Sound(stem)).With(ArtifactRole.Features, $"run/3_feature768/{stem}.npy", features(i));
        }

        return run;
    }

    public static LogMelFrames LogMel(string stem)
    {
        var clip = WaveBytes.Read(Sound(stem));
        return (LogMelFrames)AudioPass.Run(clip, [new LogMelMeasure().Begin(clip)], CancellationToken.None)[0];
    }

    /// <summary>What numpy.save writes of an array of rows by columns.</summary>
    public static byte[] Npy<T>(T[] numbers, string type, params int[] shape)
        where T : unmanaged
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)}{(shape.Length == 1 ? "," : "")}), }}";
        header = header.PadRight((((10 + header.Length + 1 + 63) / 64) * 64) - 11) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, .. WaveBytes.U16(header.Length), .. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes<T>(numbers)];
    }

    public static byte[] Rows(float[] numbers, int width) => Npy(numbers, "<f4", numbers.Length / width, width);
}
