using ModelGate.Architecture.Families.Expressions;

namespace ModelGate.Architecture.Families;

/// <summary>Two expressions over the values of one configuration that have to be equal.</summary>
/// <param name="Consequence">What follows where they are not, in one sentence.</param>
/// <param name="Left">One side as it is written, and what it means.</param>
/// <param name="Right">The other side.</param>
internal sealed record FamilyAgreement(string Consequence, (string Text, FamilyExpression Value) Left, (string Text, FamilyExpression Value) Right)
{
    /// <summary>Reads <c>LEFT == RIGHT</c>.</summary>
    /// <exception cref="FamilyException">It is not an equation.</exception>
    public static FamilyAgreement Parse(string consequence, string equation)
        => equation.Split(" == ") is [var left, var right]
            ? new FamilyAgreement(consequence, (left, FamilyExpressionParser.Parse(left)), (right, FamilyExpressionParser.Parse(right)))
            : throw new FamilyException(SafeText.Of($"\"{equation}\" is not an equation"));
}
