using System.Collections.Frozen;
using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Readers.Gguf;

/// <summary>Turns one block of bytes into its numbers.</summary>
internal delegate void BlockDecoder(ReadOnlySpan<byte> block, Span<float> numbers);

/// <summary>An element type of GGUF.</summary>
/// <param name="DType">Its name here.</param>
/// <param name="Elements">The values of one block; 1 for plain numbers.</param>
/// <param name="Bytes">The bytes of one block.</param>
/// <param name="Decode">How a block becomes numbers; null for plain numbers, and for types that are listed only.</param>
internal sealed record GgufType(DType DType, int Elements, int Bytes, BlockDecoder? Decode = null)
{
    private static readonly FrozenDictionary<uint, GgufType> ByNumber = new Dictionary<uint, GgufType>
    {
        [0] = new(DType.Float32, 1, 4),
        [1] = new(DType.Float16, 1, 2),
        [2] = new(DType.Q4_0, 32, 18, PlainBlocks.Q4_0),
        [3] = new(DType.Q4_1, 32, 20, PlainBlocks.Q4_1),
        [6] = new(DType.Q5_0, 32, 22, PlainBlocks.Q5_0),
        [7] = new(DType.Q5_1, 32, 24, PlainBlocks.Q5_1),
        [8] = new(DType.Q8_0, 32, 34, PlainBlocks.Q8_0),
        [9] = new(DType.Q8_1, 32, 36),
        [10] = new(DType.Q2_K, 256, 84, SuperBlocks.Q2_K),
        [11] = new(DType.Q3_K, 256, 110, SuperBlocks.Q3_K),
        [12] = new(DType.Q4_K, 256, 144, SuperBlocks.Q4_K),
        [13] = new(DType.Q5_K, 256, 176, SuperBlocks.Q5_K),
        [14] = new(DType.Q6_K, 256, 210, SuperBlocks.Q6_K),
        [15] = new(DType.Q8_K, 256, 292),
        [16] = new(DType.IQ2_XXS, 256, 66),
        [17] = new(DType.IQ2_XS, 256, 74),
        [18] = new(DType.IQ3_XXS, 256, 98),
        [19] = new(DType.IQ1_S, 256, 50),
        [20] = new(DType.IQ4_NL, 32, 18, LevelBlocks.IQ4_NL),
        [21] = new(DType.IQ3_S, 256, 110),
        [22] = new(DType.IQ2_S, 256, 82),
        [23] = new(DType.IQ4_XS, 256, 136, LevelBlocks.IQ4_XS),
        [24] = new(DType.Int8, 1, 1),
        [25] = new(DType.Int16, 1, 2),
        [26] = new(DType.Int32, 1, 4),
        [27] = new(DType.Int64, 1, 8),
        [28] = new(DType.Float64, 1, 8),
        [29] = new(DType.IQ1_M, 256, 56),
        [30] = new(DType.BFloat16, 1, 2),
        [34] = new(DType.TQ1_0, 256, 54, TernaryBlocks.TQ1_0),
        [35] = new(DType.TQ2_0, 256, 66, TernaryBlocks.TQ2_0),
        [39] = new(DType.MXFP4, 32, 17, LevelBlocks.MXFP4),
        [40] = new(DType.NVFP4, 64, 36, LevelBlocks.NVFP4),
        [41] = new(DType.Q1_0, 128, 18, PlainBlocks.Q1_0),
        [42] = new(DType.Q2_0, 64, 18),
    }.ToFrozenDictionary();

    /// <summary>The type of a number.</summary>
    /// <exception cref="ArtifactFault">Reason <c>dtype</c>: it is not known.</exception>
    public static GgufType Find(uint number, string name, long at)
        => ByNumber.GetValueOrDefault(number) ?? throw new ArtifactFault(FaultReason.DType, SafeText.Of($"the tensor {name} has the type {number}, which is not known"), at);
}
