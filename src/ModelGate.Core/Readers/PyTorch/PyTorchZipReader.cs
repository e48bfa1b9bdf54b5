using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Archives;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.PyTorch;

/// <summary>Reads what torch.save writes since PyTorch 1.6: a zip archive with one pickle and one record for every storage.</summary>
/// <remarks>Of the storages only the directory's word is read: their bytes are touched when somebody asks for elements.</remarks>
[Reader(40)]
internal sealed class PyTorchZipReader : ArchiveReader
{
    /// <inheritdoc/>
    public override string Format => "pytorch-zip";

    /// <inheritdoc/>
    public override bool Recognises(ZipDirectory archive)
        => archive.Entries.Any(e => e.Name.EndsWith("/data.pkl", StringComparison.OrdinalIgnoreCase)) && !TorchArchiveLayout.IsProgram(archive);

    /// <inheritdoc/>
    public override Artifact Read(ZipDirectory archive, ReadBudget budget) => GlobalLog.Reading(log => Read(archive, budget, log));

    /// <summary>Reads an archive, which may lie in another one.</summary>
    internal static Checkpoint Read(ZipDirectory archive, ReadBudget budget, GlobalLog log)
    {
        var root = Root(archive, budget, log);
        ZipContent.RequireTotal(archive, budget);
        var warnings = new List<SafeText>();
        var storages = new TorchStorages(legacy: false);
        var value = RunPickle(archive, archive.ByName[$"{root}/data.pkl"], budget, log, storages, warnings);
        TorchVersionRecords.RequireVersion(archive, root, budget);
        TorchVersionRecords.NoteAlignment(archive, root, budget, warnings);
        var records = new TorchZipRecords(archive, root, "data", TorchVersionRecords.IsBigEndian(archive, root, budget), budget);
        records.Require(storages, warnings);
        TorchArchiveLayout.VerifySmallRecords(archive, root, budget, warnings);
        if (log.Danger(null) is { } danger)
        {
            throw danger;
        }

        // What these import is in the list of names; the checkpoint can be read all the same.
        var foreign = ForeignIn(archive, root, storages, budget, log);
        if (foreign.Length > 0)
        {
            warnings.Note(ForeignRecord.Sentence(foreign));
        }

        return new CheckpointWalk(new TensorDataFactory(records.Resolve, budget), budget).Run(value, "pytorch-zip", log, warnings) with
        {
            Checksums = new ZipChecksums(archive, records.Skipped, budget.Limits),
            ForeignRecords = foreign,
        };
    }

    // A storage that no tensor refers to is a remainder where it is data, and foreign where it is anything else.
    private static ForeignRecord[] ForeignIn(ZipDirectory archive, string root, TorchStorages storages, ReadBudget budget, GlobalLog log)
    {
        var found = ForeignRecords.In(archive, IsKnown, budget, log);
        return [.. found.Where(r => r.What is not null || !TorchArchiveLayout.IsStorage(r.Name.AsSpan(root.Length + 1)))];

        bool IsKnown(string name)
        {
            var inside = name.AsSpan(root.Length + 1);
            return TorchArchiveLayout.IsStorage(inside) ? storages.Contains(inside["data/".Length..]) : TorchArchiveLayout.IsOfCheckpoint(inside);
        }
    }

    private static string Root(ZipDirectory archive, ReadBudget budget, GlobalLog log)
    {
        try
        {
            var root = TorchArchiveLayout.Root(archive);
            TorchArchiveLayout.RequireCheckpoint(archive, root);
            return root;
        }
        catch (ArtifactFault fault) when (fault.Kind != FaultKind.ContainsCode)
        {
            // It is refused, and still somebody may load what lies in it.
            StrayPickles.List(archive, _ => true, budget, log);
            throw;
        }
    }

    /// <summary>Runs the pickle in a record, which has nothing behind it.</summary>
    internal static PickleValue RunPickle(
        ZipDirectory archive, ZipEntry entry, ReadBudget budget, GlobalLog log, TorchStorages storages, List<SafeText> warnings)
    {
        ReadBudget.Require(entry.Size, budget.Limits.PickleBytes, nameof(ReadLimits.PickleBytes), "the length of data.pkl", entry.DataOffset);
        var input = entry.IsStored
            ? new PickleInput(archive.Source, entry.DataOffset, entry.Size)
            : Inflated(ZipContent.Read(archive, entry, budget, budget.Limits.PickleBytes, nameof(ReadLimits.PickleBytes)));
        var machine = new PickleMachine(input, budget, log, storages.Load);
        try
        {
            var value = machine.Run();
            warnings.NoteAll(machine.Warnings);
            return input.Remaining == 0
                ? value
                : throw new ArtifactFault(FaultReason.TrailingBytes, SafeText.Of($"{input.Remaining} bytes follow the pickle in data.pkl"), input.Position);
        }
        catch (ArtifactFault fault) when (fault.Damage is null && Mismatch(archive, entry, budget) is { } damage)
        {
            // A changed byte may make anything of a pickle: that it was changed is known all the same.
            throw new ArtifactFault(fault.Reason, fault.Description, fault.Offset, damage) { Kind = fault.Kind, Limit = fault.Limit };
        }
    }

    private static ArtifactFault? Mismatch(ZipDirectory archive, ZipEntry entry, ReadBudget budget)
    {
        if (archive.HasNoChecksums)
        {
            return null;
        }

        try
        {
            ZipContent.VerifyCrc(archive, entry, budget);
            return null;
        }
        catch (ArtifactFault mismatch) when (mismatch.Damage is not null)
        {
            return mismatch;
        }
    }

    private static PickleInput Inflated(byte[] bytes) => new(new MemoryByteSource(bytes), 0, bytes.Length);
}
