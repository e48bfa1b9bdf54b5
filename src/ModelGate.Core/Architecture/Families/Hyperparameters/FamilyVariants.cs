using ModelGate.Architecture.Families.Expressions;
using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Families.Hyperparameters;

/// <summary>The well-known variants of a family that a state_dict fits: those whose values are what the tensors show.</summary>
/// <param name="Family">The family.</param>
/// <param name="Fitting">The variants, more than one where the tensors show nothing that tells them apart.</param>
internal sealed record FamilyVariants(ModelFamily Family, IReadOnlyList<string> Fitting)
{
    /// <summary>The variants as a sentence names them: family and variant, as a configuration would.</summary>
    public IEnumerable<string> Labels => Fitting.Select(v => $"{Family.Name} {v}");

    /// <summary>The family and variants of a state_dict, or null where it is of no known one.</summary>
    public static FamilyVariants? Of(IEnumerable<ModelFamily> families, FamilyTensors tensors)
    {
        if (families.Recognize(tensors) is not { } family)
        {
            return null;
        }

        var measured = MeasuredHyperparameters.Of(family, tensors);
        string[] fitting = [.. family.Variants.Where(v => Fits(family, Declaration.OfVariant(family, v), measured))];
        return fitting.Length == 0 ? null : new FamilyVariants(family, fitting);
    }

    /// <summary>The names in which the keys of two variants differ, in the form that all spellings and indices share.</summary>
    public static HashSet<string> DifferingNames(ModelFamily family, string left, string right)
    {
        var names = family.Expect(left).Keys.Keys.ToHashSet(StringComparer.Ordinal);
        names.SymmetricExceptWith(family.Expect(right).Keys.Keys);
        return names.Select(Form).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The form of a name that all its spellings and indices share.</summary>
    public static string Form(string name) => KeyName.Pattern(KeyName.Canonical(name));

    // At least one value that the variants set has to show, or every network of the family would fit them all.
    private static bool Fits(ModelFamily family, Declaration variant, IReadOnlyDictionary<string, Hyperparameter> measured)
    {
        var shown = 0;
        foreach (var measure in family.Measures)
        {
            if (measured.TryGetValue(measure.Name, out var found) && variant.Find(measure) is { } said)
            {
                if (!said.Agrees(found))
                {
                    return false;
                }

                shown++;
            }
        }

        return shown > 0;
    }
}
