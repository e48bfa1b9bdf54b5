namespace ModelGate.Configuration;

/// <summary>
/// A pattern of paths with forward slashes. Within a name, <c>*</c> stands for any characters, <c>?</c> for one, <c>[0-9]</c> for one of a set and
/// <c>[!0-9]</c> for one outside of it, <c>{a,b}</c> for either text; <c>**</c> as a whole name stands for any folders, and at the end for all that is in them.
/// </summary>
/// <remarks>Upper and lower case differ, as they do where models are trained. The cost is bounded by the lengths of pattern and path multiplied.</remarks>
internal sealed class Glob
{
    /// <summary>Most patterns that the braces of one pattern may stand for.</summary>
    public const int MostAlternatives = 256;

    private const string AnyFolders = "**";

    private readonly string[][] alternatives;

    /// <param name="pattern">The pattern.</param>
    /// <exception cref="FormatException">Its braces stand for more patterns than are allowed.</exception>
    public Glob(string pattern) => alternatives = [.. Expand(pattern).Select(Split)];

    /// <summary>Whether a part of a pattern stands for other text than its own.</summary>
    public static bool HasWildcard(string part) => part.AsSpan().ContainsAny("*?[{");

    /// <summary>Whether a path fits.</summary>
    public bool Fits(string path)
    {
        var parts = Split(path);
        return Array.Exists(alternatives, a => Fits(a, parts));
    }

    /// <summary>The patterns without braces that a pattern stands for; a brace without its partner, or without a comma, is text.</summary>
    /// <exception cref="FormatException">They are too many.</exception>
    internal static IReadOnlyList<string> Expand(string pattern)
    {
        var expanded = new List<string>();
        var pending = new Stack<(string Pattern, int From)>([(pattern, 0)]);
        while (pending.TryPop(out var next))
        {
            if (FindBraces(next.Pattern, next.From) is not var (open, close, commas))
            {
                expanded.Add(next.Pattern);
            }
            else
            {
                var edges = new List<int>([open, .. commas, close]);
                for (var i = edges.Count - 2; i >= 0; i--)
                {
                    var choice = next.Pattern[(edges[i] + 1)..edges[i + 1]];
                    pending.Push((next.Pattern[..open] + choice + next.Pattern[(close + 1)..], open));
                }
            }

            if (expanded.Count + pending.Count > MostAlternatives)
            {
                throw new FormatException($"the braces of a pattern stand for more than {MostAlternatives} patterns");
            }
        }

        return expanded;
    }

    private static (int Open, int Close, List<int> Commas)? FindBraces(string pattern, int from)
    {
        for (var open = pattern.IndexOf('{', from); open >= 0; open = pattern.IndexOf('{', open + 1))
        {
            var commas = new List<int>();
            var depth = 0;
            for (var at = open; at < pattern.Length; at++)
            {
                depth += pattern[at] == '{' ? 1 : pattern[at] == '}' ? -1 : 0;
                if (pattern[at] == ',' && depth == 1)
                {
                    commas.Add(at);
                }

                if (depth == 0)
                {
                    if (commas.Count > 0)
                    {
                        return (open, at, commas);
                    }

                    break;
                }
            }
        }

        return null;
    }

    private static string[] Split(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").ToArray();

        // A folder's name with a slash behind it means what is in the folder.
        return path.EndsWith('/') ? [.. parts, AnyFolders] : parts;
    }

    // The greedy match with one point to come back to, which is enough for a star, and for names as well as for folders.
    private static bool Fits(string[] pattern, string[] path)
    {
        int at = 0, name = 0, star = -1, resume = 0;
        while (name < path.Length)
        {
            if (at < pattern.Length && pattern[at] == AnyFolders)
            {
                (star, resume) = (at++, name);
            }
            else if (at < pattern.Length && NameFits(pattern[at], path[name]))
            {
                at++;
                name++;
            }
            else if (star >= 0)
            {
                (at, name) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == AnyFolders)
        {
            at++;
        }

        return at == pattern.Length;
    }

    private static bool NameFits(string pattern, string name)
    {
        // "*.*" has meant every file since before there were files without a dot.
        pattern = pattern == "*.*" ? "*" : pattern;
        int at = 0, character = 0, star = -1, resume = 0;
        while (character < name.Length)
        {
            var length = 1;
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resume) = (at++, character);
            }
            else if (at < pattern.Length && CharacterFits(pattern, at, name[character], out length))
            {
                at += length;
                character++;
            }
            else if (star >= 0)
            {
                (at, character) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == '*')
        {
            at++;
        }

        return at == pattern.Length;
    }

    private static bool CharacterFits(string pattern, int at, char character, out int length)
    {
        length = 1;
        if (pattern[at] == '?')
        {
            return true;
        }

        // A bracket right behind the first one is a member of the set, and one without a partner is text.
        var isNot = pattern[at] == '[' && at + 1 < pattern.Length && pattern[at + 1] is '!' or '^';
        var first = at + (isNot ? 2 : 1);
        var end = pattern[at] == '[' && first < pattern.Length ? pattern.IndexOf(']', first + 1) : -1;
        if (end < 0)
        {
            return pattern[at] == character;
        }

        length = end + 1 - at;
        var isIn = false;
        for (var i = first; i < end; i++)
        {
            if (i + 2 < end && pattern[i + 1] == '-')
            {
                isIn |= character >= pattern[i] && character <= pattern[i + 2];
                i += 2;
            }
            else
            {
                isIn |= character == pattern[i];
            }
        }

        return isIn != isNot;
    }
}
