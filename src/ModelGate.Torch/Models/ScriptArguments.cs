using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace ModelGate.Torch.Models;

/// <summary>The arguments of a TorchScript program by name: libtorch's interface for C# tells their number only, the program's own text their names.</summary>
internal static partial class ScriptArguments
{
    private const long LongestText = 1 << 24;

    /// <summary>The names of forward's arguments; null where the archive does not say them plainly.</summary>
    public static IReadOnlyList<string>? Names(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);

            // The first global of data.pkl is the class of the outermost module; code/ has its text at the place of its namespace.
            if (Text(archive, "/data.pkl") is not { } pickle || FirstGlobal().Match(pickle) is not { Success: true } global)
            {
                return null;
            }

            var place = $"/code/{global.Groups["module"].Value.Replace('.', '/')}.py";
            if (Text(archive, place) is not { } code)
            {
                return null;
            }

            var start = code.IndexOf($"class {global.Groups["class"].Value}(", StringComparison.Ordinal);
            return start >= 0 && Forward().Match(code, start) is { Success: true } forward
                ? [.. Argument().Matches(forward.Groups["arguments"].Value).Select(m => m.Groups["name"].Value)]
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Puts inputs in the order of the arguments; where their names are not known or are others, in the order of the inputs' own names.</summary>
    /// <exception cref="ModelException">Their number does not fit.</exception>
    public static IReadOnlyList<object> Order(IReadOnlyList<string>? names, IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (names is not null && names.Count >= inputs.Count && inputs.Keys.All(names.Contains) && names.Take(inputs.Count).All(inputs.ContainsKey))
        {
            return [.. names.Take(inputs.Count).Select(n => inputs[n])];
        }

        return names is null || names.Count == inputs.Count
            ? [.. inputs.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => i.Value)]
            : throw new ModelException(SafeText.Of($"the program takes {string.Join(", ", names)}, and the inputs are {string.Join(", ", inputs.Keys)}"));
    }

    private static string? Text(ZipArchive archive, string ending)
    {
        var entry = archive.Entries.FirstOrDefault(e => e.FullName.EndsWith(ending, StringComparison.Ordinal) && e.FullName.IndexOf('/', StringComparison.Ordinal) == e.FullName.Length - ending.Length);
        if (entry is null || entry.Length > LongestText)
        {
            return null;
        }

        using var reader = new StreamReader(entry.Open(), Encoding.Latin1);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"c(?<module>__torch__[\w.]*)\n(?<class>\w+)\n", RegexOptions.CultureInvariant)]
    private static partial Regex FirstGlobal();

    [GeneratedRegex(@"\G[^\0]*?\n  def forward\(self: [^,)]*(?<arguments>[^)]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Forward();

    [GeneratedRegex(@",\s*(?<name>\w+):", RegexOptions.CultureInvariant)]
    private static partial Regex Argument();
}
