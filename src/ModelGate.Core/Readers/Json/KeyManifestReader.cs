using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Json;

namespace ModelGate.Readers.Json;

/// <summary>Reads a key manifest: a JSON object of name to shape, or to an object with <c>shape</c> and <c>dtype</c>.</summary>
[Reader(ReaderAttribute.ByStructure + 40)]
internal sealed class KeyManifestReader : ArtifactReader
{
    // The key and its place in a table, beside the characters of its name.
    private const int KeyBytes = 64;

    // What a key of a large manifest takes in the file, or more: a table that starts at about the right size is not copied while it grows.
    private const int BytesPerKey = 96;

    /// <inheritdoc/>
    public override string Format => "key-manifest";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => JsonForm.BeginsObject(head);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        ReadBudget.Require(source.Length, budget.Limits.JsonBytes, nameof(ReadLimits.JsonBytes), "the length of the JSON document");
        var bytes = source.ReadArray(0, source.Length, "the manifest").AsSpan();
        bytes = bytes[JsonForm.MarkLength(bytes)..];
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            return new KeyManifest(ReadKeys(ref reader, bytes.Length, budget));
        }
        catch (JsonException fault)
        {
            throw new ArtifactFault(
                FaultReason.Json, SafeText.Of($"it is not valid JSON (line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1})"), reader.BytesConsumed);
        }
    }

    private static Dictionary<string, ExpectedKey> ReadKeys(ref Utf8JsonReader reader, int bytes, ReadBudget budget)
    {
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject, ref reader, "an object of name to shape");
        var keys = new Dictionary<string, ExpectedKey>(bytes / BytesPerKey, StringComparer.Ordinal);
        ExpectedKey? last = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            var offset = reader.TokenStartIndex;
            reader.Read();
            last = ReadKey(ref reader, last, budget);
            if (!keys.TryAdd(name, last))
            {
                throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"the name {name} occurs twice"), offset);
            }

            budget.Step();
            budget.Keep(KeyBytes + (2L * name.Length));
            ReadBudget.Require(keys.Count, budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of names");
        }

        Expect(!reader.Read(), ref reader, "nothing after the object");
        if (keys.Count == 0)
        {
            throw new ArtifactFault(FaultReason.Manifest, SafeText.Of($"the manifest names no key"));
        }

        return keys;
    }

    // Keys in a row are often alike, and one value then stands for them: a third of the memory of a manifest.
    private static ExpectedKey ReadKey(ref Utf8JsonReader reader, ExpectedKey? last, ReadBudget budget)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            var sizes = ReadShape(ref reader, last?.Shape, budget);
            return last is not null && last.DType is null && ReferenceEquals(sizes, last.Shape) ? last : new ExpectedKey(sizes, null);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ArtifactFault(
                FaultReason.Manifest, SafeText.Of($"this JSON is not a key manifest: the value here is neither a shape nor an object with shape and dtype"), reader.TokenStartIndex);
        }

        IReadOnlyList<long>? shape = null;
        string? dtype = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (StrictJson.Is(ref reader, "shape"u8) && shape is null)
            {
                reader.Read();
                Expect(reader.TokenType == JsonTokenType.StartArray, ref reader, "a shape");
                shape = ReadShape(ref reader, last?.Shape, budget);
            }
            else if (StrictJson.Is(ref reader, "dtype"u8) && dtype is null)
            {
                reader.Read();
                Expect(reader.TokenType == JsonTokenType.String, ref reader, "a dtype's name");
                dtype = Text(ref reader);
                dtype = dtype.StartsWith("torch.", StringComparison.Ordinal) ? dtype[6..] : dtype;
                // One string for all keys of a type, not one each.
                dtype = DTypes.TryParse(dtype, out var known) ? known.Name() : dtype;
            }
            else
            {
                Expect(false, ref reader, "one shape and one dtype");
            }
        }

        Expect(shape is not null, ref reader, "a shape");
        return last is not null && ReferenceEquals(shape, last.Shape) && string.Equals(dtype, last.DType, StringComparison.Ordinal) ? last : new ExpectedKey(shape!, dtype);
    }

    private static long[] ReadShape(ref Utf8JsonReader reader, IReadOnlyList<long>? last, ReadBudget budget)
    {
        Span<long> sizes = stackalloc long[8];
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var size = 0L;
            Expect(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out size) && size >= 0, ref reader, "a size");
            if (count == sizes.Length)
            {
                Span<long> longer = new long[count * 2];
                sizes.CopyTo(longer);
                sizes = longer;
            }

            sizes[count++] = size;
            ReadBudget.Require(count, budget.Limits.Rank, nameof(ReadLimits.Rank), "the number of dimensions", reader.TokenStartIndex);
        }

        return last is long[] same && sizes[..count].SequenceEqual(same) ? same : sizes[..count].ToArray();
    }

    // GetString refuses lone surrogates with an InvalidOperationException: to us that is one more malformed document.
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ArtifactFault(FaultReason.Json, SafeText.Of($"a text is not valid Unicode"), reader.TokenStartIndex);
        }
    }

    private static void Expect(bool condition, ref Utf8JsonReader reader, string what)
    {
        if (!condition)
        {
            throw new ArtifactFault(FaultReason.Manifest, SafeText.Of($"a key manifest has {what} here"), reader.TokenStartIndex);
        }
    }
}
