namespace ModelGate.Runs;

/// <summary>A limit and the side of it on which a value has to be.</summary>
/// <param name="Relation">The side.</param>
/// <param name="Limit">The limit, in the measurement's unit.</param>
internal sealed record Requirement(Relation Relation, double Limit)
{
    /// <summary>Whether a value meets the requirement; NaN never does.</summary>
    public bool IsMetBy(double value) => Relation switch
    {
        Relation.Below => value < Limit,
        Relation.AtMost => value <= Limit,
        Relation.Above => value > Limit,
        Relation.AtLeast => value >= Limit,
        _ => value.Equals(Limit),
    };

    /// <summary>How far a value is on the right side; negative on the wrong side.</summary>
    public double Margin(double value) => Relation switch
    {
        Relation.Below or Relation.AtMost => Limit - value,
        Relation.Above or Relation.AtLeast => value - Limit,
        _ => -Math.Abs(value - Limit),
    };

    /// <summary>As a report prints it: <c>&lt; 0.1</c>.</summary>
    public override string ToString() => Relation.Sign() + " " + NumberText.OfLimit(Limit);
}

/// <summary>The signs of relations.</summary>
internal static class Relations
{
    /// <summary>The sign, such as <c>&lt;=</c>.</summary>
    public static string Sign(this Relation relation) => relation switch
    {
        Relation.Below => "<",
        Relation.AtMost => "<=",
        Relation.Above => ">",
        Relation.AtLeast => ">=",
        _ => "=",
    };
}

/// <summary>The side of a limit on which a value has to be.</summary>
internal enum Relation
{
    /// <summary>Smaller than the limit.</summary>
    Below,

    /// <summary>The limit or smaller.</summary>
    AtMost,

    /// <summary>Greater than the limit.</summary>
    Above,

    /// <summary>The limit or greater.</summary>
    AtLeast,

    /// <summary>The limit itself.</summary>
    Equal,
}
