using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>Buffers that are computed anew and hold no training.</summary>
[KeyCauseOrder(150)]
internal sealed class BufferExtra : OmittingCause
{
    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var names = at.Unexpected.Where(BufferKeys.Is).ToArray();
        if (names.Length > 0)
        {
            var who = names.All(BufferKeys.IsCounter) ? SafeText.Of($"counters that a profiler (thop) left in the modules") : SafeText.Of($"buffers");
            yield return Drop(at, "buffer-extra", SafeText.Of(
                $"{names.Length} {who} are in the checkpoint alone ({BufferKeys.List(names)}): they hold no training and can be left out"), names);
        }
    }
}
