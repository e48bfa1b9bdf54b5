using NAudio.Codecs;

namespace ModelGate.Readers.Wave;

/// <summary>The samples that the 256 codes of A-law and mu-law (ITU-T G.711) stand for.</summary>
internal static class Companding
{
    private const byte MuLawNegativeZero = 0x7F;

    private static readonly float[] ALaw = Tabulate(ALawDecoder.ALawToLinearSample);
    private static readonly float[] MuLaw = Tabulate(code => code == MuLawNegativeZero ? (short)0 : MuLawDecoder.MuLawToLinearSample(code));

    /// <summary>The table of a codec, in [-1, 1); null for one that has none.</summary>
    public static float[]? Table(WaveCodec codec) => codec switch
    {
        WaveCodec.ALaw => ALaw,
        WaveCodec.MuLaw => MuLaw,
        _ => null,
    };

    // NAudio gives -1 for mu-law's negative zero: silence would not be silent.
    private static float[] Tabulate(Func<byte, short> decode)
    {
        var table = new float[256];
        for (var code = 0; code < table.Length; code++)
        {
            table[code] = decode((byte)code) / 32768f;
        }

        return table;
    }
}
