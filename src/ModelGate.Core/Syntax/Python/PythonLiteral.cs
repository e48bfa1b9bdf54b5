using System.Buffers;
using System.Globalization;
using System.Text;
using ModelGate.Artifacts;

namespace ModelGate.Syntax.Python;

/// <summary>Reads the repr of a Python dict of scalars, lists, tuples and dicts into scalars by dotted path. Nothing is evaluated.</summary>
internal ref struct PythonLiteral
{
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(",:]})");

    private readonly ReadOnlySpan<char> text;
    private readonly int nesting;
    private int at;

    private PythonLiteral(ReadOnlySpan<char> text, int nesting)
    {
        this.text = text;
        this.nesting = nesting;
    }

    /// <summary>Reads a dict; false where the text is not one, or is nested too deeply.</summary>
    /// <param name="text">The repr.</param>
    /// <param name="nesting">The deepest nesting of containers.</param>
    /// <param name="values">The scalars and lists of scalars by dotted path; where a key occurs twice the later one, as in Python.</param>
    public static bool TryReadDict(ReadOnlySpan<char> text, int nesting, out Dictionary<string, MetadataValue> values)
    {
        values = new(StringComparer.Ordinal);
        var reader = new PythonLiteral(text, nesting);
        return reader.Skip() == '{' && reader.Read(values) && reader.Skip() == '\0';
    }

    // A stack of our own: the depth of the text must not become the depth of ours.
    private bool Read(Dictionary<string, MetadataValue> values)
    {
        var open = new Stack<Container>();
        do
        {
            if (open.TryPeek(out var inner) && Skip() == inner.Close)
            {
                at++;
                open.Pop();
                if (open.TryPeek(out var outer)
                    && !(inner.Items is { } list ? Attach(outer, values, new MetadataValue.List(list) { IsTuple = inner.IsTuple }) : IsEndOfItem(outer)))
                {
                    return false;
                }

                continue;
            }

            if (inner is { IsDict: true } && !TryReadKey(inner))
            {
                return false;
            }

            if (Skip() is '{' or '[' or '(')
            {
                if (open.Count >= nesting || (text[at] == '{' && inner is { IsDict: false }))
                {
                    return false;
                }

                open.Push(Container.Of(text[at++], inner));
            }
            else if (inner is null || !TryReadScalar(out var value) || !Attach(inner, values, value))
            {
                return false;
            }
        }
        while (open.Count > 0);
        return true;
    }

    private bool Attach(Container parent, Dictionary<string, MetadataValue> values, MetadataValue value)
    {
        if (parent.Items is { } items)
        {
            items.Add(value);
        }
        else
        {
            values[parent.Path + parent.Key] = value;
        }

        return IsEndOfItem(parent);
    }

    private bool IsEndOfItem(Container parent)
    {
        var next = Skip();
        if (next == ',')
        {
            at++;
            parent.HasComma = true;
            return true;
        }

        return next == parent.Close;
    }

    private bool TryReadKey(Container dict)
    {
        if (!TryReadScalar(out var key) || Skip() != ':')
        {
            return false;
        }

        at++;
        dict.Key = key switch
        {
            MetadataValue.Text name => name.Value,
            MetadataValue.Integer number => number.Value.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        return dict.Key is not null;
    }

    private bool TryReadScalar(out MetadataValue value)
    {
        value = new MetadataValue.Null();
        if (Skip() is '\'' or '"')
        {
            var read = TryReadText(out var content);
            value = new MetadataValue.Text(content);
            return read;
        }

        var rest = text[at..];
        var length = rest.IndexOfAny(WordEnds);
        var word = (length < 0 ? rest : rest[..length]).TrimEnd();
        at += word.Length;
        switch (word)
        {
            case "None":
                return true;
            case "True" or "False":
                value = new MetadataValue.Bool(word[0] == 'T');
                return true;
            case "nan":
                value = new MetadataValue.Real(double.NaN);
                return true;
            case "inf" or "-inf":
                value = new MetadataValue.Real(word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity);
                return true;
        }

        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            value = new MetadataValue.Integer(integer);
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (word.ContainsAnyInRange('0', '9') && double.TryParse(word, Style, CultureInfo.InvariantCulture, out var real))
        {
            value = new MetadataValue.Real(real);
            return true;
        }

        // The repr of an object, <Namespace at 0x7f…>, is told by its name and never more.
        value = new MetadataValue.Opaque(word.ToString());
        return word.Length > 0;
    }

    private bool TryReadText(out string content)
    {
        var quote = text[at++];
        var builder = new StringBuilder();
        while (at < text.Length)
        {
            var character = text[at++];
            if (character == quote)
            {
                content = builder.ToString();
                return true;
            }

            if (character == '\\' && at < text.Length)
            {
                // Windows paths are what reprs escape. Other escapes stay as they are written.
                var escaped = text[at++];
                if (escaped is not ('\\' or '\'' or '"'))
                {
                    builder.Append('\\');
                }

                builder.Append(escaped);
            }
            else
            {
                builder.Append(character);
            }
        }

        content = "";
        return false;
    }

    private char Skip()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at < text.Length ? text[at] : '\0';
    }

    private sealed record Container(char Close, bool IsDict, string Path)
    {
        public string? Key { get; set; }

        public bool HasComma { get; set; }

        /// <summary>Whether it is a tuple: (x) is x in brackets.</summary>
        public bool IsTuple => Close == ')' && (HasComma || Items is { Count: 0 });

        public List<MetadataValue>? Items { get; } = IsDict ? null : [];

        public static Container Of(char start, Container? parent)
            => new(
                start switch { '{' => '}', '[' => ']', _ => ')' },
                start == '{',
                parent?.Key is { } key ? parent.Path + key + "." : "");
    }
}
