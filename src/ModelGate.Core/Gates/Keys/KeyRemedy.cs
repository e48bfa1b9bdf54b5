using ModelGate.Architecture;
using ModelGate.Architecture.Causes;

namespace ModelGate.Gates.Keys;

/// <summary>What mends keys that do not match, as one sentence with its effect in numbers.</summary>
internal static class KeyRemedy
{
    private const int MostCauses = 3;

    /// <summary>The sentence, or null where nothing is known.</summary>
    public static SafeText? Of(Diagnosis diagnosis, KeyDifference difference)
    {
        var causes = diagnosis.Causes.Where(c => c.Name != "dtype").ToArray();
        if (causes.Length == 0)
        {
            return null;
        }

        // Where several mend together, the first one names them all.
        var combined = causes[0].Name.Contains(" + ", StringComparison.Ordinal);
        var shown = combined ? [causes[0], .. causes.Where(c => c.Mapped is null).Take(MostCauses - 1)] : causes.Take(MostCauses).ToArray();
        var sentence = SafeText.Join("; ", shown.Select(c => c.Message));
        return diagnosis.Remaining < diagnosis.Mismatches
            ? SafeText.Of($"{sentence}. Mapped so, {Counts(difference)} become {diagnosis.Remaining}: see modelgate diff")
            : sentence;
    }

    private static SafeText Counts(KeyDifference difference)
    {
        var counts = new[] { (difference.Missing.Count, "missing"), (difference.Unexpected.Count, "unexpected"), (difference.Shapes.Count, "differently shaped") }
            .Where(c => c.Item1 > 0).Select(c => SafeText.Of($"{c.Item1} {c.Item2}")).ToArray();
        return counts.Length == 1 ? counts[0] : SafeText.Of($"{SafeText.Join(", ", counts[..^1])} and {counts[^1]}");
    }
}
