namespace ModelGate.Fuzz;

/// <summary>The sound files that the mutator breaks: the fixtures of the tests.</summary>
internal static class GoldenFiles
{
    /// <summary>Short files break in as many ways as long ones, and a thousand times faster.</summary>
    private const long Longest = 16 << 10;

    private static readonly string[] NotArtifacts = [".md", ".txt", ".csv", ".expected.json"];

    /// <summary>Every fixture below a folder that is short enough; a longer one is cut.</summary>
    public static IReadOnlyList<byte[]> Below(string folder)
        => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !NotArtifacts.Any(n => f.EndsWith(n, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)
            .Select(b => b.Length <= Longest ? b : b[..4096])];
}
