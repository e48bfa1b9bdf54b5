using ModelGate.Architecture.Families.Expressions;

namespace ModelGate.Architecture.Families;

/// <summary>One member of a template's <c>keys</c>.</summary>
internal abstract record FamilyStatement
{
    /// <summary>One key and its shape.</summary>
    public sealed record Key(NameTemplate Name, IReadOnlyList<FamilyExpression> Shape) : FamilyStatement;

    /// <summary>Members under one more part of the name.</summary>
    public sealed record Under(NameTemplate Name, IReadOnlyList<FamilyStatement> Body) : FamilyStatement;

    /// <summary>A part, under one more part of the name, or where the name is null in this place.</summary>
    public sealed record Use(NameTemplate? Name, FamilyExpression.Call Part) : FamilyStatement;

    /// <summary>Members that are there where a condition holds.</summary>
    public sealed record If(FamilyExpression Condition, IReadOnlyList<FamilyStatement> Body) : FamilyStatement;

    /// <summary>Members that are there for each item of a list.</summary>
    public sealed record For(string Name, FamilyExpression List, IReadOnlyList<FamilyStatement> Body) : FamilyStatement;

    /// <summary>Members that see one more value.</summary>
    public sealed record Let(string Name, FamilyExpression Value, IReadOnlyList<FamilyStatement> Body) : FamilyStatement;
}
