using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>The posterior encoder is expected and was left out: an exported voice in place of a training file.</summary>
[KeyCauseOrder(200)]
internal sealed class PosteriorEncoderAbsent : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var names = at.Missing.Where(n => KeyName.HasPart(n, "enc_q")).ToArray();
        if (names.Length > 0 && !at.Left.Names.Any(n => KeyName.HasPart(n, "enc_q")))
        {
            yield return new Proposal("enc-q-absent", SafeText.Of(
                $"{names.Length} keys of enc_q are not there: an exported voice was given in place of a training file (G_*.pth); training cannot go on from it")) { Accounts = names };
        }
    }
}
