using Microsoft.Win32.SafeHandles;
using ModelGate.Faults;

namespace ModelGate.Bytes;

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
    /// <exception cref="SourceUnavailableException">It is not there, not a regular file, in use, or may not be read.</exception>
    /// <exception cref="ResourcesExhaustedException">Too many files are open.</exception>
    public static FileByteSource Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new SourceUnavailableException(SafeText.Of($"it is a folder, not a file"));
        }

        var handle = OperatingSystem.IsWindows() ? WindowsOpen(path) : UnixOpen.ForReading(path);
        try
        {
            if (!UnixFileType.IsRegular(handle))
            {
                throw new NotSupportedException();
            }

            return new FileByteSource(handle);
        }
        catch (NotSupportedException)
        {
            handle.Dispose();
            throw new SourceUnavailableException(SafeText.Of($"it is a pipe or a device, not a regular file"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            handle.Dispose();
            throw SourceUnavailableException.From(fault);
        }
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        var total = 0;
        while (total < destination.Length)
        {
            var count = ReadSome(offset + total, destination[total..]);
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

    private int ReadSome(long offset, Span<byte> destination)
    {
        try
        {
            return RandomAccess.Read(handle, destination, offset);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw SourceUnavailableException.From(fault);
        }
    }

    private static SafeFileHandle WindowsOpen(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceMissingException(fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw SourceUnavailableException.From(fault);
        }
    }
}
