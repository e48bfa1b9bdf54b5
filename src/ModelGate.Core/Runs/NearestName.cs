namespace ModelGate.Runs;

/// <summary>Finds the name that a misspelt one was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The nearest of the names by Levenshtein distance, or null where none is near enough to be meant.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        if (written.Length > 128)
        {
            return null;
        }

        // A name that is much longer or shorter cannot be near, and takes long to compare.
        var plain = Plain(written);
        var best = names.Select(name => (Name: name, Plain: Plain(name)))
            .Where(name => Math.Abs(name.Plain.Length - plain.Length) <= Farthest(name.Name))
            .Select(name => (name.Name, name.Plain, Distance: Distance(plain, name.Plain)))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is not null && best.Distance <= Farthest(best.Name) && best.Distance < Math.Max(plain.Length, best.Plain.Length) ? best.Name : null;
    }

    /// <summary>A hint for a message: <c>; did you mean "limit"?</c> or the list of all names where none is near.</summary>
    public static string Hint(string written, IReadOnlyCollection<string> names)
        => Of(written, names) is { } nearest
            ? $"; did you mean \"{nearest}\"?"
            : names.Count == 0 ? "" : $"; there are: {string.Join(", ", names)}";

    private static int Farthest(string name) => Math.Max(2, name.Length / 3);

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
