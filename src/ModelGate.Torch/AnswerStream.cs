using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using System.Text.Json;
using ModelGate.ModelRuns;

namespace ModelGate.Torch;

/// <summary>Standard output for answers alone: whatever else writes there (TorchScript's print, libtorch) goes to standard error.</summary>
internal sealed partial class AnswerStream : IDisposable
{
    private readonly Stream stream;

    private AnswerStream(Stream stream) => this.stream = stream;

    /// <summary>Takes standard output for itself.</summary>
    public static AnswerStream Take()
    {
        Stream own;
        if (OperatingSystem.IsWindows())
        {
            own = Console.OpenStandardOutput();
        }
        else
        {
            var copy = dup(1);
            own = copy >= 0 && dup2(2, 1) >= 0 ? new FileStream(new SafeFileHandle(copy, true), FileAccess.Write, 1) : throw new IOException("standard output cannot be taken");
        }

        Console.SetOut(Console.Error);
        return new AnswerStream(own);
    }

    /// <summary>Writes an answer as one line, at once: a crash in the next step leaves it whole.</summary>
    public void Write(ModelRunAnswer answer)
    {
        stream.Write([.. JsonSerializer.SerializeToUtf8Bytes(answer, ModelRunJson.Default.ModelRunAnswer), (byte)'\n']);
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int descriptor, int onto);
}
