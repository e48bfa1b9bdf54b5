using System.Text.Json;
using System.Text.RegularExpressions;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Runs.Json;

/// <summary>A record of a run as JSON, schema version 1: written and read. Within a major version, members are only added.</summary>
internal static partial class RunRecordJson
{
    private const string SchemaVersion = "1";
    // What is deep lies in members of a later version, and is bounded before.
    private static readonly RunDocumentContext Context = new(new JsonSerializerOptions(RunDocumentContext.Default.Options) { MaxDepth = int.MaxValue });

    /// <summary>Writes a record as UTF-8, with a line feed at the end.</summary>
    public static void Write(RunRecord record, Stream output) => JsonText.Write(output, RunDocuments.Of(record, SchemaVersion), RunDocumentContext.Default.RunDocument);

    /// <summary>Whether a file's first bytes are those of a report: an object that begins with its schema's version, a text, and the tool.</summary>
    public static bool Recognises(ReadOnlySpan<byte> head)
    {
        var rest = WithoutMark(head);
        if (!(Skip(ref rest, "{"u8) && Skip(ref rest, "\"schemaVersion\""u8) && Skip(ref rest, ":"u8) && Skip(ref rest, "\""u8)) || rest.IndexOf((byte)'"') is not (>= 0 and var end))
        {
            return false;
        }

        rest = rest[(end + 1)..];
        return Skip(ref rest, ","u8) && Skip(ref rest, "\"tool\""u8) && Skip(ref rest, ":"u8);
    }

    /// <summary>Reads a record. Members that it does not know are of a later version, and ignored.</summary>
    /// <exception cref="ArtifactFault">The bytes are not a report, one of another major version, or cost too much.</exception>
    public static RunRecord Read(ReadOnlySpan<byte> utf8, ReadBudget budget)
    {
        utf8 = WithoutMark(utf8);
        ReadBudget.Require(utf8.Length, budget.Limits.JsonBytes, nameof(ReadLimits.JsonBytes), "the length of the report");
        try
        {
            Require(utf8, budget);
            return JsonSerializer.Deserialize(utf8, Context.RunDocument) is { } document
                ? RunDocuments.Record(document)
                : throw Fault($"a report is an object");
        }
        catch (JsonException fault)
        {
            throw Fault($"the report does not have the form of docs/report.schema.json (line {(fault.LineNumber ?? 0) + 1}{(fault.Path is null ? "" : ", at ")}{fault.Path})");
        }
        catch (InvalidOperationException)
        {
            // What the reader says of text that is not valid Unicode.
            throw Fault($"a text of the report is not valid Unicode");
        }
    }

    /// <summary>Bounds what the document costs, and refuses other versions by their number and not by what their members look like.</summary>
    private static void Require(ReadOnlySpan<byte> utf8, ReadBudget budget)
    {
        var limits = budget.Limits;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        for (var values = 1; reader.Read(); values++)
        {
            ReadBudget.Require(values, limits.JsonValues, nameof(ReadLimits.JsonValues), "the number of members, items and values", reader.TokenStartIndex);
            ReadBudget.Require(reader.CurrentDepth, limits.Nesting, nameof(ReadLimits.Nesting), "the depth of nesting", reader.TokenStartIndex);
            ReadBudget.Require(reader.ValueSpan.Length, limits.MetadataTextBytes, nameof(ReadLimits.MetadataTextBytes), "the length of a text", reader.TokenStartIndex);
            if ((values & 0xFFF) == 0)
            {
                budget.Checkpoint();
            }

            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("schemaVersion"u8))
            {
                var version = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
                if (!Version().Match(version).Groups[1].ValueSpan.SequenceEqual(SchemaVersion))
                {
                    throw Fault($"the report has schema version \"{version}\", and this version of ModelGate reads {SchemaVersion}");
                }
            }
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    private static bool Skip(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> token)
    {
        rest = rest.TrimStart(" \t\r\n"u8);
        if (!rest.StartsWith(token))
        {
            return false;
        }

        rest = rest[token.Length..];
        return true;
    }

    internal static ArtifactFault Fault(SafeText.Message sentence) => new(FaultReason.Report, SafeText.Of(sentence)) { Format = RunReport.FormatName };

    [GeneratedRegex(@"^([0-9]{1,9})(\.[0-9.]{1,20})?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
