using System.Buffers.Binary;
using System.Numerics;

namespace ModelGate.Readers.TensorBoard;

/// <summary>Castagnoli's CRC-32 as TensorFlow's record files have it, by the processor's own instruction.</summary>
/// <remarks>The mask: https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/lib/hash/crc32c.h. System.IO.Hashing has another polynomial only.</remarks>
internal static class Crc32C
{
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>What a checksum begins with, before any bytes.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>Carries on a checksum over further bytes.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    /// <summary>The masked checksum of all bytes that were appended.</summary>
    public static uint Masked(uint crc) => BitOperations.RotateRight(~crc, 15) + MaskDelta;

    /// <summary>The masked checksum of bytes.</summary>
    public static uint MaskedOf(ReadOnlySpan<byte> bytes) => Masked(Append(Start, bytes));
}
