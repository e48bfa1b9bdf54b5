using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using ModelGate.Build;

namespace ModelGate.Torch.Tests.Native;

/// <summary>The weak flag of GLIBCXX_3.4.32, without which libLibTorchSharp.so does not load on Debian 12 and Ubuntu 22.04.</summary>
public class WeakenSymbolVersionTests
{
    private const string Library = "libLibTorchSharp.so";
    private const string Version = "GLIBCXX_3.4.32";

    private static string Original { get; } = Path.Combine(
        typeof(WeakenSymbolVersionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "TorchSharpPackage").Value!, "runtimes", "linux-x64", "native", Library);

    private static string Ours { get; } = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", Library);

    [Fact]
    public void The_copy_in_the_output_folder_differs_from_the_package_by_the_flag_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library is changed where it runs");
        var (original, ours) = (File.ReadAllBytes(Original), File.ReadAllBytes(Ours));

        var differences = Enumerable.Range(0, original.Length).Where(i => original[i] != ours[i]).ToList();

        ours.Should().HaveSameCount(original);
        var flags = differences.Should().ContainSingle().Subject;
        (original[flags], ours[flags]).Should().Be(((byte)0, (byte)2));

        // vna_hash, in front of vna_flags, is the ELF hash of the version's name.
        BinaryPrimitives.ReadUInt32LittleEndian(ours.AsSpan(flags - 4)).Should().Be(ElfHash(Version));
    }

    [Fact]
    public void Readelf_shows_the_version_as_weak()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/readelf"), "there is no readelf");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/readelf", ["-V", "-W", Ours]) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n').Where(l => l.Contains("Name: ", StringComparison.Ordinal)).ToList();

        lines.Should().ContainSingle(l => l.Contains($"Name: {Version} ", StringComparison.Ordinal)).Which.Should().Contain("Flags: WEAK");
        lines.Where(l => !l.Contains(Version, StringComparison.Ordinal)).Should().NotBeEmpty().And.NotContain(l => l.Contains("WEAK", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_time_changes_nothing()
    {
        var bytes = File.ReadAllBytes(Original);

        WeakenSymbolVersion.Weaken(bytes, Version).Should().Be(1);
        var once = bytes.ToArray();
        WeakenSymbolVersion.Weaken(bytes, Version).Should().Be(0);

        bytes.Should().Equal(once);
    }

    [Theory]
    [InlineData("GLIBCXX_9.9")]
    [InlineData("GLIBCXX_3.4.3")]
    [InlineData("")]
    public void A_library_that_does_not_want_the_version_stays_as_it_is(string version)
    {
        var bytes = File.ReadAllBytes(Original);
        var before = bytes.ToArray();

        WeakenSymbolVersion.Weaken(bytes, version).Should().Be(0);

        bytes.Should().Equal(before);
    }

    [Fact]
    public void What_is_no_library_or_only_the_beginning_of_one_stays_as_it_is()
    {
        var library = File.ReadAllBytes(Original);
        foreach (var bytes in (byte[][])[[], [1, 2, 3], library[..63], library[..64], library[..4096], new byte[100]])
        {
            var before = bytes.ToArray();

            WeakenSymbolVersion.Weaken(bytes, Version).Should().Be(0);

            bytes.Should().Equal(before);
        }
    }

    // System V ABI, "Hash Table".
    private static uint ElfHash(string name)
    {
        var hash = 0u;
        foreach (var letter in name)
        {
            hash = (hash << 4) + letter;
            var high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }
}
