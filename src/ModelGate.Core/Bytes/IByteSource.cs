using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>A length, and bytes at an offset: a file, a buffer, a range of something remote.</summary>
internal interface IByteSource : IDisposable
{
    /// <summary>The number of bytes.</summary>
    long Length { get; }

    /// <summary>
    /// Fills <paramref name="destination"/> from <paramref name="offset"/> on and returns the number of bytes written,
    /// which is smaller than asked for only at the end of the source.
    /// </summary>
    /// <exception cref="SourceUnavailableException">The bytes cannot be had.</exception>
    int Read(long offset, Span<byte> destination);
}
