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
    private const int HighestPower = 64;

    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "<", ">", "&", "|", "and ", "or "];

    private readonly bool withInputs;
    private SymbolicScanner scanner;
    private bool hasPower;

    private SymbolicExpression(ReadOnlySpan<char> text, bool withInputs)
    {
        scanner = new SymbolicScanner(text);
        this.withInputs = withInputs;
    }

    /// <summary>Whether the text is such an expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="withInputs">Whether it may ask for the sizes of inputs: <c>L['x'].size()[0]</c>.</param>
    public static bool IsOne(ReadOnlySpan<char> text, bool withInputs = false)
    {
        var parser = new SymbolicExpression(text, withInputs);
        return text.Length <= LongestText && !text.ContainsAnyExceptInRange(' ', '~') && parser.Conditions(0) && parser.scanner.Skip() == '\0';
    }

    private bool Conditions(int depth)
    {
        if (depth > Deepest)
        {
            return false;
        }

        do
        {
            do
            {
                scanner.Skip();
            }
            while (scanner.TakeNext("not ") || scanner.Take('~'));

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
        scanner.Skip();
        foreach (var sign in Comparisons)
        {
            if (scanner.TakeNext(sign))
            {
                return true;
            }
        }

        return false;
    }

    private bool Sum(int depth)
    {
        do
        {
            scanner.TakeSigns();
            if (!Product(depth))
            {
                return false;
            }
        }
        while (scanner.Skip() is '+' or '-');
        return true;
    }

    private bool Product(int depth)
    {
        while (Power(depth))
        {
            switch (scanner.Rest())
            {
                case ['/', '/', ..]:
                    scanner.Advance(2);
                    break;
                case ['*' or '/' or '%', ..]:
                    scanner.Advance();
                    break;
                default:
                    return true;
            }

            scanner.TakeSigns();
        }

        return false;
    }

    private bool Power(int depth)
    {
        var before = hasPower;
        hasPower = false;
        if (!Operand(depth))
        {
            return false;
        }

        if (scanner.Rest() is ['*', '*', ..])
        {
            scanner.Advance(2);
            if (hasPower || !Exponent())
            {
                return false;
            }

            hasPower = true;
        }

        hasPower |= before;
        return true;
    }

    // A small number or a symbol, and never a power of its own.
    private bool Exponent()
    {
        var inBrackets = scanner.Take('(');
        scanner.Take('-');
        var fits = char.IsAsciiDigit(scanner.Skip())
            ? scanner.Number(out var hasExponent) <= HighestPower && !hasExponent
            : scanner.Name() is not null && scanner.Peek() != '(';
        return fits && (!inBrackets || scanner.Take(')'));
    }

    private bool Operand(int depth)
    {
        if (scanner.Take('('))
        {
            return Bracket(depth);
        }

        return scanner.Skip() is (>= '0' and <= '9') or '.' ? !double.IsNaN(scanner.Number(out _)) : Named(depth);
    }

    // With commas it is a tuple: the condition and the value of a case.
    private bool Bracket(int depth)
    {
        if (!Conditions(depth + 1))
        {
            return false;
        }

        while (scanner.Take(','))
        {
            if (scanner.Skip() != ')' && !Conditions(depth + 1))
            {
                return false;
            }
        }

        return scanner.Take(')');
    }

    private bool Named(int depth)
    {
        if (scanner.Name() is not { } name)
        {
            return false;
        }

        if (withInputs && name == "L" && scanner.Peek() == '[')
        {
            return Input();
        }

        if (scanner.Peek() != '(')
        {
            return SymbolicNames.IsSymbol(name);
        }

        scanner.Advance();
        return SymbolicNames.Powers.Contains(name) ? PowerCall(depth) : SymbolicNames.Functions.Contains(name) && Arguments(depth);
    }

    private bool PowerCall(int depth)
    {
        hasPower = false;
        var fits = Conditions(depth + 1) && !hasPower && scanner.Take(',') && Exponent() && scanner.Take(')');
        hasPower = true;
        return fits;
    }

    private bool Arguments(int depth)
    {
        while (!scanner.Take(')'))
        {
            if (!Conditions(depth + 1) || (!scanner.Take(',') && scanner.Skip() != ')'))
            {
                return false;
            }
        }

        return true;
    }

    // L['x'].size()[0], and no other attribute.
    private bool Input()
    {
        scanner.Advance();
        if (!scanner.TakeQuoted() || !scanner.TakeNext("]"))
        {
            return false;
        }

        while (scanner.Peek() is '[' or '.')
        {
            var fits = scanner.TakeNext(".")
                ? scanner.Name() is { } method && SymbolicNames.Methods.Contains(method) && scanner.TakeNext("()")
                : scanner.TakeNext("[") && !double.IsNaN(scanner.Number(out _)) && scanner.TakeNext("]");
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
