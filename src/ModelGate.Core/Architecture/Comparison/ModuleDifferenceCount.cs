using System.Runtime.InteropServices;
using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Comparison;

/// <summary>The keys of one module on both sides.</summary>
/// <param name="Module">The first two parts of the names: dec.ups, enc_p.encoder.</param>
/// <param name="Left">Keys on the left side.</param>
/// <param name="Right">Keys on the right side.</param>
/// <param name="Missing">Keys on the right side alone.</param>
/// <param name="Unexpected">Keys on the left side alone.</param>
/// <param name="Shapes">Keys whose shapes differ.</param>
internal sealed record ModuleDifferenceCount(string Module, int Left, int Right, int Missing, int Unexpected, int Shapes)
{
    /// <summary>The modules of both sides, sorted ordinally.</summary>
    public static IReadOnlyList<ModuleDifferenceCount> Of(KeyComparison keys)
    {
        var (left, right, missing, unexpected, shapes) = (Count(keys.Left.Names), Count(keys.Right.Keys), Count(keys.Missing), Count(keys.Unexpected), Count(keys.Shapes));
        return
        [
            .. left.Keys.Union(right.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(m => new ModuleDifferenceCount(
                m, left.GetValueOrDefault(m), right.GetValueOrDefault(m), missing.GetValueOrDefault(m), unexpected.GetValueOrDefault(m), shapes.GetValueOrDefault(m))),
        ];
    }

    private static Dictionary<string, int> Count(IEnumerable<string> names)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var name in names)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(lookup, ModuleOf(name), out _)++;
        }

        return counts;
    }

    private static ReadOnlySpan<char> ModuleOf(string name)
    {
        var first = name.IndexOf('.', StringComparison.Ordinal);
        var second = first < 0 ? -1 : name.IndexOf('.', first + 1);
        return second >= 0 ? name.AsSpan(0, second) : first >= 0 ? name.AsSpan(0, first) : name;
    }
}
