using System.CommandLine;
using ModelGate.Architecture.Remapping;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Readers.Safetensors;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary><c>modelgate remap</c>: writes a checkpoint's weights under a mapping, as safetensors, and checks what it wrote.</summary>
internal static class RemapCommand
{
    private const long LargestMapping = 1L << 30;

    public static Command Create(Session session)
    {
        var file = new Argument<string>("FILE") { Description = "The checkpoint." };
        var mapping = new Option<string>("--mapping") { Description = "The mapping, as modelgate diff --write-mapping writes it.", HelpName = "FILE", Required = true };
        var output = new Option<string>("--output") { Description = "The safetensors file to write.", HelpName = "FILE.safetensors", Required = true };
        var stateDict = StateDictOption.Create();
        var overwrite = OverwriteOption.Create();
        var limit = LimitOption.Create();
        var command = new Command("remap", "Writes a checkpoint's weights under a mapping, as safetensors, and checks what it wrote.") { file, mapping, output, overwrite, stateDict, limit };
        command.SetAction(parsed => Run(
            session, parsed.GetValue(file)!, parsed.GetValue(mapping)!, parsed.GetValue(output)!, parsed.GetValue(overwrite), parsed.GetValue(stateDict), LimitOption.Apply(ReadLimits.Default, parsed.GetValue(limit) ?? [])));
        return command;
    }

    private static int Run(Session session, string path, string mappingFile, string output, bool overwrite, string? stateDict, ReadLimits limits)
    {
        if (!output.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException(SafeText.Of($"remap writes safetensors, and {output} does not end in .safetensors"));
        }

        try
        {
            var (mapping, expected) = KeyMappingJson.Read(Bytes(mappingFile));
            using var source = OpenedFile.Open(path);
            using var budget = new ReadBudget(limits, session.Cancellation);
            if (StateDictOption.Apply(stateDict, (path, source.Read(ArtifactRole.Checkpoints, budget))) is not [Checkpoint { Weights.Count: > 0 } checkpoint])
            {
                throw new UsageException(SafeText.Of($"{path} holds no state_dict: there are no weights to map"));
            }

            if (source.Holds(output))
            {
                throw new UsageException(SafeText.Of($"{output} is a file that is read; give another one"));
            }

            WrittenFile.RequireOwn(output, SafeText.From(output), overwrite);
            var tensors = Remapped.Of(checkpoint.Weights, mapping);
            WrittenFile.Replace(output, stream => Write(tensors, stream, output, session.Cancellation));
            return Judge(session, tensors, expected, output);
        }
        catch (Exception fault) when (fault is RemappingException or UnwritableTensorException)
        {
            throw new UsageException(SafeText.From(fault.Message, int.MaxValue));
        }
        catch (ArtifactFault fault)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be read to the end: {fault.SentenceWithAdvice()}"));
        }
        catch (SourceUnavailableException fault)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be read to the end: {fault.Sentence}"));
        }
    }

    private static void Write(IReadOnlyList<TensorEntry> tensors, Stream stream, string output, CancellationToken cancellation)
    {
        SafetensorsWriter.Write(tensors, stream, cancellation);
        stream.Flush();
        stream.Position = 0;
        if (SafetensorsWriter.Check(tensors, stream, cancellation) is { } problem)
        {
            throw new UsageException(SafeText.Of($"{output} is not written: {problem}"));
        }
    }

    private static int Judge(Session session, IReadOnlyList<TensorEntry> tensors, IReadOnlyDictionary<string, IReadOnlyList<long>> expected, string output)
    {
        session.Output.WriteLine(SafeText.Of($"{output}: {SafeText.Count(tensors.Count, "tensor")}, {tensors.Sum(t => (decimal)t.Elements)} elements, read back and equal"));
        if (expected.Count == 0)
        {
            return ExitCode.Passed;
        }

        var written = tensors.ToDictionary(t => t.Name, t => t.Shape, StringComparer.Ordinal);
        var missing = expected.Keys.Count(n => !written.ContainsKey(n));
        var unexpected = written.Keys.Count(n => !expected.ContainsKey(n));
        var shapes = expected.Count(e => written.TryGetValue(e.Key, out var shape) && !shape.SequenceEqual(e.Value));
        session.Output.WriteLine(missing + unexpected + shapes == 0
            ? SafeText.Of($"all keys align: {written.Count} of {expected.Count}")
            : SafeText.Of($"against what the mapping expects, {missing} keys are missing, {unexpected} unexpected and {shapes} of another shape"));
        return missing + unexpected + shapes == 0 ? ExitCode.Passed : ExitCode.Failed;
    }

    private static byte[] Bytes(string path)
    {
        using var file = OpenedFile.Open(path);
        var source = file.Source;
        if (source.Length > LargestMapping)
        {
            throw new UsageException(SafeText.Of($"{path} is too large for a mapping"));
        }

        var bytes = new byte[source.Length];
        return bytes[..source.Read(0, bytes)];
    }
}
