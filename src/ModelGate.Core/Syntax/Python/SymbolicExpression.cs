using System.Collections.Frozen;

namespace ModelGate.Syntax.Python;

/// <summary>Recognises arithmetic over symbols, as PyTorch writes sizes that depend on an input. PyTorch hands such a text to Python's eval; here it is only parsed.</summary>
/// <remarks>
/// The grammar is closed: numbers, names, a known function with arguments, operators, brackets. Names are never called unless they are known,
/// nothing has attributes, and no power can grow beyond what a size needs.
/// </remarks>
internal ref struct SymbolicExpression
{
    private const int LongestText = 64 << 10;
    private const int Deepest = 64;
    private const int MostDigits = 24;
    private const int HighestPower = 64;

    private static readonly FrozenSet<string> Functions = new[]
    {
        "FloorDiv", "ModularIndexing", "Where", "PythonMod", "Mod", "CleanDiv", "CeilDiv", "CeilToInt", "FloorToInt", "TruncToInt", "TruncToFloat", "RoundToInt", "RoundDecimal", "ToFloat",
        "FloatTrueDiv", "IntTrueDiv", "Identity", "IsNonOverlappingAndDenseIndicator", "Max", "Min", "Abs", "Eq", "Ne", "Lt", "Le", "Gt", "Ge", "And", "Or", "Not", "Xor", "floor", "ceiling", "sqrt", "log",
        "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan", "Piecewise", "ExprCondPair", "Rational", "Integer", "Float",
        "OpaqueUnaryFn_sqrt", "OpaqueUnaryFn_cos", "OpaqueUnaryFn_cosh", "OpaqueUnaryFn_sin", "OpaqueUnaryFn_sinh", "OpaqueUnaryFn_tan", "OpaqueUnaryFn_tanh", "OpaqueUnaryFn_asin", "OpaqueUnaryFn_acos",
        "OpaqueUnaryFn_atan", "OpaqueUnaryFn_exp", "OpaqueUnaryFn_log", "OpaqueUnaryFn_log2", "OpaqueUnaryFn_asinh", "BitwiseFn_bitwise_and", "BitwiseFn_bitwise_or", "BitwiseFn_bitwise_xor",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Powers = new[] { "Pow", "PowByNatural", "FloatPow", "LShift", "RShift" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Methods = new[] { "size", "stride", "storage_offset" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "<", ">", "&", "|", " and ", " or "];

    private readonly ReadOnlySpan<char> text;
    private readonly bool withInputs;
    private int at;
    private bool hasPower;

    private SymbolicExpression(ReadOnlySpan<char> text, bool withInputs)
    {
        this.text = text;
        this.withInputs = withInputs;
    }

    /// <summary>Whether the text is such an expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="withInputs">Whether it may ask for the sizes of inputs: <c>L['x'].size()[0]</c>.</param>
    public static bool IsOne(ReadOnlySpan<char> text, bool withInputs = false)
    {
        var parser = new SymbolicExpression(text, withInputs);
        return text.Length <= LongestText && !text.ContainsAnyExceptInRange(' ', '~') && parser.Conditions(0) && parser.Skip() == '\0';
    }

    private bool Conditions(int depth)
    {
        if (depth > Deepest)
        {
            return false;
        }

        do
        {
            Skip();
            while (text[at..].StartsWith("not ", StringComparison.Ordinal) || Skip() == '~')
            {
                at += text[at] == '~' ? 1 : 4;
            }

            if (!Sum(depth))
            {
                return false;
            }
        }
        while (TakeComparison());
        return true;
    }

    private bool TakeComparison()
    {
        foreach (var sign in Comparisons)
        {
            var rest = sign[0] == ' ' && at > 0 ? text[at..] : SkipTo();
            if (rest.StartsWith(sign, StringComparison.Ordinal))
            {
                at += sign.Length;
                return true;
            }
        }

        return false;
    }

    private bool Sum(int depth)
    {
        do
        {
            while (Skip() is '+' or '-')
            {
                at++;
            }

            if (!Product(depth))
            {
                return false;
            }
        }
        while (Skip() is '+' or '-');
        return true;
    }

    private bool Product(int depth)
    {
        while (true)
        {
            if (!Power(depth))
            {
                return false;
            }

            switch (SkipTo())
            {
                case ['/', '/', ..]:
                    at += 2;
                    break;
                case ['*' or '/' or '%', ..]:
                    at++;
                    break;
                default:
                    return true;
            }

            while (Skip() is '+' or '-')
            {
                at++;
            }
        }
    }

    private bool Power(int depth)
    {
        var before = hasPower;
        hasPower = false;
        if (!Operand(depth))
        {
            return false;
        }

        if (SkipTo() is ['*', '*', ..])
        {
            at += 2;
            if (hasPower || !Exponent())
            {
                return false;
            }

            hasPower = true;
        }

        hasPower |= before;
        return true;
    }

    private bool Exponent()
    {
        var close = Skip() == '(';
        at += close ? 1 : 0;
        if (Skip() == '-')
        {
            at++;
        }

        Skip();
        if (char.IsAsciiDigit(Peek()))
        {
            var start = at;
            if (!Number() || text[start..at].Contains('e') || !double.TryParse(text[start..at], System.Globalization.CultureInfo.InvariantCulture, out var power) || power > HighestPower)
            {
                return false;
            }
        }
        else if (Name() is not { Length: > 0 } || Peek() == '(')
        {
            return false;
        }

        if (close)
        {
            return Skip() == ')' && ++at > 0;
        }

        return true;
    }

    private bool Operand(int depth)
    {
        switch (Skip())
        {
            case '(':
                at++;
                if (!Conditions(depth + 1))
                {
                    return false;
                }

                // A tuple: the condition and the value of a case.
                while (Skip() == ',')
                {
                    at++;
                    if (Skip() != ')' && !Conditions(depth + 1))
                    {
                        return false;
                    }
                }

                return Skip() == ')' && ++at > 0;
            case >= '0' and <= '9' or '.':
                return Number();
            default:
                return Named(depth);
        }
    }

    private bool Named(int depth)
    {
        if (Name() is not { Length: > 0 } name)
        {
            return false;
        }

        if (withInputs && name == "L" && Peek() == '[')
        {
            return Input();
        }

        if (Peek() != '(')
        {
            return name is not ("lambda" or "if" or "else" or "for" or "in" or "is" or "await" or "yield" or "not" or "and" or "or");
        }

        at++;
        if (Powers.Contains(name))
        {
            hasPower = false;
            var fits = Conditions(depth + 1) && !hasPower && Skip() == ',' && ++at > 0 && Exponent() && Skip() == ')' && ++at > 0;
            hasPower = true;
            return fits;
        }

        if (!Functions.Contains(name))
        {
            return false;
        }

        while (Skip() != ')')
        {
            if (!Conditions(depth + 1) || Skip() is not (',' or ')'))
            {
                return false;
            }

            at += Peek() == ',' ? 1 : 0;
        }

        at++;
        return true;
    }

    // L['x'].size()[0], and no other attribute.
    private bool Input()
    {
        at++;
        var quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            return false;
        }

        var length = text[(at + 1)..].IndexOf(quote);
        if (length < 0 || text.Slice(at + 1, length).ContainsAny('\\', '[', ']'))
        {
            return false;
        }

        at += length + 2;
        if (Peek() != ']')
        {
            return false;
        }

        at++;
        while (Peek() is '[' or '.')
        {
            if (text[at++] == '.')
            {
                if (Name() is not { } method || !Methods.Contains(method) || !text[at..].StartsWith("()", StringComparison.Ordinal))
                {
                    return false;
                }

                at += 2;
            }
            else if (!Number() || Peek() != ']')
            {
                return false;
            }
            else
            {
                at++;
            }
        }

        return true;
    }

    private bool Number()
    {
        var start = at;
        while (char.IsAsciiDigit(Peek()) || Peek() == '.' || (Peek() == 'e' && at > start) || (Peek() is '+' or '-' && at > start && text[at - 1] == 'e'))
        {
            at++;
        }

        var number = text[start..at];
        return number.Length is > 0 and <= MostDigits && double.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            && !char.IsAsciiLetter(Peek()) && Peek() is not '_';
    }

    private string Name()
    {
        var start = at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_')
        {
            at++;
        }

        var name = text[start..at];
        return name.Length is > 0 and <= 64 && !char.IsAsciiDigit(name[0]) && !name.Contains("__", StringComparison.Ordinal) ? name.ToString() : "";
    }

    private readonly char Peek() => at < text.Length ? text[at] : '\0';

    private char Skip() => SkipTo() is [var next, ..] ? next : '\0';

    private ReadOnlySpan<char> SkipTo()
    {
        while (Peek() == ' ')
        {
            at++;
        }

        return text[at..];
    }
}
