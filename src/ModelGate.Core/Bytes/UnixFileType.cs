using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ModelGate.Bytes;

/// <summary>Tells regular files from pipes and devices, which .NET takes for files where they can be sought.</summary>
internal static unsafe partial class UnixFileType
{
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    // Of Linux: struct statx is the same on every processor. Of macOS: struct stat with 64-bit inodes.
    private const int StatusBytes = 256;
    private const int LinuxModeOffset = 28;
    private const int MacModeOffset = 4;
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint WantsType = 1;
    private const int GetFlags = 3;
    private const int AccessMode = 3;

    /// <summary>Whether an open file is a regular one.</summary>
    public static bool IsRegular(SafeFileHandle handle)
    {
        var descriptor = (int)handle.DangerousGetHandle();
        var status = stackalloc byte[StatusBytes];
        return OperatingSystem.IsLinux() ? StatusOf(descriptor, "", EmptyPath, WantsType, status) != 0 || IsRegular(status, LinuxModeOffset)
            : !OperatingSystem.IsMacOS() || StatusOf(descriptor, status) != 0 || IsRegular(status, MacModeOffset);
    }

    /// <summary>Whether a path leads to a regular file; true where nothing can be said.</summary>
    public static bool IsRegular(string path)
    {
        var status = stackalloc byte[StatusBytes];
        return OperatingSystem.IsLinux() ? StatusOf(CurrentFolder, path, 0, WantsType, status) != 0 || IsRegular(status, LinuxModeOffset)
            : !OperatingSystem.IsMacOS() || StatusOf(path, status) != 0 || IsRegular(status, MacModeOffset);
    }

    /// <summary>Whether a descriptor is open for writing: one that was closed may since have been taken by a file that the runtime reads.</summary>
    public static bool IsWritable(int descriptor) => Control(descriptor, GetFlags) is >= 0 and var flags && (flags & AccessMode) != 0;

    private static bool IsRegular(byte* status, int offset) => (*(ushort*)(status + offset) & TypeMask) == Regular;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOf(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "fstat")]
    private static partial int StatusOf(int descriptor, byte* status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOf(string path, byte* status);
}
