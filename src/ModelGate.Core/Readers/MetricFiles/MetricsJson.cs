using System.Text.Json;
using ModelGate.Faults;
using ModelGate.Syntax.Json;

namespace ModelGate.Readers.MetricFiles;

/// <summary>Numbers by dotted path, from one JSON document or from one on each line.</summary>
/// <remarks>
/// What stands in a list, or in one document behind another, is a further value of the same name: <c>[{"loss": 2}, {"loss": 1}]</c> is a course.
/// Truth values count as 1 and 0; <c>"NaN"</c> and <c>"Infinity"</c> are numbers, and every other text is passed over.
/// </remarks>
/// <param name="series">Takes the values.</param>
/// <param name="start">Where the document begins in the file.</param>
internal sealed class MetricsJson(MetricSeries series, int start)
{
    private const int DeepestNesting = 64;
    private const int LongestName = 1024;

    // What opens at each depth: an object with the members that it has so far, or null for a list.
    private readonly Stack<HashSet<string>?> open = new();
    private readonly Dictionary<string, string> structureOfName = new(StringComparer.Ordinal);
    private readonly List<string> path = [];

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="ArtifactFault">It is not valid JSON, or a name could mean two things.</exception>
    public void Read(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestNesting, AllowMultipleValues = true });
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
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                open.Push(new HashSet<string>(StringComparer.Ordinal));
                break;
            case JsonTokenType.StartArray:
                open.Push(null);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                open.Pop();
                EndMember();
                break;
            case JsonTokenType.PropertyName:
                var name = StrictJson.Text(ref reader);
                if (!open.Peek()!.Add(name))
                {
                    throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"the member {name} occurs twice"), start + reader.TokenStartIndex);
                }

                path.Add(name);
                break;
            default:
                if (Number(ref reader) is { } value)
                {
                    Add(value, start + reader.TokenStartIndex);
                }

                EndMember();
                break;
        }
    }

    // A value ends the member that it belongs to; the items of a list belong to the list's member.
    private void EndMember()
    {
        if (open.TryPeek(out var around) && around is not null)
        {
            path.RemoveAt(path.Count - 1);
        }
    }

    private void Add(double value, long offset)
    {
        // The lengths first: a long name above a long list would else be copied for every item.
        if (path.Count == 0 || path.Sum(part => (long)part.Length) > LongestName)
        {
            return;
        }

        var name = string.Join('.', path);

        // {"a.b": 1} and {"a": {"b": 1}} spell the same name.
        var structure = string.Join('\0', path);
        if (structureOfName.TryAdd(name, structure) || structureOfName[name] == structure)
        {
            series.Add(name, value, offset);
            return;
        }

        throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"two different members are both called {name}"), offset);
    }

    private static double? Number(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.True => 1,
        JsonTokenType.False => 0,
        JsonTokenType.String when reader.ValueSpan.Length <= 9 && MetricNumber.TryParseName(StrictJson.Text(ref reader), out var value) => value,
        _ => null,
    };
}
