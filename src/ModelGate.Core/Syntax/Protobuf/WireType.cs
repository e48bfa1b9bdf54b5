namespace ModelGate.Syntax.Protobuf;

/// <summary>How the value of a field stands in a protocol buffer.</summary>
internal enum WireType
{
    /// <summary>A number of seven bits a byte.</summary>
    Varint = 0,

    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,

    /// <summary>A length, and so many bytes.</summary>
    Bytes = 2,

    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}

/// <summary>Where the bytes of a field lie.</summary>
/// <param name="Offset">The offset in the source.</param>
/// <param name="Length">The number of bytes.</param>
internal readonly record struct WireRange(long Offset, long Length);
