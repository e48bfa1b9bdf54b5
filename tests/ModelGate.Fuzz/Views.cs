using System.Security.Cryptography;
using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Runs;

namespace ModelGate.Fuzz;

/// <summary>What ModelGate sees in the files of a folder, for a comparison with what another loader sees.</summary>
internal static class Views
{
    // The other side stops here as well: an expanded tensor may claim more than any memory holds.
    private const long MostHashed = 1 << 20;
    private const int BlockElements = 1 << 12;

    /// <summary>Answers each folder that is named on a line of the input with one JSON line for each file, and an empty line.</summary>
    /// <remarks>The folder holds the configuration by which the files are judged. The process stays, so that a thousand files cost one start.</remarks>
    public static int Serve(TextReader folders, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(output);
        while (folders.ReadLine() is { Length: > 0 } folder)
        {
            var configuration = Path.Combine(folder, "gate.config.json");
            var results = Evaluator.Run(EvaluationPlan.FromFile(configuration, configuration)).Results.ToLookup(r => r.Artifact.Value, StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(folder).Where(f => f != configuration).Order(StringComparer.Ordinal))
            {
                output.WriteLine(Describe(file, [.. results[Path.GetFileName(file)]]));
            }

            output.WriteLine();
            output.Flush();
        }

        return 0;
    }

    private static string Describe(string path, RunResult[] results)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("file", Path.GetFileName(path));
            json.WriteBoolean("passes", results.Length > 0 && results.All(r => r.Outcome == Outcome.Passed));
            using var source = FileByteSource.Open(path);
            var inspection = Inspection.Of(path, source, new ReadBudget(ReadLimits.Default));
            json.WriteString("format", inspection.Artifact?.Format ?? inspection.Fault?.Format);
            json.WriteString("refused", inspection.Fault?.Reason.Code ?? results.FirstOrDefault(r => r.Outcome != Outcome.Passed)?.Message.Value);
            json.WriteStartArray("names");
            foreach (var name in inspection.Globals)
            {
                json.WriteStringValue(name.Name);
            }

            json.WriteEndArray();
            json.WriteStartArray("tensors");
            foreach (var tensor in (inspection.Artifact as Checkpoint)?.Tensors ?? [])
            {
                Write(json, tensor);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, TensorEntry tensor)
    {
        json.WriteStartArray();
        json.WriteStringValue(tensor.Name);
        json.WriteStringValue(tensor.DType.Name());
        json.WriteStartArray();
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStringValue(Digest(tensor));
        json.WriteEndArray();
    }

    private static string? Digest(TensorEntry tensor)
    {
        if (tensor.Data is null || tensor.Elements > MostHashed)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = tensor.DType.ItemSize();
        var block = new byte[BlockElements * size];
        try
        {
            for (var first = 0L; first < tensor.Elements; first += BlockElements)
            {
                var part = block.AsSpan(0, (int)Math.Min(BlockElements, tensor.Elements - first) * size);
                tensor.Data.CopyElements(first, part);
                if (tensor.DType == DType.Bool)
                {
                    // Any byte but zero is true.
                    Truths(part);
                }

                hash.AppendData(part);
            }
        }
        catch (ArtifactFault fault)
        {
            return fault.Reason.Code;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Truths(Span<byte> values)
    {
        foreach (ref var value in values)
        {
            value = value == 0 ? (byte)0 : (byte)1;
        }
    }
}
