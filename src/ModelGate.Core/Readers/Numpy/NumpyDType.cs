using System.Collections.Frozen;
using ModelGate.Artifacts;

namespace ModelGate.Readers.Numpy;

/// <summary>What the element type in a header means to NumPy's own parser: whether it has objects, and its type string where it is one plain number.</summary>
/// <param name="Code">The type string of one plain number, such as <c>&lt;f4</c>; null for records, texts, dates and raw bytes.</param>
/// <param name="HasObjects">Whether the type, a field of it or a part of a field is a Python object: then a pickle follows.</param>
/// <remarks>
/// The grammar is numpy.dtype's for strings and lists: an order, a character with a size or a name; several with commas between and shapes or
/// repeats before; lists of fields with titles and shapes. What it does not know is not guessed: a spelling could be an object under a new name.
/// </remarks>
internal sealed record NumpyDType(string? Code, bool HasObjects)
{
    private const int Deepest = 32;

    private static readonly NumpyDType Objects = new(null, true);
    private static readonly NumpyDType Other = new(null, false);

    // Names and single characters of numbers, by what a little-endian machine makes of them.
    private static readonly FrozenDictionary<string, string> Numbers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["?"] = "|b1", ["bool"] = "|b1", ["bool_"] = "|b1", ["bool8"] = "|b1", ["b1"] = "|b1",
        ["b"] = "|i1", ["i1"] = "|i1", ["int8"] = "|i1", ["byte"] = "|i1", ["B"] = "|u1", ["u1"] = "|u1", ["uint8"] = "|u1", ["ubyte"] = "|u1",
        ["h"] = "i2", ["i2"] = "i2", ["int16"] = "i2", ["short"] = "i2", ["H"] = "u2", ["u2"] = "u2", ["uint16"] = "u2", ["ushort"] = "u2",
        ["i"] = "i4", ["i4"] = "i4", ["int32"] = "i4", ["intc"] = "i4", ["I"] = "u4", ["u4"] = "u4", ["uint32"] = "u4", ["uintc"] = "u4",
        ["l"] = "i8", ["q"] = "i8", ["p"] = "i8", ["i8"] = "i8", ["int64"] = "i8", ["int"] = "i8", ["int_"] = "i8", ["intp"] = "i8", ["int0"] = "i8", ["long"] = "i8", ["longlong"] = "i8",
        ["L"] = "u8", ["Q"] = "u8", ["P"] = "u8", ["u8"] = "u8", ["uint64"] = "u8", ["uint"] = "u8", ["uintp"] = "u8", ["uint0"] = "u8", ["ulong"] = "u8", ["ulonglong"] = "u8",
        ["e"] = "f2", ["f2"] = "f2", ["float16"] = "f2", ["half"] = "f2",
        ["f"] = "f4", ["f4"] = "f4", ["float32"] = "f4", ["single"] = "f4",
        ["d"] = "f8", ["f8"] = "f8", ["float64"] = "f8", ["float"] = "f8", ["float_"] = "f8", ["double"] = "f8",
        ["g"] = "f16", ["f16"] = "f16", ["float128"] = "f16", ["longdouble"] = "f16", ["longfloat"] = "f16",
        ["F"] = "c8", ["c8"] = "c8", ["complex64"] = "c8", ["csingle"] = "c8", ["singlecomplex"] = "c8",
        ["D"] = "c16", ["c16"] = "c16", ["complex128"] = "c16", ["complex"] = "c16", ["complex_"] = "c16", ["cdouble"] = "c16", ["cfloat"] = "c16",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> ObjectNames = new[] { "O", "O4", "O8", "object", "object_", "object0", "Object0" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OtherNames = new[]
    {
        "c", "G", "c32", "complex256", "clongdouble", "clongfloat", "longcomplex", "str", "str_", "str0", "unicode", "unicode_", "bytes", "bytes_", "bytes0", "string_",
        "void", "void0", "datetime64", "timedelta64", "T", "StringDType",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Parses the type of a header; null where it is not of the grammar.</summary>
    public static NumpyDType? Of(MetadataValue type) => Of(type, 0);

    private static NumpyDType? Of(MetadataValue type, int depth) => type switch
    {
        _ when depth > Deepest => null,
        MetadataValue.Text { Value: var text } => Parse(text),

        // A type with a shape: ('f4', (2,)).
        MetadataValue.List { Items: [MetadataValue.Text or MetadataValue.List, MetadataValue.Integer or MetadataValue.List { Items: [] or [MetadataValue.Integer, ..] }] items } when IsShape(items[1])
            => Of(items[0], depth + 1) is { } inner ? inner with { Code = null } : null,
        MetadataValue.List { Items: { Count: > 0 } fields } => Record(fields, depth),
        _ => null,
    };

    private static NumpyDType? Record(IReadOnlyList<MetadataValue> fields, int depth)
    {
        var hasObjects = false;
        foreach (var field in fields)
        {
            if (field is not MetadataValue.List { Items: { Count: 2 or 3 } parts } || !IsFieldName(parts[0]) || !parts.Skip(2).All(IsShape)
                || Of(parts[1], depth + 1) is not { } parsed)
            {
                return null;
            }

            hasObjects |= parsed.HasObjects;
        }

        return new NumpyDType(null, hasObjects);
    }

    // A name, or a title and a name.
    private static bool IsFieldName(MetadataValue name)
        => name is MetadataValue.Text or MetadataValue.List { Items: [MetadataValue.Text or MetadataValue.Null, MetadataValue.Text] };

    private static bool IsShape(MetadataValue shape)
        => shape is MetadataValue.Integer || (shape is MetadataValue.List { Items: var sizes } && sizes.All(s => s is MetadataValue.Integer));

    private static NumpyDType? Parse(string text)
    {
        if (Split(text) is not { } parts)
        {
            return null;
        }

        if (parts is [var single] && Base(single) is { } plain)
        {
            return plain;
        }

        var hasObjects = false;
        foreach (var part in parts)
        {
            if (Repeated(part) is not { } parsed)
            {
                return null;
            }

            hasObjects |= parsed.HasObjects;
        }

        return new NumpyDType(null, hasObjects);
    }

    // At commas outside of brackets; one at the end is allowed.
    private static List<string>? Split(string text)
    {
        var parts = new List<string>();
        var (begin, open) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            open += text[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (open < 0)
            {
                return null;
            }

            if (text[i] == ',' && open == 0)
            {
                parts.Add(text[begin..i].Trim());
                begin = i + 1;
            }
        }

        if (text[begin..].Trim() is { Length: > 0 } last)
        {
            parts.Add(last);
        }

        return open == 0 && parts.Count > 0 ? parts : null;
    }

    // An order, repeats or a shape, an order, and a type: <3f4, (2,3)>i2.
    private static NumpyDType? Repeated(string part)
    {
        var rest = WithoutOrder(part).TrimStart();
        if (rest.StartsWith('('))
        {
            var close = rest.IndexOf(')', StringComparison.Ordinal);
            if (close < 0 || rest.AsSpan(1, close - 1).ContainsAnyExcept("0123456789, "))
            {
                return null;
            }

            rest = rest[(close + 1)..].TrimStart();
        }
        else
        {
            rest = rest.TrimStart("0123456789".ToCharArray()).TrimStart();
        }

        return Base(rest);
    }

    private static NumpyDType? Base(string text)
    {
        var name = WithoutOrder(text);
        if (ObjectNames.Contains(name))
        {
            return Objects;
        }

        if (Numbers.TryGetValue(name, out var code))
        {
            return new NumpyDType(code[0] == '|' ? code : (text[0] == '>' ? ">" : "<") + code, false);
        }

        if (OtherNames.Contains(name))
        {
            return Other;
        }

        return name switch
        {
            // Texts, bytes and raw bytes with their length.
            ['S' or 'a' or 'U' or 'V', .. var digits] when digits.All(char.IsAsciiDigit) => Other,

            // Dates and durations with their unit.
            ['M' or 'm', .. var rest] when IsDate(rest, "8") => Other,
            _ when name.StartsWith("datetime64", StringComparison.Ordinal) && IsDate(name[8..], "64") => Other,
            _ when name.StartsWith("timedelta64", StringComparison.Ordinal) && IsDate(name[9..], "64") => Other,
            _ => null,
        };
    }

    private static bool IsDate(string rest, string bytes)
        => rest == bytes || (rest.StartsWith(bytes + "[", StringComparison.Ordinal) && rest.EndsWith(']') && rest[(bytes.Length + 1)..^1].All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '\u03bc'));

    private static string WithoutOrder(string text) => text.Length > 1 && text[0] is '<' or '>' or '=' or '|' ? text[1..] : text;
}
