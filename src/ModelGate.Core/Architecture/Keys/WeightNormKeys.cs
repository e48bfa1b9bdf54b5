namespace ModelGate.Architecture.Keys;

/// <summary>The names of weight norm's two tensors, in both spellings.</summary>
internal static class WeightNormKeys
{
    public const string Parametrized = ".parametrizations.";

    private const string Magnitude = ".original0";
    private const string Direction = ".original1";

    /// <summary><c>a.weight_g</c> of <c>a.parametrizations.weight.original0</c>, or null.</summary>
    public static string? Old(string name)
    {
        if (!name.EndsWith(Magnitude, StringComparison.Ordinal) && !name.EndsWith(Direction, StringComparison.Ordinal))
        {
            return null;
        }

        var stem = name[..^Magnitude.Length];
        var at = stem.LastIndexOf(Parametrized, StringComparison.Ordinal);
        return at < 0 ? null : stem[..(at + 1)] + stem[(at + Parametrized.Length)..] + (name[^1] == '0' ? "_g" : "_v");
    }

    /// <summary><c>a.parametrizations.weight.original0</c> of <c>a.weight_g</c>, or null.</summary>
    public static string? New(string name)
    {
        if (!name.EndsWith("_g", StringComparison.Ordinal) && !name.EndsWith("_v", StringComparison.Ordinal))
        {
            return null;
        }

        var parent = KeyName.Parent(name);
        var parameter = KeyName.Leaf(name)[..^2];
        return parent.Length == 0 || parameter.Length == 0 ? null : parent + Parametrized + parameter + (name[^1] == 'g' ? Magnitude : Direction);
    }

    /// <summary>The other one of g and v in the old spelling.</summary>
    public static string Other(string name) => name[..^1] + (name[^1] == 'g' ? 'v' : 'g');

    /// <summary>The folded name and the name of g, where the name is v's in either spelling; g and v together are weight norm, v alone is not.</summary>
    public static (string Weight, string Magnitude)? OfDirection(string name)
    {
        if (name.EndsWith(Direction, StringComparison.Ordinal) && Old(name) is { } old)
        {
            return (old[..^2], name[..^1] + '0');
        }

        return name.EndsWith("_v", StringComparison.Ordinal) && name.Length > 2 ? (name[..^2], name[..^1] + 'g') : null;
    }

    /// <summary>Whether a magnitude of one shape can belong to a direction of another: equal rank, and at most one dimension is kept.</summary>
    public static bool Fit(IReadOnlyList<long> magnitude, IReadOnlyList<long> direction)
    {
        if (magnitude.Count == 0)
        {
            return true;
        }

        if (magnitude.Count != direction.Count)
        {
            return false;
        }

        var kept = 0;
        for (var i = 0; i < magnitude.Count; i++)
        {
            if (magnitude[i] != 1 && (magnitude[i] != direction[i] || ++kept > 1))
            {
                return false;
            }
        }

        return true;
    }
}
