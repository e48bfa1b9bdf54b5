using ModelGate.Architecture.Keys;

namespace ModelGate.Gates.Keys;

/// <summary>Missing keys whose tensors are in the file under the names that they are tied to.</summary>
/// <param name="Known">Those of which the file, its configuration or the format says so, with the names: nothing of them is lost.</param>
/// <param name="Perhaps">Those of which names and shapes alone say so.</param>
internal sealed record TiedKeys(IReadOnlyDictionary<string, string> Known, IReadOnlyDictionary<string, string> Perhaps)
{
    /// <summary>Those of a comparison.</summary>
    public static TiedKeys Missing(KeyComparison keys)
    {
        var (known, perhaps) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var name in keys.Missing)
        {
            if (keys.Ties.Find(name, keys) is { } tie)
            {
                (tie.IsCertain ? known : perhaps).Add(name, tie.Partner);
            }
        }

        return new TiedKeys(known, perhaps);
    }
}
