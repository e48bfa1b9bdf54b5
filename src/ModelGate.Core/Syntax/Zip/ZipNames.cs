using System.Globalization;
using System.Text;
using ModelGate.Faults;

namespace ModelGate.Syntax.Zip;

/// <summary>Which entry names an archive may have: plain relative paths that mean the same on every system.</summary>
internal static class ZipNames
{
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Decodes and checks a name.</summary>
    /// <exception cref="ArtifactFault">Reason <c>bad-entry-name</c>.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, long offset)
    {
        string name;
        try
        {
            name = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Bad(Encoding.Latin1.GetString(bytes), "it is not UTF-8", offset);
        }

        if (Fault(name) is { } fault)
        {
            throw Bad(name, fault, offset);
        }

        return name;
    }

    private static string? Fault(string name)
    {
        if (name.Length == 0)
        {
            return "it is empty";
        }

        if (name.Length > 260)
        {
            return "it is longer than 260 characters";
        }

        if (name.AsSpan().ContainsAny('\\', ':') || (name.AsSpan().ContainsAnyExceptInRange(' ', '~') && SafeText.From(name, 1024).Value != name))
        {
            return "it has characters that paths must not have";
        }

        // The folder is named after the file, in whatever form the file system has; inside of it two spellings would be twins.
        foreach (var character in name.AsSpan(name.IndexOf('/', StringComparison.Ordinal) + 1))
        {
            if (!char.IsAscii(character) && char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            {
                return "it has marks that can be spelled in two ways";
            }
        }

        foreach (var range in name.AsSpan().Split('/'))
        {
            var part = name.AsSpan(range);
            if (part is "" or "." or "..")
            {
                return "it is absolute, a folder, or leads out of its folder";
            }

            if (part[^1] is '.' or ' ' || IsDevice(part))
            {
                return "it means something else on another system";
            }
        }

        return null;
    }

    private static bool IsDevice(ReadOnlySpan<char> part)
    {
        var dot = part.IndexOf('.');
        var stem = (dot < 0 ? part : part[..dot]).TrimEnd();
        foreach (var device in Devices)
        {
            if (stem.Equals(device, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return stem.Length == 4 && char.IsAsciiDigit(stem[3])
            && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase));
    }

    private static ArtifactFault Bad(string name, string why, long offset)
        => new(FaultReason.BadEntryName, SafeText.Of($"the entry name {name} is not accepted: {why}"), offset);
}
