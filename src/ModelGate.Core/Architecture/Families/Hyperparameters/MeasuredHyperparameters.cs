using ModelGate.Architecture.Families.Expressions;

namespace ModelGate.Architecture.Families.Hyperparameters;

/// <summary>Hyperparameters that the shapes of a state_dict show, whatever its configuration claims: what the family's template measures.</summary>
internal static class MeasuredHyperparameters
{
    /// <summary>What the shapes show, by name, in the order of the template.</summary>
    public static IReadOnlyDictionary<string, Hyperparameter> Of(ModelFamily family, FamilyTensors tensors)
    {
        var measured = new Dictionary<string, Hyperparameter>(StringComparer.Ordinal);
        var budget = new FamilyBudget();
        foreach (var measure in family.Measures)
        {
            if (Of(measure, tensors, budget) is { } shown)
            {
                measured.TryAdd(measure.Name, shown);
            }
        }

        return measured;
    }

    private static Hyperparameter? Of(FamilyMeasure measure, FamilyTensors tensors, FamilyBudget budget)
    {
        try
        {
            var scope = FamilyScope.Empty(budget, tensors);
            foreach (var (name, value) in measure.Arguments)
            {
                scope = scope.With(name, value.Evaluate(scope));
            }

            tensors.TakePlace();
            var shown = measure.Tensors.Evaluate(scope);
            return shown is Artifacts.ConfigurationValue.Null ? null : new Hyperparameter(measure.Name, shown, SafeText.From(tensors.TakePlace()));
        }
        catch (FamilyException)
        {
            // A tensor that is not there, or of another rank: the tensors do not show this one.
            tensors.TakePlace();
            return null;
        }
    }
}
