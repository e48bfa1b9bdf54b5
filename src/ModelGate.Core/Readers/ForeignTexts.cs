using System.Text;
using System.Text.RegularExpressions;
using ModelGate.Faults;

namespace ModelGate.Readers;

/// <summary>Texts that lie where a model or a log should: what came of a download that failed.</summary>
internal static partial class ForeignTexts
{
    private const int LongestAnswer = 64 << 10;

    /// <summary>Whether bytes are printable text, as no binary format's first bytes are.</summary>
    public static bool IsText(ReadOnlySpan<byte> head)
        => !head.IsEmpty && !head.ContainsAnyInRange((byte)0, (byte)8) && !head.ContainsAnyInRange((byte)0x0E, (byte)0x1A) && IsUtf8(head);

    /// <summary>The error for what a server sent, or Git LFS left, in place of a file; null where it is nothing of the kind.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="length">The length of the file.</param>
    public static ArtifactFault? FailedDownload(ReadOnlySpan<byte> head, long length)
    {
        if (!IsText(head))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF').Trim();
        if (text.StartsWith("version https://git-lfs.github.com/spec/", StringComparison.Ordinal) || text.StartsWith("version https://hawser.github.com/spec/", StringComparison.Ordinal))
        {
            var size = LfsSize().Match(text) is { Success: true } match ? SafeText.Of($" of {match.Groups[1].Value} bytes") : SafeText.Empty;
            return Foreign(SafeText.Of($"this is a Git LFS pointer, not the file{size} that it points to: run git lfs pull, or download the file itself"));
        }

        if (WebPage().IsMatch(text))
        {
            var title = Title().Match(text) is { Success: true } match ? SafeText.Of($" (\"{SafeText.From(match.Groups[1].Value.Trim(), 80)}\")") : SafeText.Empty;
            return Foreign(SafeText.Of($"this is a web page{title}, not the file that was asked for: download it again from its direct link, signed in where the site asks for it"));
        }

        if (length > LongestAnswer)
        {
            return null;
        }

        if (text.StartsWith('<') && XmlError().Match(text) is { Success: true } error)
        {
            return Foreign(SafeText.Of($"this is an error that a server sent as XML ({SafeText.From(error.Groups[1].Value.Trim(), 80)}), not the file that was asked for: check the address and the access rights, and download it again"));
        }

        if (text.StartsWith('{') && JsonError().Match(text) is { Success: true } answer)
        {
            return Foreign(SafeText.Of($"this is an error that a server sent as JSON ({SafeText.From(answer.Groups[2].Value.Trim(), 80)}), not the file that was asked for: check the address and the access rights, and download it again"));
        }

        return length <= 1024 && Answer().IsMatch(text)
            ? Foreign(SafeText.Of($"this is the answer of a server (\"{SafeText.From(text, 80)}\"), not the file that was asked for: check the address and the access rights, and download it again"))
            : null;
    }

    /// <summary>The error for text that no reader recognises.</summary>
    public static ArtifactFault Unknown(ReadOnlySpan<byte> head)
        => new(FaultReason.UnknownFormat, SafeText.Of($"this is text of no known kind; it begins \"{SafeText.From(Encoding.UTF8.GetString(head).Trim().Split('\n')[0].Trim(), 60)}\""), 0);

    private static ArtifactFault Foreign(SafeText description) => new(FaultReason.FailedDownload, description, 0);

    // The last character may be cut off by the end of the head.
    private static bool IsUtf8(ReadOnlySpan<byte> head)
    {
        for (var cut = 0; cut < 4 && cut < head.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\nsize (\d{1,18})\b", RegexOptions.NonBacktracking)]
    private static partial Regex LfsSize();

    [GeneratedRegex(@"^(<\?xml[^>]{0,200}>\s*)?(<!--[^>]{0,500}-->\s*)?(<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex WebPage();

    [GeneratedRegex(@"<title[^>]{0,200}>([^<]{1,300})<", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Title();

    [GeneratedRegex(@"^(?:<\?xml[^>]{0,200}>\s*)?<Error\b.{0,500}?<(?:Code|Message)>([^<]{1,300})<", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex XmlError();

    [GeneratedRegex(@"^\{\s*(?:""(?:status|code|statusCode|success|ok)""\s*:\s*[^,{}\[\]]{1,40},\s*)?""(error|errors|message|msg|detail|error_description|reason)""\s*:\s*(?:\{[^{}]{0,300}?""message""\s*:\s*|\[\s*)?""([^""]{1,500})""", RegexOptions.IgnoreCase)]
    private static partial Regex JsonError();

    [GeneratedRegex(@"^(?:entry not found|not found|(?:error )?40[0-9]\b|access(?: is)? denied|access to .{1,200} is restricted|invalid (?:username|credentials)|unauthori[sz]ed|forbidden|repository not found|file not found|too many requests|rate limit|bad gateway|service unavailable|internal server error|50[0-9]\b|gateway time-?out|quota exceeded|no such file)", RegexOptions.IgnoreCase)]
    private static partial Regex Answer();
}
