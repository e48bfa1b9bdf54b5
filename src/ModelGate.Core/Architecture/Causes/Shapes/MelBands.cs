using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Shapes;

/// <summary>Layers at both ends of a network that change from one number to another and in nothing else, both of them numbers of mel bands that are in use.</summary>
[KeyCauseOrder(295)]
internal sealed class MelBands : KeyCause
{
    // A network has few layers that see the spectrogram; where many change, it is a width inside.
    private const int MostTensors = 8;

    // 80 of Tacotron and HiFi-GAN, 100 of Vocos and BigVGAN, 128 of BigVGAN v2 and RVC, 125 of RVC at 40 kHz, and what speech recognition uses.
    private static readonly long[] Usual = [40, 64, 80, 96, 100, 120, 125, 128, 160];

    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        foreach (var group in at.Shapes.Select(n => (Name: n, Change: Change(at.LeftShape(n), at.RightShape(n)))).Where(c => c.Change is not null).GroupBy(c => c.Change!.Value, c => c.Name))
        {
            var ((left, right), names) = (group.Key, group.ToArray());
            var isNamed = names.Any(n => n.Contains("mel", StringComparison.OrdinalIgnoreCase) || KeyName.HasPart(n, "conv_pre"));
            var isInput = names.Any(n => at.LeftShape(n) is { Count: > 1 } shape && shape[1] == left);
            if (Usual.Contains(left) && Usual.Contains(right) && names.Length <= MostTensors && isInput && (isNamed || names.Length > 1))
            {
                yield return new Proposal("mel-bands", SafeText.Of(
                    $"{names.Length} tensors have {left} mel bands in the checkpoint, {right} in the model ({SafeText.Join(", ", names.Take(4).Select(n => SafeText.From(n)))}): another mel spectrogram (n_mels), and so other features; build the model and compute the features with the checkpoint's"))
                {
                    Accounts = names,
                };
            }
        }
    }

    // The one dimension that differs.
    private static (long Left, long Right)? Change(IReadOnlyList<long> left, IReadOnlyList<long> right)
        => left.Count == right.Count && left.Zip(right).Where(p => p.First != p.Second).ToArray() is [var only] ? only : null;
}
