using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using System.Text.Json;
using ModelGate.ModelRuns;

namespace ModelGate.Torch;

/// <summary>Standard output for answers alone: whatever else writes there (TorchScript's print, libtorch) goes to standard error.</summary>
internal sealed partial class AnswerStream : IDisposable
{
    private const int Output = 1;
    private const int Error = 2;

    // fcntl.h of Linux.
    private const int DuplicateAndCloseOnExec = 1030;

    private readonly Stream stream;

    private AnswerStream(Stream stream) => this.stream = stream;

    /// <summary>Takes standard output for itself.</summary>
    public static AnswerStream Take()
    {
        var own = OperatingSystem.IsWindows() ? OnWindows() : OnUnix();
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

    private static FileStream OnUnix()
    {
        // A program that the model starts must not inherit it. The call takes further arguments otherwise on other systems.
        var copy = OperatingSystem.IsLinux() ? fcntl(Output, DuplicateAndCloseOnExec, Error + 1) : dup(Output);
        return copy >= 0 && dup2(Error, Output) >= 0 ? new FileStream(new SafeFileHandle(copy, true), FileAccess.Write, 1) : throw new IOException("standard output cannot be taken");
    }

    // libtorch writes through the C runtime, whose descriptors are its own.
    private static FileStream OnWindows()
    {
        var copy = DuplicateOnWindows(Output);
        return copy >= 0 && DuplicateOnWindows(Error, Output) == 0 ? new FileStream(new SafeFileHandle(HandleOnWindows(copy), ownsHandle: false), FileAccess.Write, 1) : throw new IOException("standard output cannot be taken");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int lowest);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int descriptor, int onto);

    [LibraryImport("ucrtbase", EntryPoint = "_dup")]
    private static partial int DuplicateOnWindows(int descriptor);

    [LibraryImport("ucrtbase", EntryPoint = "_dup2")]
    private static partial int DuplicateOnWindows(int descriptor, int onto);

    [LibraryImport("ucrtbase", EntryPoint = "_get_osfhandle")]
    private static partial nint HandleOnWindows(int descriptor);
}
