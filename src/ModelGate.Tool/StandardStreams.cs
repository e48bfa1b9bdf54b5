using System.Text;
using ModelGate.Bytes;

namespace ModelGate.Tool;

/// <summary>Standard output and standard error, either of which may be closed, or lead to a full disk.</summary>
internal static class StandardStreams
{
    private const int Output = 1;
    private const int Error = 2;

    /// <summary>Replaces the console's writers: what standard output does not take is an <see cref="OutputException"/>, and what standard error does not take is lost.</summary>
    /// <returns>Whether standard output can be written to at all.</returns>
    public static bool Guard()
    {
        // A closed descriptor is the first that is given to the next file: looked at before any file is opened.
        var (hasOutput, hasError) = (OperatingSystem.IsWindows() || UnixFileType.IsWritable(Output), OperatingSystem.IsWindows() || UnixFileType.IsWritable(Error));
        Console.SetError(hasError ? Writer(new GuardedStream(Console.OpenStandardError(), isLossy: true)) : TextWriter.Null);
        if (hasOutput)
        {
            Console.SetOut(Writer(OpenOutput()));
        }

        return hasOutput;
    }

    /// <summary>Standard output as bytes.</summary>
    public static Stream OpenOutput() => new GuardedStream(Console.OpenStandardOutput(), isLossy: false);

    private static StreamWriter Writer(Stream stream)
        => new(stream, Console.OutputEncoding is UTF8Encoding ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : Console.OutputEncoding) { AutoFlush = true };

    private sealed class GuardedStream(Stream inner, bool isLossy) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                inner.Write(buffer);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                if (!isLossy)
                {
                    throw new OutputException(fault);
                }
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

/// <summary>Standard output does not take what is written: its reader, or the disk behind it, is at fault.</summary>
internal sealed class OutputException(Exception cause) : Exception(SafeText.Of($"standard output cannot be written: {cause.Message.TrimEnd('.')}").Value, cause);
