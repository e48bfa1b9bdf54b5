using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>The posterior encoder, which training alone needs: a training file in place of an exported voice.</summary>
[KeyCauseOrder(140)]
internal sealed class PosteriorEncoderPresent : OmittingCause
{
    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var names = at.Unexpected.Where(n => KeyName.HasPart(n, "enc_q")).ToArray();
        if (names.Length > 0 && !at.Right.Keys.Any(n => KeyName.HasPart(n, "enc_q")))
        {
            yield return Drop(at, "enc-q-present", SafeText.Of(
                $"{names.Length} keys of enc_q are still inside: a training file (G_*.pth) was given in place of an exported voice"), names);
        }
    }
}
