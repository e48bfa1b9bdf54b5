using ModelGate.Architecture.Families.Expressions;

namespace ModelGate.Architecture.Families;

/// <summary>A hyperparameter that tensors show whatever a configuration claims.</summary>
/// <param name="Name">What it is called: the parameter's name, or words for what follows from several.</param>
/// <param name="Tensors">Its value by the tensors; null or an error where they do not show it.</param>
/// <param name="Declared">The same by the parameters: the first whose names are all stated.</param>
/// <param name="Arguments">Names that the group binds around it, each with its expression.</param>
internal sealed record FamilyMeasure(
    string Name, FamilyExpression Tensors, IReadOnlyList<FamilyExpression> Declared, IReadOnlyList<(string Name, FamilyExpression Value)> Arguments)
{
    /// <summary>Whether it may be declared and be no longer there: adapters that were merged into the weights.</summary>
    public bool IsMergeable { get; init; }
}
