using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families;

/// <summary>Runs a template: what comes out is every key and its shape.</summary>
internal sealed class FamilyExpansion(IReadOnlyDictionary<string, FamilyPart> parts)
{
    private readonly Dictionary<string, ExpectedKey> keys = new(StringComparer.Ordinal);
    private int depth;

    /// <summary>The keys so far, in the order of the template.</summary>
    public IReadOnlyDictionary<string, ExpectedKey> Keys => keys;

    /// <summary>Adds the keys of some members.</summary>
    /// <exception cref="FamilyException">The values do not allow it, or ask for too much.</exception>
    public void Run(IReadOnlyList<FamilyStatement> body, string prefix, FamilyScope scope)
    {
        // Parts could call each other without end.
        if (++depth > FamilyBudget.DeepestNesting)
        {
            throw new FamilyException(SafeText.Of($"parts in parts are nested deeper than {FamilyBudget.DeepestNesting}"));
        }

        foreach (var statement in body)
        {
            scope.Budget.Step();
            switch (statement)
            {
                case FamilyStatement.Key key:
                    Add(prefix + key.Name.In(scope), [.. key.Shape.Select(s => s.Number(scope))]);
                    break;
                case FamilyStatement.Under under:
                    Run(under.Body, prefix + under.Name.In(scope) + ".", scope);
                    break;
                case FamilyStatement.Use use:
                    Run(use, use.Name is null ? prefix : prefix + use.Name.In(scope) + ".", scope);
                    break;
                case FamilyStatement.If given:
                    if (given.Condition.Evaluate(scope).IsTrue)
                    {
                        Run(given.Body, prefix, scope);
                    }

                    break;
                case FamilyStatement.For each:
                    foreach (var item in FamilyArithmetic.Items(each.List.Evaluate(scope)))
                    {
                        Run(each.Body, prefix, scope.With(each.Name, item));
                    }

                    break;
                case FamilyStatement.Let let:
                    Run(let.Body, prefix, scope.With(let.Name, let.Value.Evaluate(scope)));
                    break;
            }
        }

        depth--;
    }

    // A part sees its arguments, and beyond them what its caller sees.
    private void Run(FamilyStatement.Use use, string prefix, FamilyScope scope)
    {
        var part = parts.GetValueOrDefault(use.Part.Function) ?? throw new FamilyException(SafeText.Of($"there is no part \"{use.Part.Function}\""));
        if (part.Arguments.Count != use.Part.Arguments.Count)
        {
            throw new FamilyException(SafeText.Of($"the part {part.Name} takes {part.Arguments.Count} values, and is given {use.Part.Arguments.Count}"));
        }

        var inner = scope;
        for (var i = 0; i < part.Arguments.Count; i++)
        {
            inner = inner.With(part.Arguments[i], use.Part.Arguments[i].Evaluate(scope));
        }

        Run(part.Body, prefix, inner);
    }

    /// <summary>Adds one key.</summary>
    /// <exception cref="FamilyException">Its shape is not valid, its name is a duplicate, or there are too many.</exception>
    public void Add(string name, IReadOnlyList<long> shape, string? dtype = null)
    {
        try
        {
            _ = shape.Aggregate(1L, static (product, size) => size > 0 ? checked(product * size) : throw new OverflowException());
        }
        catch (OverflowException)
        {
            throw new FamilyException(SafeText.Of($"{name} would have the shape [{string.Join(", ", shape)}], which no tensor has: the hyperparameters do not fit together"));
        }

        if (name.Length > FamilyBudget.LongestName)
        {
            throw new FamilyException(SafeText.Of($"the name {name} is longer than {FamilyBudget.LongestName} characters"));
        }

        if (!keys.TryAdd(name, new ExpectedKey(shape, dtype)))
        {
            throw new FamilyException(SafeText.Of($"{name} is a duplicate name"));
        }

        if (keys.Count > FamilyBudget.MostKeys)
        {
            throw new FamilyException(SafeText.Of($"the hyperparameters ask for more than {FamilyBudget.MostKeys} keys, which is the limit"));
        }
    }
}
