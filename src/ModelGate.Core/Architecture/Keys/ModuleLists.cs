using System.Globalization;

namespace ModelGate.Architecture.Keys;

/// <summary>The module lists of a state_dict: which indices each has.</summary>
internal static class ModuleLists
{
    /// <summary>The indices by the list's name, in which the indices of lists around it are <c>*</c>.</summary>
    public static Dictionary<string, SortedSet<int>> Of(IEnumerable<string> names)
    {
        var lists = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            foreach (var (list, index) in In(name))
            {
                if (!lists.TryGetValue(list, out var indices))
                {
                    lists.Add(list, indices = []);
                }

                indices.Add(index);
            }
        }

        return lists;
    }

    /// <summary>The lists that a name goes through, from the outermost, and its index in each.</summary>
    public static IEnumerable<(string List, int Index)> In(string name)
    {
        var parts = name.Split('.');
        for (var i = 1; i < Math.Min(parts.Length, KeyName.Deepest); i++)
        {
            if (KeyName.IsIndex(parts[i]))
            {
                yield return (KeyName.Pattern(string.Join('.', parts[..i])), int.Parse(parts[i], CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Indices for a sentence: <c>{0..3}</c>.</summary>
    public static string Range(SortedSet<int> indices) => IndexSet.Format([.. indices]);
}
