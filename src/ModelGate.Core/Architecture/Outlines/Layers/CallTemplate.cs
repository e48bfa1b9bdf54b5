using System.Text;

namespace ModelGate.Architecture.Outlines.Layers;

/// <summary>The call that makes a layer, with a mark in place of each number: equal templates differ in numbers alone.</summary>
/// <param name="Text">Python. Nothing in it comes from a file.</param>
/// <param name="Slots">What each number is, such as <c>in_channels</c>.</param>
internal sealed record CallTemplate(string Text, IReadOnlyList<string> Slots)
{
    /// <summary>Stands for a number.</summary>
    public const char Mark = '\0';

    /// <summary>A layer without parameters.</summary>
    public static CallTemplate Identity { get; } = new("nn.Identity()", []);

    /// <summary>What is called, up to the first number.</summary>
    public string Function => Text.IndexOf(Mark, StringComparison.Ordinal) is var first and >= 0 ? Text[..first] : Text;

    /// <summary>The call with an expression for each number.</summary>
    public string With(Func<int, string> expression)
    {
        if (Slots.Count == 0)
        {
            return Text;
        }

        var filled = new StringBuilder(Text.Length + 16);
        var slot = 0;
        foreach (var character in Text)
        {
            _ = character == Mark ? filled.Append(expression(slot++)) : filled.Append(character);
        }

        return filled.ToString();
    }
}

/// <summary>Writes the call that makes a layer.</summary>
internal sealed class CallWriter
{
    private readonly StringBuilder text = new();
    private readonly List<string> slots = [];
    private readonly List<long> numbers = [];
    private readonly List<string> remarks = [];

    /// <summary>Appends Python.</summary>
    public CallWriter Add(string python)
    {
        text.Append(python);
        return this;
    }

    /// <summary>Appends a number.</summary>
    public CallWriter Add(string slot, long number)
    {
        text.Append(CallTemplate.Mark);
        slots.Add(slot);
        numbers.Add(number);
        return this;
    }

    /// <summary>Appends a number, or several as a tuple.</summary>
    public CallWriter AddTuple(string slot, IReadOnlyList<long> values, bool collapse)
    {
        if (collapse && values.Count > 0 && values.All(v => v == values[0]))
        {
            return Add(slot, values[0]);
        }

        Add("(");
        for (var i = 0; i < values.Count; i++)
        {
            Add(i == 0 ? "" : ", ").Add(slot, values[i]);
        }

        return Add(values.Count == 1 ? ",)" : ")");
    }

    /// <summary>Appends a keyword argument.</summary>
    public CallWriter AddKeyword(string keyword, long number) => Add(", " + keyword + "=").Add(keyword, number);

    /// <summary>Appends a keyword argument where a condition holds.</summary>
    public CallWriter AddWhere(bool condition, string python) => condition ? Add(python) : this;

    /// <summary>Says what names and shapes do not.</summary>
    public CallWriter Remark(string remark)
    {
        if (remark.Length > 0)
        {
            remarks.Add(remark);
        }

        return this;
    }

    /// <summary>Puts what is there into a call of another function.</summary>
    public CallWriter Wrap(string function, string more)
    {
        text.Insert(0, function + "(").Append(more).Append(')');
        return this;
    }

    /// <summary>The layer.</summary>
    public Layer ToLayer() => new(new CallTemplate(text.ToString(), slots), numbers, remarks);
}

/// <summary>A layer that was recognised.</summary>
/// <param name="Call">How it is made.</param>
/// <param name="Numbers">One a slot.</param>
/// <param name="Remarks">What names and shapes do not tell, a few words each.</param>
internal sealed record Layer(CallTemplate Call, IReadOnlyList<long> Numbers, IReadOnlyList<string> Remarks)
{
    /// <summary>How many channels it gives to what follows; null where it says nothing of that.</summary>
    public long? Channels { get; init; }

    /// <summary>How many dimensions it convolves over; 0 for a linear one, null where it says nothing of that.</summary>
    public int? Dimensions { get; init; }
}
