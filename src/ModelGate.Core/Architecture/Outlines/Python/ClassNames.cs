using System.Globalization;
using System.Text;

namespace ModelGate.Architecture.Outlines.Python;

/// <summary>Names for classes, from the attributes that hold their modules: <c>resblocks</c> gives ResBlock.</summary>
internal sealed class ClassNames
{
    private const int Longest = 40;

    private static readonly string[] Ends = ["block", "layer", "net", "norm", "attention", "encoder", "decoder", "predictor"];

    // What everybody reads as PyTorch's own, and what Python has.
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "Conv", "Linear", "Embedding", "Norm", "Module", "Identity", "Parameter", "Sequential", "Dropout", "Softmax", "Model", "None", "True", "False", "LayerNorm", "BatchNorm",
        "GroupNorm", "LSTM", "GRU", "PReLU", "RMSNorm", "Exception", "Ellipsis", "NotImplemented",
    };

    private readonly Dictionary<string, int> used = new(StringComparer.Ordinal) { ["Model"] = 1 };

    /// <summary>A name that no other class has.</summary>
    /// <param name="attribute">The attribute that holds the module; empty for the root.</param>
    /// <param name="isEntry">Whether the attribute is a list of such modules.</param>
    /// <param name="around">The attribute around it, for where several classes would have one name.</param>
    public string Next(string attribute, bool isEntry, string around)
    {
        if (attribute.Length == 0)
        {
            return isEntry ? Unique("Block") : "Model";
        }

        // norm_layers_1 is one of two lists of norm layers.
        var plain = attribute.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('_');
        attribute = plain.Length > 0 ? plain : attribute;
        var name = Of(isEntry ? Singular(attribute) : attribute);
        return !used.ContainsKey(name) || around.Length == 0 ? Unique(name) : Unique(Of(around) + name);
    }

    private string Unique(string name)
    {
        if (used.TryAdd(name, 1))
        {
            return name;
        }

        string numbered;
        do
        {
            numbered = string.Create(CultureInfo.InvariantCulture, $"{name}{++used[name]}");
        }
        while (!used.TryAdd(numbered, 1));
        return numbered;
    }

    private static string Singular(string name)
        => name.Length > 4 && name.EndsWith("ies", StringComparison.Ordinal) ? name[..^3] + "y"
            : name.Length > 2 && name[^1] == 's' && name[^2] != 's' ? name[..^1]
            : name;

    private static string Of(string attribute)
    {
        var name = new StringBuilder();
        foreach (var range in attribute.AsSpan().SplitAny('_', '-', '.', ' ', '/', ':'))
        {
            foreach (var character in Split(attribute.AsSpan(range).ToString()))
            {
                if (char.IsAsciiLetterOrDigit(character) && name.Length < Longest)
                {
                    name.Append(character);
                }
            }
        }

        if (name.Length == 0 || !char.IsAsciiLetterUpper(name[0]))
        {
            name.Insert(0, "Module");
        }

        var text = name.ToString();
        return Taken.Contains(text) ? text + "Block" : text;
    }

    // resblock is two words; ConvBlock has its capitals already.
    private static string Split(string word)
    {
        var end = Array.Find(Ends, e => word.Length > e.Length && word.EndsWith(e, StringComparison.Ordinal));
        return end is null ? Capital(word) : Capital(word[..^end.Length]) + Capital(end);
    }

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
