using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.PyTorch;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.TorchExport;

/// <summary>Describes what torch.export.save writes, before PyTorch 2.8 and since: weights and constants by their qualified names.</summary>
/// <remarks>Native libraries and pickles that Python would execute are listed as code; nothing of the program itself is read.</remarks>
[Reader(20)]
internal sealed class TorchExportReader : ArchiveReader
{
    private const string OldProgram = "serialized_exported_program.json";

    /// <inheritdoc/>
    public override string Format => "torch-export";

    /// <inheritdoc/>
    public override bool Recognises(ZipDirectory archive)
        => archive.ByName.ContainsKey(OldProgram) || archive.Entries.Any(e => IsOwn(TorchArchiveLayout.Inside(e.Name)));

    /// <inheritdoc/>
    public override Artifact Read(ZipDirectory archive, ReadBudget budget)
    {
        var log = new GlobalLog();
        try
        {
            ZipContent.RequireTotal(archive, budget);
            var content = new TorchExportContent(archive, budget, log);
            if (archive.ByName.ContainsKey(OldProgram))
            {
                content.AddOldLayout("");
            }
            else if (archive.ByName.ContainsKey($"{TorchArchiveLayout.Root(archive)}/{OldProgram}"))
            {
                content.AddOldLayout(TorchArchiveLayout.Root(archive) + "/");
            }
            else
            {
                content.AddLayout(TorchArchiveLayout.Root(archive));
            }

            return content.ToCheckpoint(Format);
        }
        catch (ArtifactFault fault)
        {
            log.Explain(fault);
            throw;
        }
    }

    private static bool IsOwn(ReadOnlySpan<char> name)
        => name is "archive_format" or OldProgram || name.StartsWith("models/", StringComparison.Ordinal) || name.StartsWith("data/aotinductor/", StringComparison.Ordinal);
}
