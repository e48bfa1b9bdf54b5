using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families.Expressions;

/// <summary>An expression over hyperparameters: Python's operators on whole numbers, texts and lists (docs/families.md).</summary>
internal abstract record FamilyExpression
{
    /// <summary>The value in a scope.</summary>
    /// <exception cref="FamilyException">The values do not allow it.</exception>
    public abstract ConfigurationValue Evaluate(FamilyScope scope);

    /// <summary>The names of values that it needs, as far as it does not bind them itself.</summary>
    public virtual IEnumerable<string> Names => [];

    /// <summary>The whole number in a scope.</summary>
    public long Number(FamilyScope scope) => FamilyArithmetic.Whole(Evaluate(scope));

    /// <summary>A number or text that stands in the expression.</summary>
    public sealed record Literal(ConfigurationValue Value) : FamilyExpression
    {
        /// <inheritdoc/>
        public override ConfigurationValue Evaluate(FamilyScope scope) => Value;
    }

    /// <summary>A name.</summary>
    public sealed record Name(string Text) : FamilyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Names => [Text];

        /// <inheritdoc/>
        public override ConfigurationValue Evaluate(FamilyScope scope) => scope.Find(Text);
    }

    /// <summary>A text with expressions in braces.</summary>
    public sealed record Interpolated(NameTemplate Template) : FamilyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Names => Template.Names;

        /// <inheritdoc/>
        public override ConfigurationValue Evaluate(FamilyScope scope) => new ConfigurationValue.Text(Template.In(scope));
    }

    /// <summary><c>[VALUE for NAME in LIST]</c>.</summary>
    public sealed record ForEach(FamilyExpression Value, string Variable, FamilyExpression List) : FamilyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Names => [.. List.Names, .. Value.Names.Where(n => n != Variable)];

        /// <inheritdoc/>
        public override ConfigurationValue Evaluate(FamilyScope scope)
        {
            var items = FamilyArithmetic.Items(List.Evaluate(scope));
            FamilyBudget.RequireLength(items.Count);
            scope.Budget.Step(items.Count);
            return new ConfigurationValue.List([.. items.Select(item => Value.Evaluate(scope.With(Variable, item)))]);
        }
    }

    /// <summary>A list that stands in the expression.</summary>
    public sealed record Items(IReadOnlyList<FamilyExpression> All) : FamilyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Names => All.SelectMany(i => i.Names);

        /// <inheritdoc/>
        public override ConfigurationValue Evaluate(FamilyScope scope) => new ConfigurationValue.List([.. All.Select(i => i.Evaluate(scope))]);
    }

    /// <summary>Negation of a truth or of a number.</summary>
    public sealed record Unary(string Operator, FamilyExpression Operand) : FamilyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Names => Operand.Names;

        /// <inheritdoc/>
        public override ConfigurationValue Evaluate(FamilyScope scope) => Operator == "not"
            ? new ConfigurationValue.Truth(!Operand.Evaluate(scope).IsTrue)
            : FamilyArithmetic.Apply("-", new ConfigurationValue.Integer(0), Operand.Evaluate(scope));
    }

    /// <summary>An operator between two values; <c>and</c> and <c>or</c> look at the right one only where they must.</summary>
    public sealed record Binary(string Operator, FamilyExpression Left, FamilyExpression Right) : FamilyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Names => [.. Left.Names, .. Right.Names];

        /// <inheritdoc/>
        public override ConfigurationValue Evaluate(FamilyScope scope)
        {
            scope.Budget.Step();
            var left = Left.Evaluate(scope);
            return Operator switch
            {
                "and" => left.IsTrue ? Right.Evaluate(scope) : left,
                "or" => left.IsTrue ? left : Right.Evaluate(scope),
                _ => FamilyArithmetic.Apply(Operator, left, Right.Evaluate(scope)),
            };
        }
    }

    /// <summary><c>A if CONDITION else B</c>.</summary>
    public sealed record Choice(FamilyExpression Condition, FamilyExpression Then, FamilyExpression Else) : FamilyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Names => [.. Condition.Names, .. Then.Names, .. Else.Names];

        /// <inheritdoc/>
        public override ConfigurationValue Evaluate(FamilyScope scope) => (Condition.Evaluate(scope).IsTrue ? Then : Else).Evaluate(scope);
    }

    /// <summary>An item of a list.</summary>
    public sealed record Item(FamilyExpression Of, FamilyExpression Index) : FamilyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Names => [.. Of.Names, .. Index.Names];

        /// <inheritdoc/>
        public override ConfigurationValue Evaluate(FamilyScope scope)
        {
            scope.Budget.Step();
            var items = FamilyArithmetic.Items(Of.Evaluate(scope));
            var index = Index.Number(scope);
            index = index < 0 ? index + items.Count : index;
            return index >= 0 && index < items.Count
                ? items[(int)index]
                : throw new FamilyException(SafeText.Of($"there is no item {index} in a list of {items.Count}"));
        }
    }

    /// <summary>A function's value.</summary>
    public sealed record Call(string Function, IReadOnlyList<FamilyExpression> Arguments) : FamilyExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Names => Arguments.SelectMany(a => a.Names);

        /// <inheritdoc/>
        public override ConfigurationValue Evaluate(FamilyScope scope)
        {
            scope.Budget.Step();
            return FamilyFunctions.Apply(Function, [.. Arguments.Select(a => a.Evaluate(scope))], scope);
        }
    }
}
