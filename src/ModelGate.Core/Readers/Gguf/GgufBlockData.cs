using System.Buffers;
using System.Runtime.InteropServices;
using ModelGate.Artifacts;
using ModelGate.Bytes;

namespace ModelGate.Readers.Gguf;

/// <summary>A quantized tensor, read as the binary32 numbers that its blocks stand for.</summary>
/// <param name="source">Holds the blocks.</param>
/// <param name="start">Where they begin.</param>
/// <param name="type">How large they are.</param>
/// <param name="decode">Turns one block into its numbers.</param>
internal sealed class GgufBlockData(IByteSource source, long start, GgufType type, BlockDecoder decode) : ITensorData
{
    private const int BlocksAtOnce = 64;

    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination)
    {
        var numbers = MemoryMarshal.Cast<byte, float>(destination);
        var bytes = ArrayPool<byte>.Shared.Rent(BlocksAtOnce * type.Bytes);
        Span<float> block = stackalloc float[type.Elements];
        try
        {
            while (!numbers.IsEmpty)
            {
                var begin = first / type.Elements;
                var skip = (int)(first % type.Elements);
                var blocks = Math.Min(BlocksAtOnce, (skip + numbers.Length + type.Elements - 1) / type.Elements);
                var read = bytes.AsSpan(0, blocks * type.Bytes);
                source.ReadExactly(start + (begin * type.Bytes), read, "the blocks of a tensor");
                for (; !read.IsEmpty && !numbers.IsEmpty; read = read[type.Bytes..])
                {
                    decode(read[..type.Bytes], block);
                    var count = Math.Min(numbers.Length, type.Elements - skip);
                    block.Slice(skip, count).CopyTo(numbers);
                    numbers = numbers[count..];
                    first += count;
                    skip = 0;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
