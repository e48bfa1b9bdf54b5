using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using ModelGate.Artifacts;

namespace ModelGate.Readers.Numpy;

/// <summary>What the element type in a header means to NumPy's own parser: whether it has objects, and its type string where it is one plain number.</summary>
/// <param name="Code">The type string of one plain number, such as <c>&lt;f4</c>; null for records, texts, dates and raw bytes.</param>
/// <param name="HasObjects">Whether the type, a field of it or a part of a field is a Python object: then a pickle follows.</param>
/// <remarks>
/// The grammar is that of numpy.dtype for strings (_convert_from_str and _commastring) and of numpy.lib.format.descr_to_dtype for lists: an order,
/// a character with a size or a name; several with commas between and shapes or repeats before; lists of fields with titles and shapes. What it does
/// not know is not guessed: a spelling could be an object under a new name. Blanks and signs inside of a size, which strtol takes, are not known.
/// </remarks>
internal sealed record NumpyDType(string? Code, bool HasObjects)
{
    private const int Deepest = 32;

    // What a part of a string with commas may be made of: no name with an underscore.
    private static readonly SearchValues<char> PartCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.?[]");

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

    private static readonly FrozenSet<string> ObjectNames = new[] { "O", "O4", "O8", "object", "object_", "object0", "T", "T16" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OtherNames = new[]
    {
        "c", "G", "c32", "complex256", "clongdouble", "clongfloat", "longcomplex", "M", "m",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> UnsizedNames = new[]
    {
        "S", "a", "U", "V", "str", "str_", "str0", "unicode", "unicode_", "bytes", "bytes_", "bytes0", "string_", "void", "void0",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether each element is an array of elements.</summary>
    public bool IsSubArray { get; private init; }

    // Texts and raw bytes without a length: a number behind them is one.
    private bool IsUnsized { get; init; }

    private bool IsRaw { get; init; }

    /// <summary>Parses the type of a header; null where it is not of the grammar.</summary>
    public static NumpyDType? Of(MetadataValue type) => Of(type, 0);

    private static NumpyDType? Of(MetadataValue type, int depth) => type switch
    {
        _ when depth > Deepest => null,
        MetadataValue.Text { Value: var text } => Parse(text),

        // A type with a shape: ('f4', (2,)).
        MetadataValue.List { IsTuple: true, Items: [var inner, var shape] } => Of(inner, depth + 1) is { } parsed ? Shaped(parsed, shape) : null,
        MetadataValue.List { IsTuple: false, Items: { Count: > 0 } fields } => Record(fields, depth),
        _ => null,
    };

    private static NumpyDType? Record(IReadOnlyList<MetadataValue> fields, int depth)
    {
        var hasObjects = false;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (field is not MetadataValue.List { Items: { Count: 2 or 3 } parts } || Of(parts[1], depth + 1) is not { } inner
                || (parts.Count == 2 ? inner : Shaped(inner, parts[2])) is not { } parsed || !Name(parts[0], parsed, names))
            {
                return null;
            }

            hasObjects |= parsed.HasObjects;
        }

        return new NumpyDType(null, hasObjects);
    }

    // A name, or a title and a name; each once. Raw bytes without a name fill a gap.
    private static bool Name(MetadataValue field, NumpyDType type, HashSet<string> names) => field switch
    {
        MetadataValue.Text { Value: "" } when type.IsRaw || type is { IsSubArray: true, HasObjects: false } => true,
        MetadataValue.Text { Value: var name } => names.Add(name),
        MetadataValue.List { IsTuple: true, Items: [MetadataValue.Null, MetadataValue.Text { Value: var name }] } => names.Add(name),
        MetadataValue.List { IsTuple: true, Items: [MetadataValue.Text { Value: var title }, MetadataValue.Text { Value: var name }] } => names.Add(name) && names.Add(title),
        _ => false,
    };

    private static NumpyDType? Shaped(NumpyDType type, MetadataValue shape) => shape switch
    {
        MetadataValue.Integer { Value: >= 0 and <= int.MaxValue } when type.IsUnsized => type with { IsUnsized = false },
        _ when type.IsUnsized => null,
        MetadataValue.Integer { Value: 1 } or MetadataValue.List { IsTuple: true, Items: [] } => type,
        MetadataValue.Integer { Value: >= 0 and <= int.MaxValue } => new NumpyDType(null, type.HasObjects) { IsSubArray = true },
        MetadataValue.List { IsTuple: true, Items: var sizes } when sizes.All(s => s is MetadataValue.Integer { Value: >= 0 and <= int.MaxValue })
            => new NumpyDType(null, type.HasObjects) { IsSubArray = true },
        _ => null,
    };

    private static NumpyDType? Parse(string text)
    {
        if (!HasParts(text))
        {
            return Base(text);
        }

        if (Split(text) is not { } parts)
        {
            return null;
        }

        var parsed = parts.ConvertAll(Part);
        return parsed.Contains(null) ? null : parsed is [var only] ? only : new NumpyDType(null, parsed.Exists(p => p!.HasObjects));
    }

    // A comma outside of square brackets, or a number or an empty shape in front.
    private static bool HasParts(string text)
    {
        var start = WithoutOrder(text);
        if (text.Length == 0 || char.IsAsciiDigit(start[0]) || start.StartsWith("()", StringComparison.Ordinal))
        {
            return text.Length > 0;
        }

        var open = 0;
        foreach (var character in text.AsSpan(1))
        {
            open += character switch { '[' => 1, ']' => -1, _ => 0 };
            if (character == ',' && open == 0)
            {
                return true;
            }
        }

        return false;
    }

    // At commas outside of brackets; one at the end is allowed.
    private static List<string>? Split(string text)
    {
        var parts = new List<string>();
        var (begin, open) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            open += text[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (text[i] == ',' && open == 0)
            {
                parts.Add(text[begin..i]);
                begin = i + 1;
            }
        }

        if (begin < text.Length)
        {
            parts.Add(text[begin..]);
        }

        // Blanks may stand around commas and at the end, not at the beginning.
        return open == 0 && parts[0].TrimStart() == parts[0] ? parts.ConvertAll(p => p.Trim()) : null;
    }

    // An order before or behind repeats or a shape, and a type: <3f4, (2,3)>i2.
    private static NumpyDType? Part(string part)
    {
        var (before, rest) = Order(part);
        MetadataValue? shape = null;
        rest = rest.TrimStart(' ');
        if (rest.StartsWith('('))
        {
            var close = rest.IndexOf(')', StringComparison.Ordinal);
            if (close < 0 || (shape = Sizes(rest[1..close])) is null)
            {
                return null;
            }

            rest = rest[(close + 1)..];
        }
        else if (rest.Length > 0 && char.IsAsciiDigit(rest[0]))
        {
            var digits = rest.AsSpan().IndexOfAnyExceptInRange('0', '9');
            if (digits < 0 || (shape = Size(rest[..digits])) is null)
            {
                return null;
            }

            rest = rest[digits..];
        }

        var (behind, name) = Order(rest.TrimStart(' '));
        if ((before is not null && behind is not null && before != behind) || name.AsSpan().ContainsAnyExcept(PartCharacters))
        {
            return null;
        }

        // Only the order of another machine is looked at any more.
        return Base((before ?? behind) == '>' ? '>' + name : name) is not { } type ? null : shape is null ? type : Shaped(type, shape);
    }

    private static (char? Order, string Name) Order(string text) => text.Length > 0 && text[0] is '<' or '>' or '=' or '|' ? (text[0], text[1..]) : (null, text);

    // What stands between brackets as Python reads it: (2) is a number, (2,) and (2, 3) are tuples.
    private static MetadataValue? Sizes(string text)
    {
        var sizes = text.Split(',').Select(s => s.Trim(' ')).ToList();
        if (sizes is [""])
        {
            return new MetadataValue.List([]) { IsTuple = true };
        }

        var isTuple = sizes.Count > 1;
        if (isTuple && sizes[^1].Length == 0)
        {
            sizes.RemoveAt(sizes.Count - 1);
        }

        var parsed = sizes.ConvertAll(Size);
        return parsed.Contains(null) ? null : isTuple ? new MetadataValue.List([.. parsed.Select(p => p!)]) { IsTuple = true } : parsed[0];
    }

    private static MetadataValue? Size(string digits)
        => digits.Length is > 0 and <= 10 && digits.All(char.IsAsciiDigit) && (digits == "0" || digits[0] != '0')
            ? new MetadataValue.Integer(long.Parse(digits, CultureInfo.InvariantCulture))
            : null;

    private static NumpyDType? Base(string text)
    {
        // An order stands before a character, with or without a size, and before dates; never before a name.
        var (order, name) = Order(text);
        if (name.Length == 0 || (order is not null && !(name.Length == 1 || name.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 || IsDate(name))))
        {
            return null;
        }

        if (ObjectNames.Contains(name))
        {
            return Objects;
        }

        if (Numbers.TryGetValue(name, out var code))
        {
            return new NumpyDType(code[0] == '|' ? code : (order == '>' ? ">" : "<") + code, false);
        }

        var isRaw = name[0] is 'V' or 'v';
        return UnsizedNames.Contains(name) ? new NumpyDType(null, false) { IsUnsized = true, IsRaw = isRaw }
            : OtherNames.Contains(name) || IsDate(name) ? Other
            : IsSized(name) ? new NumpyDType(null, false) { IsRaw = isRaw }
            : null;
    }

    // Texts, bytes and raw bytes with their length.
    private static bool IsSized(string name) => name is ['S' or 'a' or 'U' or 'V', .. { Length: > 0 and <= 9 } digits] && digits.All(char.IsAsciiDigit);

    // Dates and durations with their unit.
    private static bool IsDate(string name)
    {
        string[] kinds = ["M8", "m8", "datetime64", "timedelta64"];
        var kind = Array.Find(kinds, k => name.StartsWith(k, StringComparison.Ordinal));
        return kind is not null && (name.Length == kind.Length || IsUnit(name.AsSpan(kind.Length)));
    }

    // A unit, with a multiple of it: [25s].
    private static bool IsUnit(ReadOnlySpan<char> text)
        => text is ['[', .. { Length: > 0 } unit, ']']
            && unit.TrimStart("0123456789") is "Y" or "M" or "W" or "D" or "h" or "m" or "s" or "ms" or "us" or "\u03bcs" or "ns" or "ps" or "fs" or "as" or "generic";

    private static string WithoutOrder(string text) => text.Length > 1 ? Order(text).Name : text;
}
