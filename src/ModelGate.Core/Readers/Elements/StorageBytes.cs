using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.Elements;

/// <summary>The bytes of one storage in a file.</summary>
/// <param name="source">Holds the bytes.</param>
/// <param name="start">Where they begin.</param>
/// <param name="length">How many there are.</param>
/// <param name="swapUnit">The length of the numbers whose bytes are in big-endian order; 1 where none do.</param>
internal sealed class StorageBytes(IByteSource source, long start, long length, int swapUnit)
{
    /// <summary>Where they begin in their source.</summary>
    public long Start { get; } = start;

    /// <summary>Where in the file a deflated record lies that holds them, and how many of its bytes each of them takes; null where they lie in the file as they are.</summary>
    public (long Begin, double Scale)? Deflated { get; init; }

    /// <summary>About where in the file a byte lies, so that whoever goes by it reads the file in order.</summary>
    public long Position(long offset) => Deflated is { } record ? record.Begin + (long)((Start + offset) * record.Scale) : Start + offset;

    /// <summary>How many bytes there are.</summary>
    public long Length { get; } = length;

    /// <summary>Reads bytes in little-endian order; offset and length are whole elements.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > Length - destination.Length)
        {
            throw new ArtifactFault(FaultReason.OutOfRange, SafeText.Of($"{SafeText.Count(destination.Length, "byte")} at {offset} of a storage of {SafeText.Count(Length, "byte")}"));
        }

        source.ReadExactly(Start + offset, destination, "a storage");
        if (swapUnit > 1)
        {
            ByteOrder.Swap(destination, swapUnit);
        }
    }
}
