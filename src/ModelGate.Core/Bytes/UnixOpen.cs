using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>Opens a file without ever waiting: a named pipe in place of an artifact must not hang the gate.</summary>
internal static partial class UnixOpen
{
    private const int NoSuchFile = 2;
    private const int PermissionDenied = 13;
    private const int NotAFolder = 20;
    private const int SystemHasTooManyOpen = 23;
    private const int ProcessHasTooManyOpen = 24;

    // O_RDONLY | O_NONBLOCK | O_CLOEXEC, whose values differ between Linux and the BSD family.
    private static readonly int Flags = OperatingSystem.IsLinux() ? 0x800 | 0x80000 : 0x4 | 0x1000000;

    /// <summary>Opens for reading.</summary>
    /// <exception cref="SourceUnavailableException">It is not there, or cannot be opened.</exception>
    /// <exception cref="ResourcesExhaustedException">Too many files are open.</exception>
    public static SafeFileHandle ForReading(string path)
    {
        var descriptor = Open(path, Flags);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        var error = Marshal.GetLastPInvokeError();
        throw error switch
        {
            NoSuchFile or NotAFolder => new SourceMissingException(),
            PermissionDenied => new SourceUnavailableException(SafeText.Of($"it cannot be read: permission denied")),
            ProcessHasTooManyOpen => ResourcesExhaustedException.OfHandles("this process"),
            SystemHasTooManyOpen => ResourcesExhaustedException.OfHandles("this system"),
            _ => new SourceUnavailableException(SafeText.From(Marshal.GetPInvokeErrorMessage(error))),
        };
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
