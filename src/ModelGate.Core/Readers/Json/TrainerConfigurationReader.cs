using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Runs;

namespace ModelGate.Readers.Json;

/// <summary>Reads a trainer's configuration: any JSON document; comments and trailing commas are tolerated.</summary>
/// <remarks>The role decides: by its first bytes a configuration cannot be told from a key manifest.</remarks>
[Reader(ReaderAttribute.ByStructure + 36)]
internal sealed class TrainerConfigurationReader : ArtifactReader
{
    /// <summary>Deepest nesting: recursion is bounded by it.</summary>
    private const int DeepestNesting = 64;

    /// <inheritdoc/>
    public override string Format => "json";

    /// <inheritdoc/>
    public override ArtifactRole? Role => ArtifactRole.Config;

    /// <summary>Never: its content tells it apart from no other document of names and numbers.</summary>
    public override bool Recognises(ReadOnlySpan<byte> head) => false;

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        ReadBudget.Require(source.Length, budget.Limits.JsonBytes, nameof(ReadLimits.JsonBytes), "the length of the JSON document");
        var bytes = source.ReadArray(0, source.Length, "the configuration").AsSpan();
        bytes = bytes[JsonForm.MarkLength(bytes)..];
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions
        {
            MaxDepth = DeepestNesting,
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        });
        try
        {
            reader.Read();
            var values = 0;
            var root = Value(ref reader, ref values, budget);
            reader.Read();
            return new TrainerConfiguration(root);
        }
        catch (JsonException fault)
        {
            throw new ArtifactFault(
                FaultReason.Json, SafeText.Of($"it is not valid JSON (line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1})"), reader.BytesConsumed);
        }
        catch (InvalidOperationException)
        {
            // GetString refuses lone surrogates so.
            throw new ArtifactFault(FaultReason.Json, SafeText.Of($"a text is not valid Unicode"), reader.TokenStartIndex);
        }
    }

    private static ConfigurationValue Value(ref Utf8JsonReader reader, ref int values, ReadBudget budget)
    {
        ReadBudget.Require(++values, budget.Limits.JsonValues, nameof(ReadLimits.JsonValues), "the number of values", reader.TokenStartIndex);

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new Dictionary<string, ConfigurationValue>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members[name] = Value(ref reader, ref values, budget);
                }

                return new ConfigurationValue.Map(members);
            case JsonTokenType.StartArray:
                var items = new List<ConfigurationValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, ref values, budget));
                }

                return new ConfigurationValue.List(items);
            case JsonTokenType.String:
                return new ConfigurationValue.Text(reader.GetString()!);
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var whole)
                    ? new ConfigurationValue.Integer(whole)
                    : new ConfigurationValue.Real(reader.TryGetDouble(out var real) ? real : double.NaN);
            case JsonTokenType.True or JsonTokenType.False:
                return new ConfigurationValue.Truth(reader.TokenType == JsonTokenType.True);
            default:
                return new ConfigurationValue.Null();
        }
    }
}
