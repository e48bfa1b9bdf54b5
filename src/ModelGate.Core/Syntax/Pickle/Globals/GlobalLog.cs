using System.Runtime.InteropServices;
using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Syntax.Pickle.Globals;

/// <summary>Every name that the pickles of a file import, from the moment they do: no later error loses it.</summary>
internal sealed class GlobalLog
{
    private readonly Dictionary<string, Use> uses = new(StringComparer.Ordinal);

    /// <summary>The first opcode that the unpickler of torch.load(weights_only=True) does not know; null where it knows all.</summary>
    public byte? UnknownOpcode { get; private set; }

    /// <summary>Takes note of an opcode that the unpickler of torch.load(weights_only=True) does not know.</summary>
    public void Beyond(byte opcode) => UnknownOpcode ??= opcode;

    /// <summary>Takes note of an import.</summary>
    /// <returns>Whether the name is a new one.</returns>
    public bool Add(string name, GlobalVerdict verdict, string? effect, long offset, long fileOffset)
    {
        ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(uses, name, out var known);
        use ??= new Use { Verdict = verdict, Effect = effect, Offset = offset, FileOffset = fileOffset };
        use.Count++;
        if (verdict > use.Verdict)
        {
            use.Verdict = verdict;
            use.Effect ??= effect;
        }

        return !known;
    }

    /// <summary>A name was used in a way that its place on the list does not cover.</summary>
    public void Raise(string name, GlobalVerdict verdict, string? effect = null)
    {
        if (uses.TryGetValue(name, out var use) && verdict > use.Verdict)
        {
            use.Verdict = verdict;
            use.Effect = effect ?? use.Effect;
        }
    }

    /// <summary>A dangerous name was used in the one harmless way that honest files know.</summary>
    public void Excuse(string name)
    {
        if (uses.TryGetValue(name, out var use))
        {
            use.Excused = true;
        }
    }

    /// <summary>A dangerous name was used otherwise: no excuse counts.</summary>
    public void Accuse(string name)
    {
        if (uses.TryGetValue(name, out var use))
        {
            use.Accused = true;
        }
    }

    /// <summary>The names, sorted ordinally.</summary>
    public IReadOnlyList<GlobalUse> ToList()
        => [.. uses.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => new GlobalUse(u.Key, Final(u.Value), u.Value.Count, u.Value.Offset))];

    /// <summary>Reads what pickles describe; a fault leaves with the names that they had imported before it.</summary>
    /// <param name="read">Reads, and notes in the log what is imported.</param>
    public static Artifact Reading(Func<GlobalLog, Artifact> read)
    {
        var log = new GlobalLog();
        try
        {
            return read(log);
        }
        catch (ArtifactFault fault)
        {
            log.Explain(fault);
            throw;
        }
    }

    /// <summary>Adds the names that were seen before a fault to it; where one of them is dangerous, that is the graver fault, and this one lies behind it.</summary>
    /// <exception cref="ArtifactFault">A name is dangerous.</exception>
    public void Explain(ArtifactFault fault)
    {
        fault.Globals = ToList();
        if (fault.Reason != FaultReason.DangerousGlobal && Danger(fault.Kind == FaultKind.Foreign ? null : fault) is { } danger)
        {
            throw danger;
        }
    }

    /// <summary>The error for the first dangerous name, or null where there is none.</summary>
    public ArtifactFault? Danger(ArtifactFault? broken)
    {
        var found = uses.Where(u => Final(u.Value) == GlobalVerdict.Dangerous).OrderBy(u => u.Value.FileOffset).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var (name, use) = found[0];
        var others = found.Count > 1 ? SafeText.Of($", and {found.Count - 1} more such names") : SafeText.Empty;
        var then = broken is null ? SafeText.Empty : SafeText.Of($"; then the file breaks: {broken.Description}");
        return new ArtifactFault(
            FaultReason.DangerousGlobal,
            SafeText.Of($"loading it would import {name}, which {use.Effect ?? "can run code"}{others}{then}"),
            use.FileOffset,
            broken) { Format = broken?.Format, Globals = ToList() };
    }

    private static GlobalVerdict Final(Use use)
        => use is { Verdict: GlobalVerdict.Dangerous, Excused: true, Accused: false } ? GlobalVerdict.Unknown : use.Verdict;

    private sealed class Use
    {
        public GlobalVerdict Verdict { get; set; }

        public string? Effect { get; set; }

        public long Offset { get; init; }

        public long FileOffset { get; init; }

        public int Count { get; set; }

        public bool Excused { get; set; }

        public bool Accused { get; set; }
    }
}
