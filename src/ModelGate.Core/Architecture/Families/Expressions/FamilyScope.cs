using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families.Expressions;

/// <summary>The names that an expression sees: the innermost first, as far out as the hyperparameters.</summary>
/// <param name="Name">The name that this scope adds.</param>
/// <param name="Value">Its value.</param>
/// <param name="Outer">What is seen beyond it.</param>
/// <param name="Budget">What the expansion may cost.</param>
internal sealed record FamilyScope(string Name, ConfigurationValue Value, FamilyScope? Outer, FamilyBudget Budget)
{
    /// <summary>The tensors that the expression may look at; null where it only makes names and shapes.</summary>
    public FamilyTensors? Tensors { get; init; }

    /// <summary>A scope without names.</summary>
    public static FamilyScope Empty(FamilyBudget budget, FamilyTensors? tensors = null) => new("", new ConfigurationValue.Null(), null, budget) { Tensors = tensors };

    /// <summary>This scope with one more name.</summary>
    public FamilyScope With(string name, ConfigurationValue value) => new(name, value, this, Budget) { Tensors = Tensors };

    /// <summary>The value of a name.</summary>
    /// <exception cref="FamilyException">No scope has it.</exception>
    public ConfigurationValue Find(string name)
    {
        for (var at = this; at is not null; at = at.Outer)
        {
            if (string.Equals(at.Name, name, StringComparison.Ordinal))
            {
                return at.Value;
            }
        }

        throw new FamilyException(SafeText.Of($"there is no value \"{name}\""));
    }
}
