using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Gguf;
using ModelGate.Readers.Json;
using ModelGate.Readers.Numpy;
using ModelGate.Readers.Onnx;
using ModelGate.Readers.Pickle;
using ModelGate.Readers.PyTorch;
using ModelGate.Readers.Rvc;
using ModelGate.Readers.Runs;
using ModelGate.Readers.Safetensors;
using ModelGate.Readers.TorchSharp;
using ModelGate.Readers.Wave;

namespace ModelGate.Readers.Catalogue;

/// <summary>Every format that can be read, in the order in which a file is held against them.</summary>
internal static class ArtifactReaders
{
    /// <summary>The readers. Order matters: a format with a signature stands before one that is told by its structure.</summary>
    public static IReadOnlyList<ArtifactReader> All { get; } =
    [
        new ZipReader(),
        new PyTorchLegacyReader(),
        new PlainPickleReader(),
        new WaveReader(),
        new NumpyReader(),
        new GgufReader(),
        new SafetensorsReader(),
        new OnnxReader(),
        new RvcTrainLogReader(),
        new RunRecordReader(),
        new SafetensorsIndexReader(),
        new KeyManifestReader(),
        new TorchSharpReader(),
    ];

    /// <summary>Finds the format by content and reads the file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="folder">The files beside it, for artifacts that lie in several; null where they cannot be seen.</param>
    /// <exception cref="ArtifactFault">No format fits, or the file is not a sound one of its format.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public static Artifact Read(IByteSource source, ReadBudget budget, IByteSourceFolder? folder = null)
    {
        ReadBudget.Require(source.Length, budget.Limits.FileBytes, nameof(ReadLimits.FileBytes), "the file's length");
        Span<byte> head = stackalloc byte[ArtifactReader.HeadBytes];
        head = head[..source.Read(0, head)];
        if (head.IsEmpty)
        {
            throw new ArtifactFault(FaultReason.Empty, SafeText.Of($"the file is empty"));
        }

        if (ForeignTexts.FailedDownload(head, source.Length) is { } failed)
        {
            throw failed;
        }

        foreach (var reader in All)
        {
            if (reader.Recognises(head))
            {
                try
                {
                    return reader.Read(source, folder, budget);
                }
                catch (OutOfMemoryException fault)
                {
                    // What the reader held is garbage by now, so that whoever asked can still say so.
                    throw ResourcesExhaustedException.OfMemory(fault);
                }
                catch (ArtifactFault fault)
                {
                    fault.Format ??= reader.Format;
                    throw;
                }
            }
        }

        throw ForeignFormats.Refuse(head);
    }
}
