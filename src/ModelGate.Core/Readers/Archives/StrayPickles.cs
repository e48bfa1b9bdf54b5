using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Pickle;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.Archives;

/// <summary>Pickles in an archive that is not a checkpoint: the names that they import are listed, whatever the records are called.</summary>
internal static class StrayPickles
{
    private const long LongestRecord = 16 << 20;

    /// <summary>Walks every record that is a pickle by its beginning.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="of">Which records.</param>
    public static void List(ZipDirectory archive, Func<ZipEntry, bool> of, ReadBudget budget, GlobalLog log)
    {
        foreach (var entry in archive.Entries.Where(e => e.Size is > 1 and <= LongestRecord && of(e)))
        {
            budget.Checkpoint();
            Note(archive, entry, budget, log);
        }
    }

    /// <summary>Lists what a record imports, where it is a pickle: each is looked at for its names only.</summary>
    public static void Note(ZipDirectory archive, ZipEntry entry, ReadBudget budget, GlobalLog log)
    {
        try
        {
            if (!PlainPickleReader.IsPickle(ZipContent.Head(archive, entry, ArtifactReader.HeadBytes)))
            {
                return;
            }

            var bytes = ZipContent.Read(archive, entry, budget, LongestRecord, nameof(ReadLimits.PickleBytes));
            new PickleMachine(new PickleInput(new MemoryByteSource(bytes), 0, bytes.Length), budget, log, (_, _) => new PickleOpaque("a persistent id")).Run();
        }
        catch (ArtifactFault)
        {
            // What came before the fault is in the log, and the archive is judged for reasons of its own.
        }
    }
}
