using System.Text.Json;
using System.Text.RegularExpressions;
using ModelGate.Faults;

namespace ModelGate.Runs.Json;

/// <summary>A record of a run as JSON, schema version 1: written and read. Within a major version, members are only added.</summary>
internal static partial class RunRecordJson
{
    /// <summary>Most bytes of a report that is read.</summary>
    public const int LargestReport = 64 << 20;

    /// <summary>Most values of a report that is read: each costs more memory than its bytes in the file.</summary>
    public const int MostValues = 4_000_000;

    private const string SchemaVersion = "1";
    private const int Deepest = 32;

    private static readonly RunDocumentContext Context = new(new JsonSerializerOptions(RunDocumentContext.Default.Options) { MaxDepth = Deepest });

    /// <summary>Writes a record as UTF-8, with a line feed at the end.</summary>
    public static void Write(RunRecord record, Stream output) => JsonText.Write(output, RunDocuments.Of(record, SchemaVersion), RunDocumentContext.Default.RunDocument);

    /// <summary>Whether a file's first bytes are those of a report: an object whose first member is its schema's version, a text.</summary>
    public static bool Recognises(ReadOnlySpan<byte> head)
    {
        var rest = WithoutMark(head);
        return Skip(ref rest, "{"u8) && Skip(ref rest, "\"schemaVersion\""u8) && Skip(ref rest, ":"u8) && Skip(ref rest, "\""u8);
    }

    /// <summary>Reads a record. Members that it does not know are of a later version, and ignored.</summary>
    /// <exception cref="ArtifactFault">The bytes are not a report, one of another major version, or cost too much.</exception>
    public static RunRecord Read(ReadOnlySpan<byte> utf8)
    {
        utf8 = WithoutMark(utf8);
        if (utf8.Length > LargestReport)
        {
            throw Fault($"a report of {utf8.Length} bytes is larger than {LargestReport}");
        }

        try
        {
            Require(utf8);
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
    private static void Require(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Deepest });
        for (var values = 0; reader.Read(); values++)
        {
            if (values > MostValues)
            {
                throw Fault($"a report of more than {MostValues} values is not read");
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
