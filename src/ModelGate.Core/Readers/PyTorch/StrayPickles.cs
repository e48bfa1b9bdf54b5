using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Pickle;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.PyTorch;

/// <summary>Pickles in an archive that is no checkpoint: the names that they import are listed, whatever the records are called.</summary>
internal static class StrayPickles
{
    private const int MostRecords = 64;
    private const long LongestRecord = 16 << 20;

    /// <summary>Walks every record that can be a pickle.</summary>
    public static void List(ZipDirectory archive, ReadBudget budget, GlobalLog log)
    {
        foreach (var entry in archive.Entries.Where(e => e.Size is > 1 and <= LongestRecord).Take(MostRecords))
        {
            Note(archive, entry, budget, log);
        }
    }

    /// <summary>Lists what a record imports, where it is a pickle: each is looked at for its names only.</summary>
    public static void Note(ZipDirectory archive, ZipEntry entry, ReadBudget budget, GlobalLog log)
    {
        try
        {
            var bytes = ZipContent.Read(archive, entry, budget, LongestRecord, nameof(ReadLimits.PickleBytes));
            if (PlainPickleReader.IsPickle(bytes.AsSpan(0, Math.Min(bytes.Length, ArtifactReader.HeadBytes))))
            {
                new PickleMachine(new PickleInput(new MemoryByteSource(bytes), 0, bytes.Length), budget, log, (_, _) => new PickleOpaque("a persistent id")).Run();
            }
        }
        catch (ArtifactFault)
        {
            // What came before the fault is in the log, and the archive is judged for reasons of its own.
        }
    }
}
