namespace ModelGate.Configuration;

/// <summary>Globs that a file's path fits or not; one with <c>!</c> in front takes files out again, whatever the order.</summary>
internal sealed class FilePatterns
{
    /// <summary>The glob that every path fits.</summary>
    public const string Everything = "**";

    private readonly IReadOnlyList<string> globs;
    private readonly Glob[] included;
    private readonly Glob[] excluded;

    /// <param name="globs">The globs, relative to the folder that the paths are relative to.</param>
    public FilePatterns(IReadOnlyList<string> globs)
    {
        this.globs = globs;
        included = [.. globs.Where(g => !IsExclusion(g)).Select(g => new Glob(g))];
        excluded = [.. globs.Where(IsExclusion).Select(g => new Glob(g[1..]))];
    }

    /// <summary>Whether a path fits.</summary>
    public bool Contains(string path) => Array.Exists(included, g => g.Fits(path)) && !Array.Exists(excluded, g => g.Fits(path));

    /// <summary>The globs as they are written.</summary>
    public override string ToString() => string.Join(", ", globs);

    /// <summary>Whether a pattern takes files out.</summary>
    public static bool IsExclusion(string pattern) => pattern.StartsWith('!');
}
