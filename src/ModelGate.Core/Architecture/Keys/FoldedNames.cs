using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelGate.Architecture.Keys;

/// <summary>
/// Folds names that differ only in their indices into one line: <c>mrfs.{0..3}.convs.{0..2}.conv1.weight</c>, the way
/// PyTorch's users read a state_dict, in the notation that a pattern in a configuration has.
/// </summary>
internal static class FoldedNames
{
    // Stands for an index while names are compared.
    private const char Mark = '\0';

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
        => [.. Groups(items, nameOf, detailOf).Select(static g => g.Folded)];

    /// <summary>Folds names, in the ordinal order of the least name of each group: what sorting the names first would give, without the sorting.</summary>
    public static IReadOnlyList<Group> FoldInOrder(IEnumerable<string> names)
        => [.. Groups(names, static name => name, static _ => "").OrderBy(static g => g.Least, StringComparer.Ordinal).Select(static g => g.Folded)];

    private static List<Members> Groups<T>(IEnumerable<T> items, Func<T, string> nameOf, Func<T, string> detailOf)
    {
        var byPattern = new Dictionary<string, List<Members>>(StringComparer.Ordinal);
        var lookup = byPattern.GetAlternateLookup<ReadOnlySpan<char>>();
        var order = new List<Members>();
        var pattern = new char[256];
        var indices = new List<int>();
        foreach (var item in items)
        {
            var name = nameOf(item);
            var detail = detailOf(item);
            indices.Clear();
            var key = Split(name, ref pattern, indices);
            if (!lookup.TryGetValue(key, out var details))
            {
                byPattern.Add(key.ToString(), details = []);
            }

            if (Of(detail, details) is not { } group)
            {
                details.Add(group = new Members(key.ToString(), detail, name));
                order.Add(group);
            }

            group.Add(name, indices);
        }

        return order;
    }

    private static Members? Of(string detail, List<Members> details)
    {
        foreach (var members in details)
        {
            if (string.Equals(members.Detail, detail, StringComparison.Ordinal))
            {
                return members;
            }
        }

        return null;
    }

    // A name's indices, and the name with a mark in place of each.
    private static ReadOnlySpan<char> Split(string name, ref char[] pattern, List<int> indices)
    {
        // A hostile name may hold the mark itself.
        var text = name.Contains(Mark, StringComparison.Ordinal) ? name.Replace("\0", "\\x00", StringComparison.Ordinal) : name;
        if (pattern.Length < text.Length)
        {
            pattern = new char[text.Length];
        }

        var length = 0;
        for (var start = 0; start <= text.Length;)
        {
            var dot = text.IndexOf('.', start);
            var end = dot < 0 ? text.Length : dot;
            var part = text.AsSpan(start, end - start);
            if (KeyName.IsIndex(part))
            {
                indices.Add(int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture));
                pattern[length++] = Mark;
            }
            else
            {
                part.CopyTo(pattern.AsSpan(length));
                length += part.Length;
            }

            if (dot >= 0)
            {
                pattern[length++] = '.';
            }

            start = end + 1;
        }

        return pattern.AsSpan(0, length);
    }

    private sealed class Members(string pattern, string detail, string first)
    {
        private readonly List<int> indices = [];
        private int count;

        public string Detail { get; } = detail;

        public string Least { get; private set; } = first;

        public Group Folded => new(Join(), Detail, count);

        public void Add(string name, List<int> more)
        {
            count++;
            indices.AddRange(CollectionsMarshal.AsSpan(more));
            if (string.CompareOrdinal(name, Least) < 0)
            {
                Least = name;
            }
        }

        private string Join()
        {
            var text = new StringBuilder();
            var positions = indices.Count / count;
            var position = 0;
            foreach (var character in pattern)
            {
                _ = character == Mark ? text.Append(IndexSet.Format(Distinct(position++, positions))) : text.Append(character);
            }

            // A tensor may have no name at all.
            return text.Length == 0 ? "\"\"" : text.ToString();
        }

        private ReadOnlySpan<int> Distinct(int position, int positions)
        {
            var values = new int[count];
            for (var i = 0; i < count; i++)
            {
                values[i] = indices[(i * positions) + position];
            }

            Array.Sort(values);
            var distinct = 1;
            for (var i = 1; i < values.Length; i++)
            {
                if (values[i] != values[distinct - 1])
                {
                    values[distinct++] = values[i];
                }
            }

            return values.AsSpan(0, distinct);
        }
    }
}
