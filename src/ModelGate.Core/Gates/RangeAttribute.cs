namespace ModelGate.Gates;

/// <summary>The values that a gate's option may take, both ends included.</summary>
/// <param name="lowest">The lowest value.</param>
/// <param name="highest">The highest value.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RangeAttribute(double lowest, double highest) : Attribute
{
    /// <summary>The lowest value.</summary>
    public double Lowest { get; } = lowest;

    /// <summary>The highest value.</summary>
    public double Highest { get; } = highest;
}
