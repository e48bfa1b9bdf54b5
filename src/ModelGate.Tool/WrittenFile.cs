using System.Text;
using System.Text.RegularExpressions;
using ModelGate.Bytes;
using ModelGate.Configuration;

namespace ModelGate.Tool;

/// <summary>A file that is written whole or not at all.</summary>
internal static partial class WrittenFile
{
    private const int MarkBytes = 4096;

    /// <summary>Writes a file whole or not at all: into a new file beside the old one, which then takes its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes, and checks what was written; the stream can be read and sought.</param>
    /// <param name="what">What to call it; its path where it is left out.</param>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Replace(string path, Action<Stream> write, SafeText? what = null)
    {
        var name = what ?? SafeText.From(path);
        RequireRegular(path, name);
        var full = Path.GetFullPath(path);
        var temporary = full + "." + Path.GetRandomFileName();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(SafeText.Of($"{name} cannot be written: {Why(fault, full, temporary)}"));
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <summary>Refuses to overwrite a file that this tool did not write, unless the user allows it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="overwrite">Whether the user allows it.</param>
    /// <exception cref="UsageException">It is another file.</exception>
    public static void RequireOwn(string path, SafeText name, bool overwrite)
    {
        RequireRegular(path, name);
        if (!overwrite && File.Exists(path) && !IsOwn(path))
        {
            throw new UsageException(SafeText.Of($"{name} would overwrite a file that modelgate did not write; {OverwriteOption.Name} allows it"));
        }
    }

    /// <summary>Whether this tool wrote a file, or it is empty: the first bytes of each format, or its last, as this tool alone writes them. A page that speaks of modelgate is not one of them.</summary>
    public static bool IsOwn(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var ends = new byte[MarkBytes];
            var head = Encoding.UTF8.GetString(ends, 0, file.ReadAtLeast(ends, ends.Length, throwOnEndOfStream: false));
            file.Seek(-Math.Min(file.Length, MarkBytes), SeekOrigin.End);
            var tail = Encoding.UTF8.GetString(ends, 0, file.ReadAtLeast(ends, ends.Length, throwOnEndOfStream: false));
            return head.Trim().Length == 0 || OwnHead().IsMatch(head) || OwnTail().IsMatch(tail);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Refuses to put a file in the place of a folder, a pipe or a device.</summary>
    /// <exception cref="UsageException">The path is one of these.</exception>
    public static void RequireRegular(string path, SafeText name)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException(SafeText.Of($"{name} cannot be written: it is a folder"));
        }

        if (Path.Exists(path) && !UnixFileType.IsRegular(path))
        {
            throw new UsageException(SafeText.Of($"{name} cannot be written: it is a pipe or a device, not a file"));
        }
    }

    // Console, Markdown, JUnit, SARIF, JSON, GitLab (an empty list, or findings of gates), a mapping, safetensors.
    [GeneratedRegex("""
        \A(?:
            ModelGate\ \d
          | <!--\ modelgate\ 
          | <\?xml\ [^>]*>\s*<testsuites\ name="modelgate"
          | \{\s*"\$schema":\s*"[^"]*sarif[^"]*",[^\[]*\[\s*\{\s*"tool":\s*\{\s*"driver":\s*\{\s*"name":\s*"ModelGate"
          | \{\s*"schemaVersion":\s*"[^"]*",\s*"tool":\s*\{\s*"name":\s*"modelgate"
          | \[\s*\]\s*\z
          | \[\s*\{\s*"description":\s*"[^\n]*,\s*"check_name":\s*"MG\d{4}\ 
          | <svg\ xmlns="http://www\.w3\.org/2000/svg"[^>]*aria-label="ModelGate:\ 
          | \{\s*"_type":\s*"https://in-toto\.io/Statement/v1",
          | \{\s*"writer":\s*"modelgate"
          | \{\s*"baseline":\s*\d+,\s*"tool":
          | \{\s*//\ Written\ by\ modelgate\ 
          | .{1,8}\{"__metadata__":\{"format":"pt","writer":"modelgate"
        )
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex OwnHead();

    // HTML, GitHub and Azure, and recordings that a model made.
    [GeneratedRegex("""(?:ISFT\n\0{3}modelgate\0\z|(?:<p>Made by ModelGate [^\n]*</footer>\s*</body>\s*</html>|(?:^|\n|\])modelgate: (?:passed|failed|inconclusive): [^\n]*)\s*\z)""", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex OwnTail();

    // The file beside the old one is nothing that the user knows of.
    private static string Why(Exception fault, string full, string temporary)
    {
        for (var above = Path.GetDirectoryName(full); above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
            {
                return $"{above} is a file, not a folder";
            }
        }

        return fault is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException
            ? $"no file can be made in {Path.GetDirectoryName(full)}"
            : fault.Message.Replace(temporary, full, StringComparison.Ordinal).TrimEnd('.');
    }

    // Gone already where it took the name; left over where anything failed, which is the fault to speak of.
    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}
