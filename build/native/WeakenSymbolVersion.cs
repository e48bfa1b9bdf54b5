#pragma warning disable IDE0005 // The build compiles it by itself, without implicit usings.
using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelGate.Build;

/// <summary>
/// Copies a shared library, and makes one version that it wants of another library a weak one in the copy: the loader then takes a library that lacks it.
/// </summary>
/// <remarks>
/// The weak flag is VER_FLG_WEAK in vna_flags of the entry in .gnu.version_r (Linux Standard Base, Symbol Versioning). What is not a little-endian 64-bit ELF file,
/// or has no such entry, is copied as it is. Nothing else is changed.
/// </remarks>
public sealed class WeakenSymbolVersion : Microsoft.Build.Utilities.Task
{
    private const int SectionHeaderBytes = 64;
    private const uint VersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>The library, which stays as it is.</summary>
    [Required]
    public string Library { get; set; } = "";

    /// <summary>Where the copy goes.</summary>
    [Required]
    public string Copy { get; set; } = "";

    /// <summary>The version, such as GLIBCXX_3.4.32.</summary>
    [Required]
    public string SymbolVersion { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var bytes = File.ReadAllBytes(Library);
        var entries = Weaken(bytes, SymbolVersion);
        if (!File.Exists(Copy) || Convert.ToBase64String(bytes) != Convert.ToBase64String(File.ReadAllBytes(Copy)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Copy))!);
            File.WriteAllBytes(Copy, bytes);
        }

        Log.LogMessage(MessageImportance.Low, "{0}: {1} made weak in {2} place(s)", Copy, SymbolVersion, entries);
        return true;
    }

    /// <summary>Sets the flag, and says in how many entries it was not set before.</summary>
    public static int Weaken(byte[] elf, string version)
    {
        if (elf.Length < 64 || elf[0] != 0x7F || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F' || elf[4] != 2 || elf[5] != 1)
        {
            return 0;
        }

        var changed = 0;
        var table = (long)BitConverter.ToUInt64(elf, 40);
        int count = BitConverter.ToUInt16(elf, 60);
        for (var section = 0; section < count; section++)
        {
            var header = table + ((long)section * SectionHeaderBytes);
            if (Fits(elf, header, SectionHeaderBytes) && BitConverter.ToUInt32(elf, (int)header + 4) == VersionNeeds)
            {
                var names = table + ((long)BitConverter.ToUInt32(elf, (int)header + 40) * SectionHeaderBytes);
                if (Fits(elf, names, SectionHeaderBytes))
                {
                    changed += InSection(elf, (long)BitConverter.ToUInt64(elf, (int)header + 24), (int)BitConverter.ToUInt32(elf, (int)header + 44), (long)BitConverter.ToUInt64(elf, (int)names + 24), version);
                }
            }
        }

        return changed;
    }

    private static int InSection(byte[] elf, long need, int needs, long names, string version)
    {
        var changed = 0;
        for (; needs > 0 && Fits(elf, need, 16); needs--)
        {
            int entries = BitConverter.ToUInt16(elf, (int)need + 2);
            var entry = need + BitConverter.ToUInt32(elf, (int)need + 8);
            for (; entries > 0 && Fits(elf, entry, 16); entries--)
            {
                var flags = BitConverter.ToUInt16(elf, (int)entry + 4);
                if ((flags & Weak) == 0 && IsName(elf, names + BitConverter.ToUInt32(elf, (int)entry + 8), version))
                {
                    elf[(int)entry + 4] |= (byte)Weak;
                    changed++;
                }

                entry += BitConverter.ToUInt32(elf, (int)entry + 12);
            }

            need += BitConverter.ToUInt32(elf, (int)need + 12);
        }

        return changed;
    }

    private static bool IsName(byte[] elf, long at, string name)
        => Fits(elf, at, name.Length + 1) && elf[at + name.Length] == 0 && Encoding.ASCII.GetString(elf, (int)at, name.Length) == name;

    private static bool Fits(byte[] elf, long at, long length) => at >= 0 && at <= elf.Length - length;
}
