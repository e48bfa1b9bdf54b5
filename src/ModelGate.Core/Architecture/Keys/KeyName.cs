using System.Text.RegularExpressions;

namespace ModelGate.Architecture.Keys;

/// <summary>The parts of a key's name, and the form that all spellings of one key share.</summary>
internal static partial class KeyName
{
    /// <summary>Deepest part of a name that is looked at by itself: real ones have ten, and a name of a million dots costs no more.</summary>
    public const int Deepest = 24;

    /// <summary>One name for all the spellings of a key: weight norm, layer norm, dots and underscores.</summary>
    public static string Canonical(string name)
    {
        name = name.Replace('_', '.');
        if (name.Contains(".parametrizations.", StringComparison.Ordinal))
        {
            name = Parametrized().Replace(name, ".$1");
        }

        return name.EndsWith(".weight.g", StringComparison.Ordinal) || name.EndsWith(".weight.v", StringComparison.Ordinal) ? name[..^2]
            : name.EndsWith(".gamma", StringComparison.Ordinal) ? name[..^5] + "weight"
            : name.EndsWith(".beta", StringComparison.Ordinal) ? name[..^4] + "bias"
            : name;
    }

    /// <summary>The name with every index as <c>*</c>.</summary>
    public static string Pattern(string name) => Index().Replace(name, "$1*");

    /// <summary>The name before its first dot.</summary>
    public static string Top(string name) => name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? name[..dot] : name;

    /// <summary>The name before its last dot; empty where there is none.</summary>
    public static string Parent(string name) => name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : "";

    /// <summary>The name after its last dot.</summary>
    public static string Leaf(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>Whether a part is an index as a module list writes it: digits without a leading zero, few enough for an int.</summary>
    public static bool IsIndex(ReadOnlySpan<char> part)
        => !part.IsEmpty && part.Length < 10 && (part[0] != '0' || part.Length == 1) && !part.ContainsAnyExceptInRange('0', '9');

    /// <summary>Where the name has one of the parts, whole, between dots.</summary>
    public static bool HasPart(string name, params ReadOnlySpan<string> parts)
    {
        foreach (var range in name.AsSpan().Split('.'))
        {
            foreach (var part in parts)
            {
                if (name.AsSpan(range).SequenceEqual(part))
                {
                    return true;
                }
            }
        }

        return false;
    }

    [GeneratedRegex(@"\.parametrizations\.(\w+)\.original[01]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Parametrized();

    [GeneratedRegex(@"(^|\.)\d+(?=\.|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Index();
}
