using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families.Expressions;

/// <summary>Python's operators on whole numbers of 64 bits; what overflows is an error, never a wrapped number.</summary>
internal static class FamilyArithmetic
{
    /// <summary>The value of an operator between two values.</summary>
    /// <exception cref="FamilyException">The values do not allow it.</exception>
    public static ConfigurationValue Apply(string op, ConfigurationValue left, ConfigurationValue right)
    {
        if (op is "==" or "!=")
        {
            return new ConfigurationValue.Truth(AreEqual(left, right) == (op == "=="));
        }

        var (a, b) = (Whole(left), Whole(right));
        try
        {
            return op switch
            {
                "<" => new ConfigurationValue.Truth(a < b),
                "<=" => new ConfigurationValue.Truth(a <= b),
                ">" => new ConfigurationValue.Truth(a > b),
                ">=" => new ConfigurationValue.Truth(a >= b),
                _ => new ConfigurationValue.Integer(Compute(op, a, b)),
            };
        }
        catch (OverflowException)
        {
            throw new FamilyException(SafeText.Of($"{a} {op} {b} does not fit 64 bits"));
        }
    }

    /// <summary>The whole number that a value is.</summary>
    /// <exception cref="FamilyException">It is not one.</exception>
    public static long Whole(ConfigurationValue value)
        => value.Whole ?? throw new FamilyException(SafeText.Of($"{value.Description} is not a whole number"));

    /// <summary>The items of a list.</summary>
    /// <exception cref="FamilyException">It is not one.</exception>
    public static IReadOnlyList<ConfigurationValue> Items(ConfigurationValue value)
        => value is ConfigurationValue.List list ? list.Items : throw new FamilyException(SafeText.Of($"{value.Description} is not a list"));

    private static long Compute(string op, long a, long b) => op switch
    {
        "+" => checked(a + b),
        "-" => checked(a - b),
        "*" => checked(a * b),
        "//" => Floor(a, b).Quotient,
        "%" => Floor(a, b).Remainder,
        ">>" => a >> Shift(b),
        "<<" => checked(a * (1L << Shift(b))),
        _ => Power(a, b),
    };

    // Rounds towards minus infinity, as Python does.
    private static (long Quotient, long Remainder) Floor(long a, long b)
    {
        if (b == 0)
        {
            throw new FamilyException(SafeText.Of($"{a} is divided by zero"));
        }

        if (b == -1)
        {
            return (checked(-a), 0);
        }

        var (quotient, rest) = Math.DivRem(a, b);
        return rest != 0 && (rest < 0) != (b < 0) ? (quotient - 1, rest + b) : (quotient, rest);
    }

    private static int Shift(long b)
        => b is >= 0 and < 63 ? (int)b : throw new FamilyException(SafeText.Of($"a shift by {b} is not from 0 to 62"));

    private static long Power(long a, long b)
    {
        if (b is < 0 or > 62)
        {
            throw new FamilyException(SafeText.Of($"a power of {b} is not from 0 to 62"));
        }

        var result = 1L;
        for (var i = 0; i < b; i++)
        {
            result = checked(result * a);
        }

        return result;
    }

    // A text never equals a number: whether resblock is "1" or 1 decides which network PyTorch builds.
    private static bool AreEqual(ConfigurationValue left, ConfigurationValue right) => (left, right) switch
    {
        (ConfigurationValue.Text a, ConfigurationValue.Text b) => string.Equals(a.Value, b.Value, StringComparison.Ordinal),
        (ConfigurationValue.Real a, ConfigurationValue.Real b) => a.Value.Equals(b.Value),
        (ConfigurationValue.Null, ConfigurationValue.Null) => true,
        _ => left.Whole is { } a && right.Whole is { } b && a == b,
    };
}
