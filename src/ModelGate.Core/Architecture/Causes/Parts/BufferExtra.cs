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
            yield return Drop(at, "buffer-extra", SafeText.Of(
                $"{names.Length} buffers are in the checkpoint alone ({BufferKeys.List(names)}): they hold no training and can be left out"), names);
        }
    }
}
