using System.IO.Enumeration;

namespace ModelGate.Architecture.Keys;

/// <summary>Which keys are looked at: those under some prefixes, but for those that match a pattern.</summary>
/// <param name="only">Prefixes that end at a dot or at the name's end, with * and ? where wanted; empty for every key.</param>
/// <param name="ignore">Patterns of whole names: * stands for any characters, ? for one.</param>
internal sealed class KeySelection(IReadOnlyList<string> only, IReadOnlyList<string> ignore)
{
    /// <summary>Whether it looks at every key.</summary>
    public bool IsEverything => only.Count == 0 && ignore.Count == 0;

    /// <summary>Whether it looks at a key.</summary>
    public bool Contains(string name)
        => IsEverything || IsSelected(name);

    /// <summary>The keys that it looks at.</summary>
    public IReadOnlyDictionary<string, T> Of<T>(IReadOnlyDictionary<string, T> keys)
        => IsEverything ? keys : keys.Where(k => Contains(k.Key)).ToDictionary(StringComparer.Ordinal);

    private bool IsSelected(string name)
        => (only.Count == 0 || only.Any(prefix => IsUnder(prefix, name))) && !ignore.Any(pattern => Matches(pattern, name));

    // "mrfs.1" holds mrfs.1.conv and not mrfs.10.conv.
    private static bool IsUnder(string prefix, string name)
        => prefix.AsSpan().ContainsAny('*', '?')
            ? Matches(prefix, name) || Matches(prefix.TrimEnd('.') + ".*", name)
            : name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || prefix.EndsWith('.') || prefix.Length == 0 || name[prefix.Length] == '.');

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
