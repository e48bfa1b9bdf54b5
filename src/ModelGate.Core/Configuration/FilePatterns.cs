using Microsoft.Extensions.FileSystemGlobbing;

namespace ModelGate.Configuration;

/// <summary>Globs that a file's path fits or not; one with <c>!</c> in front takes files out again, whatever the order.</summary>
internal sealed class FilePatterns
{
    /// <summary>The glob that every path fits.</summary>
    public const string Everything = "**";

    private readonly bool all;
    private readonly Matcher matcher = new(StringComparison.Ordinal);

    /// <param name="globs">The globs, relative to the folder that the paths are relative to.</param>
    public FilePatterns(IReadOnlyList<string> globs)
    {
        all = globs.Contains(Everything, StringComparer.Ordinal) && !globs.Any(IsExclusion);
        foreach (var glob in globs)
        {
            if (IsExclusion(glob))
            {
                matcher.AddExclude(Plain(glob[1..]));
            }
            else
            {
                matcher.AddInclude(Plain(glob));
            }
        }
    }

    /// <summary>Whether a path fits.</summary>
    public bool Contains(string path) => all || matcher.Match(Plain(path)).HasMatches;

    /// <summary>Whether a pattern takes files out.</summary>
    public static bool IsExclusion(string pattern) => pattern.StartsWith('!');

    // The matcher's own idea of ".." is that of a file system, and here are only names.
    private static string Plain(string path) => string.Join('/', path.Split('/').Select(part => part == ".." ? "<parent>" : part));
}
