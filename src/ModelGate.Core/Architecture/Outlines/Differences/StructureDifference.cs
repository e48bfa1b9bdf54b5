using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Outlines.Tree;
using ModelGate.Artifacts;
using ModelGate.Runs;

namespace ModelGate.Architecture.Outlines.Differences;

/// <summary>Where two networks are built differently, as short outlines of just those modules: the lines that have to change.</summary>
internal static class StructureDifference
{
    private const int MostPlaces = 3;
    private const int MostLines = 14;

    // What explains nothing: two networks that share few names are two networks.
    private const int LeastShared = 10;

    /// <summary>The modules that differ when the mapping is applied: renames show no structure. Empty where the mapping resolves all, or little is shared.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<ModuleOutlines> Of(KeyComparison keys, Diagnosis diagnosis, CancellationToken cancellation = default)
    {
        var at = keys.With(diagnosis.Mapped);
        if (at.Mismatches == 0 || at.Common * LeastShared < at.Right.Count)
        {
            return [];
        }

        var left = ModuleNode.Of(at.Left.Keys.Select(k => KeyValuePair.Create(k.Key, k.Value.Key)), out _, cancellation);
        var right = ModuleNode.Of(at.Right, out _, cancellation);
        var places = new List<DifferentPlace>();
        if (PlaceSearch.Of(left, right, "", places) == PlaceSearch.Found.Whole)
        {
            places.Add(new DifferentPlace("", left, right, [.. left.Modules.Select(m => m.Name)], [.. right.Modules.Select(m => m.Name)], WithTensors: true));
        }

        return [.. places.OrderBy(p => p.Depth).GroupBy(p => p.Kind, StringComparer.Ordinal).Take(MostPlaces).Select(g => Show(g, cancellation)).Where(s => s is not null).Select(s => s!)];
    }

    private static ModuleOutlines? Show(IEnumerable<DifferentPlace> places, CancellationToken cancellation)
    {
        var first = places.First();
        try
        {
            return new ModuleOutlines(
                SafeText.From(FoldedNames.Fold(places.Select(p => p.Path))[0].Pattern),
                Lines(first.LeftKeys(), first, cancellation),
                Lines(first.RightKeys(), first, cancellation));
        }
        catch (OutlineException)
        {
            return null;
        }
    }

    private static IReadOnlyList<SafeText> Lines(List<KeyValuePair<string, ExpectedKey>> keys, DifferentPlace place, CancellationToken cancellation)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var outline = Outline.Of(keys, place.Attribute, place.IsEntry, cancellation);
        var writer = new OutlineWriter(outline, cancellation);
        IReadOnlyList<string> lines = outline.Root is ModulePart ? writer.Short() : [.. ("model = " + writer.Root()).Split('\n'), .. writer.Short()];
        return [.. lines.Take(MostLines).Concat(lines.Count > MostLines ? ["..."] : []).Select(l => SafeText.From(l))];
    }
}
