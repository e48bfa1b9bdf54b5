using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>Expected buffers that the checkpoint lacks.</summary>
[KeyCauseOrder(310)]
internal sealed class BufferAbsent : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var names = at.Missing.Where(BufferKeys.Is).ToArray();
        if (names.Length > 0)
        {
            yield return new Proposal("buffer-absent", names.All(BufferKeys.IsCounter)
                ? SafeText.Of($"{names.Length} counters that a profiler (thop) put into the model's modules are in the model alone ({BufferKeys.List(names)}): they hold no training, and to lack them is harmless; list the model's keys before it is profiled")
                : SafeText.Of($"{names.Length} buffers are in the model alone ({BufferKeys.List(names)}): they hold no training, and the model makes them itself")) { Accounts = names };
        }
    }
}
