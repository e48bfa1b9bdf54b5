using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>What else a trainer saves: optimizer, discriminator, averaged copies.</summary>
[KeyCauseOrder(160)]
internal sealed class ForeignContainer : OmittingCause
{
    private static readonly string[] Words =
    [
        "optimizer", "optimizers", "optim", "optim_g", "optim_d", "optimizer_g", "optimizer_d", "scheduler", "lr_scheduler", "scaler", "grad_scaler", "param_groups", "optimizer_states", "lr_schedulers",
        "discriminator", "discriminators", "net_d", "mpd", "msd", "mrd", "criterion", "loss", "ema", "model_ema", "ema_model", "state_dict_ema", "rng_state",
    ];

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var parts = at.Right.Keys.Select(KeyName.Top).ToHashSet(StringComparer.Ordinal);
        var names = at.Unexpected.Where(n => KeyName.Top(n) is var top && Words.Contains(top, StringComparer.Ordinal) && !parts.Contains(top)).ToArray();
        if (names.Length > 0 && at.Common > 0)
        {
            var list = string.Join(", ", names.Select(KeyName.Top).Distinct(StringComparer.Ordinal).Take(6));
            yield return Drop(at, "container", SafeText.Of(
                $"the file holds more than the model: {names.Length} keys of {list}, which a trainer saves to go on training; the weights are a part of it"), names);
        }
    }
}
