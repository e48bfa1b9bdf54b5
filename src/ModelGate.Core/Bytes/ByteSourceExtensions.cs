using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>Whole reads from a byte source.</summary>
internal static class ByteSourceExtensions
{
    /// <summary>Fills the buffer, or says that the file is too short.</summary>
    /// <exception cref="ArtifactFault">Reason <c>truncated</c>: the source ends before.</exception>
    public static void ReadExactly(this IByteSource source, long offset, Span<byte> destination, string what)
    {
        if (offset < 0 || offset > source.Length - destination.Length || source.Read(offset, destination) != destination.Length)
        {
            throw new ArtifactFault(
                FaultReason.Truncated,
                SafeText.Of($"{what} wants {SafeText.Count(destination.Length, "byte")}, and the file of {SafeText.Count(source.Length, "byte")} ends before"),
                offset);
        }
    }

    /// <summary>Reads a range into a new array. The caller has checked the length against a limit.</summary>
    /// <exception cref="ArtifactFault">Reason <c>truncated</c>: the source ends before.</exception>
    public static byte[] ReadArray(this IByteSource source, long offset, long length, string what)
    {
        if (length < 0 || offset < 0 || offset > source.Length - length)
        {
            throw new ArtifactFault(
                FaultReason.Truncated, SafeText.Of($"{what} wants {SafeText.Count(length, "byte")}, and the file of {SafeText.Count(source.Length, "byte")} ends before"), offset);
        }

        if (length > Array.MaxLength)
        {
            throw new ArtifactFault(FaultReason.Limit, SafeText.Of($"{what} wants {length} bytes at once, more than can be held"), offset);
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        source.ReadExactly(offset, bytes, what);
        return bytes;
    }
}
