using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;
using ModelGate.Syntax.Tar;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.Loaders;

/// <summary>What a loader takes bytes for, where a name's ending does not decide: torch.load tries a zip archive, then a tar archive, then a pickle.</summary>
internal enum LoaderFormat
{
    /// <summary>None of those that are tried.</summary>
    None,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>A pickle, or several in a row.</summary>
    Pickle,
}

/// <summary>Decides for every format whether another loader would read the same bytes otherwise: then a judgement of one reading says nothing of the other.</summary>
/// <remarks>
/// A tar archive is told by its first header, a zip archive by an end record from which a directory can be found, wherever in the last
/// 64 KiB it stands, and a pickle by opcodes that lead from the first byte to an import.
/// </remarks>
internal static class OtherReadings
{
    private const int MostMembers = 64;
    private const long LongestMember = 16 << 20;

    /// <summary>The refusal, with what a pickle of the other reading imports; null where every loader reads the file alike.</summary>
    /// <param name="source">The whole file.</param>
    /// <param name="own">What the file is taken for.</param>
    public static ArtifactFault? Find(IByteSource source, LoaderFormat own, ReadBudget budget)
    {
        var log = new GlobalLog();
        var fault = Tar(source, budget, log);
        if (fault is null && own != LoaderFormat.Zip)
        {
            fault = Zip(source);
        }

        if (fault is null && own == LoaderFormat.None && PickleSkim.ReachesImport(source, 0, budget))
        {
            Walk(source, 0, source.Length, budget, log);
            fault = new ArtifactFault(FaultReason.OtherReading, SafeText.Of($"an unpickler would follow the file's first bytes to an import"), 0);
        }

        return fault is null ? null : Explained(fault, log);
    }

    /// <summary>The refusal for bytes behind an array or another object, where a loader that is asked again would unpickle them; null where it would not.</summary>
    public static ArtifactFault? FindBehind(IByteSource source, long at, ReadBudget budget)
    {
        if (!PickleSkim.ReachesImport(source, at, budget))
        {
            return null;
        }

        var log = new GlobalLog();
        Walk(source, at, source.Length - at, budget, log);
        return Explained(new ArtifactFault(FaultReason.OtherReading, SafeText.Of($"a pickle follows what the file describes"), at), log);
    }

    private static ArtifactFault? Tar(IByteSource source, ReadBudget budget, GlobalLog log)
    {
        Span<byte> block = stackalloc byte[TarHeader.Length];
        if (source.Read(0, block) < block.Length || TarHeader.Read(block) is not { } first)
        {
            return null;
        }

        var member = first;
        var at = 0L;
        for (var members = 1; members <= MostMembers; members++)
        {
            var begin = at + TarHeader.Length;
            if (member.Size is > 1 and <= LongestMember && member.Size <= source.Length - begin)
            {
                Walk(source, begin, member.Size, budget, log);
            }

            if (member.Size < 0 || member.Size > source.Length - begin - TarHeader.Length)
            {
                break;
            }

            at = begin + ((member.Size + TarHeader.Length - 1) / TarHeader.Length * TarHeader.Length);
            if (source.Read(at, block) < block.Length || TarHeader.Read(block) is not { } next)
            {
                break;
            }

            member = next;
        }

        return new ArtifactFault(FaultReason.OtherReading, SafeText.Of($"the first {TarHeader.Length} bytes are also the header of a tar archive with the member {first.Name}"), 0);
    }

    private static ArtifactFault? Zip(IByteSource source)
        => ZipEndRecord.FindIn(source) is { } at
            ? new ArtifactFault(FaultReason.OtherReading, SafeText.Of($"it contains the end record of a zip archive, with a directory that can be found"), at)
            : null;

    // For its names only: what breaks there is not the file's own fault.
    private static void Walk(IByteSource source, long start, long length, ReadBudget budget, GlobalLog log)
    {
        try
        {
            var input = new PickleInput(source, start, length);
            while (input.Remaining > 0)
            {
                new PickleMachine(input, budget, log, (_, _) => new PickleOpaque("a persistent id")).Run();
            }
        }
        catch (ArtifactFault)
        {
            // What came before is in the log.
        }
    }

    private static ArtifactFault Explained(ArtifactFault fault, GlobalLog log)
    {
        fault.Globals = log.ToList();
        return log.Danger(fault) ?? fault;
    }
}
