using System.Globalization;
using System.Text;

namespace ModelGate.Architecture;

/// <summary>
/// Folds names that differ only in their indices into one line: <c>mrfs.{0...3}.convs.{0...2}.conv1.weight</c>, the way
/// PyTorch's users read a state_dict.
/// </summary>
internal static class FoldedNames
{
    /// <summary>A group of names under one pattern.</summary>
    /// <param name="Pattern">The names with each varying index as a range or a set in braces.</param>
    /// <param name="Detail">What the names of the group have in common beside the pattern, such as the shape.</param>
    /// <param name="Count">How many names it stands for.</param>
    public sealed record Group(string Pattern, string Detail, int Count);

    /// <summary>Folds names, in the order in which each pattern first appears.</summary>
    public static IReadOnlyList<Group> Fold(IEnumerable<string> names) => Fold(names, static name => name, static _ => "");

    /// <summary>Folds named things that agree in a detail, in the order in which each pattern first appears.</summary>
    /// <param name="items">The things.</param>
    /// <param name="nameOf">The name of one.</param>
    /// <param name="detailOf">What has to be equal for two to be folded.</param>
    public static IReadOnlyList<Group> Fold<T>(IEnumerable<T> items, Func<T, string> nameOf, Func<T, string> detailOf)
    {
        var groups = new Dictionary<(string Pattern, string Detail), List<int[]>>();
        var order = new List<(string Pattern, string Detail)>();
        foreach (var item in items)
        {
            var (pattern, indices) = Split(nameOf(item));
            var key = (pattern, detailOf(item));
            if (!groups.TryGetValue(key, out var members))
            {
                groups.Add(key, members = []);
                order.Add(key);
            }

            members.Add(indices);
        }

        return [.. order.Select(key => new Group(Join(key.Pattern, groups[key]), key.Detail, groups[key].Count))];
    }

    private static (string Pattern, int[] Indices) Split(string name)
    {
        // The mark for an index is a character that a hostile name may hold itself.
        var parts = name.Replace("\0", "\\x00", StringComparison.Ordinal).Split('.');
        var indices = new List<int>();
        for (var i = 0; i < parts.Length; i++)
        {
            if (int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                indices.Add(index);
                parts[i] = "\0";
            }
        }

        return (string.Join('.', parts), [.. indices]);
    }

    private static string Join(string pattern, List<int[]> members)
    {
        var text = new StringBuilder();
        var position = 0;
        foreach (var character in pattern)
        {
            if (character == '\0')
            {
                text.Append(Range([.. members.Select(m => m[position]).Distinct().Order()]));
                position++;
            }
            else
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }

    /// <summary>Ascending indices as one text: the index itself, a range or a set in braces.</summary>
    internal static string Range(int[] indices)
    {
        if (indices.Length == 1)
        {
            return indices[0].ToString(CultureInfo.InvariantCulture);
        }

        return indices[^1] - indices[0] == indices.Length - 1 && indices.Length > 2
            ? string.Create(CultureInfo.InvariantCulture, $"{{{indices[0]}...{indices[^1]}}}")
            : "{" + string.Join(',', indices.Take(8).Select(i => i.ToString(CultureInfo.InvariantCulture))) + (indices.Length > 8 ? ",..." : "") + "}";
    }
}
