using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>Pitch (f0) guides one side alone.</summary>
[KeyCauseOrder(210)]
internal sealed class Pitch : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        foreach (var (names, present) in new[] { (at.Unexpected, true), (at.Missing, false) })
        {
            var pitch = names.Where(n => KeyName.HasPart(n, "emb_pitch", "m_source", "noise_convs", "f0_decoder", "f0_emb", "emb_uv", "f0_prenet", "pitch_emb", "pitch_embed")).ToArray();
            if (pitch.Length > 0 && pitch.Any(n => KeyName.HasPart(n, "emb_pitch", "m_source", "f0_decoder", "f0_emb", "emb_uv", "pitch_emb", "pitch_embed")))
            {
                yield return new Proposal(present ? "f0-present" : "f0-absent", present
                    ? SafeText.Of($"the checkpoint is a model with pitch (f0), the one expected works without: {pitch.Length} keys of {Parts(pitch)}")
                    : SafeText.Of($"the checkpoint is a model without pitch (f0), the one expected works with it: {pitch.Length} keys of {Parts(pitch)} are not there")) { Accounts = pitch };
            }
        }
    }

    private static SafeText Parts(IEnumerable<string> names)
        => SafeText.Join(", ", names.Select(n => string.Join('.', n.Split('.').Take(2))).Distinct(StringComparer.Ordinal).Take(4).Select(n => SafeText.From(n)));
}
