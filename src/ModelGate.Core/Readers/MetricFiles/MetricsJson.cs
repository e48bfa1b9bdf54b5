using System.Text.Json;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Json;

namespace ModelGate.Readers.MetricFiles;

/// <summary>Numbers by dotted path, from one JSON document or from one on each line.</summary>
/// <remarks>
/// What is in a list, or in one document behind another, is a further value of the same name: <c>[{"loss": 2}, {"loss": 1}]</c> is a
/// series. Truth values count as 1 and 0, as they do in Python. A number in quotation marks is a string.
/// </remarks>
/// <param name="tree">Takes the numbers.</param>
/// <param name="budget">How deep objects and lists may nest.</param>
/// <param name="start">Where the document begins in the file.</param>
internal sealed class MetricsJson(MetricTree tree, ReadBudget budget, int start)
{
    // What is open at each depth: the member that an object or list is the value of, and the object's number; 0 for a list.
    private readonly Stack<(MetricTree.Node Node, int Number)> open = new();
    private MetricTree.Node at = tree.Root;
    private List<int> words = [];
    private int word;
    private int objects;

    /// <summary>How many documents the text holds.</summary>
    public int Documents { get; private set; }

    /// <summary>Reads the whole text, in which it puts numbers in the place of <c>NaN</c> and <c>Infinity</c>.</summary>
    /// <exception cref="ArtifactFault">It is not valid JSON, or an object has two members of one name.</exception>
    public void Read(Span<byte> text)
    {
        words = PythonJson.Replace(text, budget.Limits.MetricValues);
        ReadBudget.Require(words.Count, budget.Limits.MetricValues, nameof(ReadLimits.MetricValues), "the number of values");
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = int.MaxValue, AllowMultipleValues = true });
        try
        {
            while (reader.Read())
            {
                Take(ref reader);
            }
        }
        catch (JsonException fault)
        {
            throw new ArtifactFault(
                FaultReason.Json,
                SafeText.Of($"the metrics are not valid JSON (line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1})"),
                start + reader.BytesConsumed);
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        var offset = start + reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                at.Other = "an object";
                Open(++objects, offset);
                break;
            case JsonTokenType.StartArray:
                at.Other ??= "a list";
                Open(0, offset);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                at = open.Pop().Node;
                EndValue();
                break;
            case JsonTokenType.PropertyName:
                var name = StrictJson.Text(ref reader);
                var (parent, number) = open.Peek();
                at = tree.Member(parent, name, offset);
                if (at.SeenIn == number)
                {
                    throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"the member {name} occurs twice in one object"), offset);
                }

                at.SeenIn = number;
                break;
            case JsonTokenType.String:
                at.Other ??= "a string";
                EndValue();
                break;
            case JsonTokenType.Null:
                at.Other ??= "null";
                EndValue();
                break;
            default:
                Add(Number(ref reader), offset);
                EndValue();
                break;
        }
    }

    private void Open(int number, long offset)
    {
        open.Push((at, number));
        ReadBudget.Require(open.Count, budget.Limits.Nesting, nameof(ReadLimits.Nesting), "the depth of nesting", offset);
    }

    // Behind a member's value comes the next member of the object; behind an item the next item of the same list.
    private void EndValue()
    {
        if (open.TryPeek(out var around))
        {
            at = around.Node;
        }
        else
        {
            Documents++;
        }
    }

    // A number that belongs to no member, such as the whole document, has no name.
    private void Add(double value, long offset)
    {
        if (at != tree.Root)
        {
            tree.Add(at, value, offset);
        }
    }

    private double Number(ref Utf8JsonReader reader)
    {
        if (word < words.Count && words[word] == reader.TokenStartIndex)
        {
            word++;
            return PythonJson.ValueOf(reader.ValueSpan);
        }

        return reader.TokenType switch
        {
            JsonTokenType.True => 1,
            JsonTokenType.False => 0,
            _ => reader.GetDouble(),
        };
    }
}
