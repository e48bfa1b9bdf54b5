using Microsoft.Win32.SafeHandles;
using ModelGate.Artifacts;

namespace ModelGate.Readers;

/// <summary>A regular file, opened once: what is hashed is what is parsed.</summary>
internal sealed class FileByteSource : IByteSource
{
    private readonly SafeFileHandle handle;

    private FileByteSource(SafeFileHandle handle)
    {
        this.handle = handle;
        Length = RandomAccess.GetLength(handle);
        LastWriteTime = File.GetLastWriteTimeUtc(handle);
    }

    /// <inheritdoc/>
    public long Length { get; }

    /// <summary>When the file was last written, as the file system tells.</summary>
    public DateTimeOffset LastWriteTime { get; }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">It is not there, not a regular file, or in use.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileByteSource Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("it is a folder, not a file");
        }

        var handle = OperatingSystem.IsWindows()
            ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess)
            : UnixOpen.ForReading(path);
        try
        {
            return new FileByteSource(handle);
        }
        catch (NotSupportedException)
        {
            handle.Dispose();
            throw new IOException("it is a pipe or a device, not a regular file");
        }
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        var total = 0;
        while (total < destination.Length)
        {
            var count = RandomAccess.Read(handle, destination[total..], offset + total);
            if (count == 0)
            {
                break;
            }

            total += count;
        }

        return total;
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
