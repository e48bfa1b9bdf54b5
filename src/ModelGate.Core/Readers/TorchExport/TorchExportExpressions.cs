using System.Text.Json;
using System.Text.RegularExpressions;
using ModelGate.Bytes;
using ModelGate.Syntax.Json;
using ModelGate.Syntax.Python;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.TorchExport;

/// <summary>Texts in the program of a torch.export archive that PyTorch evaluates or resolves to a function: what is not arithmetic, and no operator, is code.</summary>
/// <remarks>
/// <c>expr_str</c> goes to sympy's sympify, which evaluates it; <c>guards_code</c> is compiled; a node's <c>target</c> is followed attribute by attribute from
/// the module that it names first.
/// </remarks>
internal static partial class TorchExportExpressions
{
    private const int MostNamed = 16;

    /// <summary>What is code, each with its record.</summary>
    public static IReadOnlyList<SafeText> In(ZipDirectory archive, ReadBudget budget)
    {
        var found = new List<SafeText>();
        foreach (var entry in archive.Entries.Where(e => IsProgram(e.Name)))
        {
            var bytes = ZipContent.Read(archive, entry, budget, budget.Limits.JsonBytes, nameof(ReadLimits.JsonBytes));
            if (bytes.Length > 0)
            {
                StrictJson.Parse(bytes, budget.Limits.Nesting, entry.Name, (ref Utf8JsonReader reader) => Walk(ref reader, entry.Name, found));
            }
        }

        return found;
    }

    private static bool IsProgram(string name)
    {
        var inside = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return inside == "serialized_exported_program.json" || (inside.StartsWith("models/", StringComparison.Ordinal) && inside.EndsWith(".json", StringComparison.Ordinal));
    }

    private static bool Walk(ref Utf8JsonReader reader, string record, List<SafeText> found)
    {
        var containers = new Stack<string>();
        var key = "";
        do
        {
            if (!reader.Read())
            {
                return false;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    key = StrictJson.Text(ref reader);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    containers.Push(key);
                    key = reader.TokenType == JsonTokenType.StartArray ? key : "";
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    key = containers.Pop();
                    break;
                case JsonTokenType.String when IsEvaluated(key, containers):
                    var text = StrictJson.Text(ref reader);
                    if (!IsHarmless(key, text) && found.Count < MostNamed)
                    {
                        found.Add(SafeText.Of($"a text that Python evaluates, {key} in {record}: {text}"));
                    }

                    break;
            }
        }
        while (containers.Count > 0);
        return true;
    }

    private static bool IsEvaluated(string key, Stack<string> containers)
        => key is "expr_str" or "guards_code" || (key == "target" && containers.Contains("nodes"));

    private static bool IsHarmless(string key, string text) => key switch
    {
        "expr_str" => SymbolicExpression.IsOne(text),
        "guards_code" => SymbolicExpression.IsOne(text, withInputs: true),
        _ => Operator().IsMatch(text) && !text.Contains("__", StringComparison.Ordinal),
    };

    [GeneratedRegex(
        @"\A(?:torch\.ops\.[A-Za-z_]\w*\.\w+(?:\.\w+)?|_operator\.(?:add|sub|mul|truediv|floordiv|mod|pow|neg|pos|abs|eq|ne|lt|le|gt|ge|and_|or_|xor|not_|invert|lshift|rshift|getitem)|math\.[a-z0-9]+|torch\._?sym_[a-z0-9]+|torch\._C\._set_grad_enabled|torch\.amp\.autocast_mode\._(?:enter|exit)_autocast)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Operator();
}
