using System.Text.RegularExpressions;

namespace ModelGate.Architecture.Keys;

/// <summary>The names that LoRA adapters have beside the weights that they change.</summary>
internal static partial class AdapterKeys
{
    /// <summary>The module that an adapter belongs to, and which part of it the name is: a (down), b (up) or another.</summary>
    public static (string Module, char Part)? Parse(string name)
    {
        if (!name.Contains("lora", StringComparison.OrdinalIgnoreCase) || Adapter().Match(name) is not { Success: true } match)
        {
            return null;
        }

        var part = match.Groups["part"].Value.ToUpperInvariant();
        return (match.Groups["module"].Value, part is "A" or "DOWN" ? 'a' : part is "B" or "UP" ? 'b' : '?');
    }

    /// <summary>Whether the name is an adapter's.</summary>
    public static bool Is(string name) => Parse(name) is not null;

    /// <summary>The rank: the first dimension of A.</summary>
    public static long Rank(IEnumerable<string> names, Func<string, IReadOnlyList<long>> shapeOf)
        => names.Where(n => Parse(n) is (_, 'a')).Select(n => shapeOf(n)).Where(s => s.Count > 0).Select(s => s[0]).FirstOrDefault();

    /// <summary>The modules for a sentence: the last part of each name, each once.</summary>
    public static string Modules(IEnumerable<string> names)
    {
        var leaves = names.Select(n => Parse(n)?.Module).OfType<string>().Select(KeyName.Leaf).Where(l => l.Length > 0).Distinct(StringComparer.Ordinal).Take(6).ToArray();
        return leaves.Length > 1 ? string.Join(", ", leaves[..^1]) + " and " + leaves[^1] : leaves.FirstOrDefault() ?? "the weights";
    }

    [GeneratedRegex(@"^(?<module>.*?)[._]lora_?(?<part>A|B|down|up|embedding_A|embedding_B|alpha|scaling|magnitude_vector|mid)(\.\w+)*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Adapter();
}
