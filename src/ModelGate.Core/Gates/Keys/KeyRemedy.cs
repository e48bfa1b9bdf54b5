using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Keys;

namespace ModelGate.Gates.Keys;

/// <summary>What to do about keys that do not match, as one sentence with its effect in numbers.</summary>
internal static class KeyRemedy
{
    private const int MostCauses = 3;

    /// <summary>The sentence, or null where nothing is known.</summary>
    public static SafeText? Of(Diagnosis diagnosis, KeyComparison keys)
    {
        var causes = diagnosis.Causes.Where(c => !c.IsAboutTypes).ToArray();
        if (causes.Length == 0)
        {
            return null;
        }

        // A combination already says what its parts say; what no mapping resolves follows.
        var shown = causes[0].IsCombination ? [causes[0], .. causes.Where(c => c.Mapped is null).Take(MostCauses - 1)] : causes.Take(MostCauses).ToArray();
        var sentence = SafeText.Join("; ", diagnosis.Families.IsEmpty ? shown.Select(c => c.Message) : shown.Select(c => c.Message).Prepend(diagnosis.Families));
        return diagnosis.Remaining < diagnosis.Mismatches
            ? SafeText.Of($"Map the keys: with the mapping that modelgate diff writes, {Counts(keys)} become {diagnosis.Remaining}. What differs: {sentence}")
            : sentence;
    }

    private static SafeText Counts(KeyComparison keys)
    {
        var counts = new[] { (keys.Missing.Count, "missing"), (keys.Unexpected.Count, "unexpected"), (keys.Shapes.Count, "differently shaped") }
            .Where(c => c.Item1 > 0).Select(c => SafeText.Of($"{c.Item1} {c.Item2}")).ToArray();
        return counts.Length == 1 ? counts[0] : SafeText.Of($"{SafeText.Join(", ", counts[..^1])} and {counts[^1]}");
    }
}
