namespace ModelGate.Architecture.Causes;

/// <summary>Keys that the model can do without: a proposal to leave them out.</summary>
internal abstract class LeftOut : KeyCause
{
    public override Mending Mending => Mending.Drop;

    protected static Proposal Drop(KeyComparison at, string cause, SafeText message, IEnumerable<string> names)
        => new(cause, message) { After = at.Left.Replace(names.ToHashSet(StringComparer.Ordinal), new Dictionary<string, MappedKey>(), lost: true) };
}

/// <summary>The posterior encoder, which training alone needs: a training file in place of an exported voice.</summary>
internal sealed class PosteriorEncoderPresent : LeftOut
{
    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var names = at.Unexpected.Where(n => KeySpelling.HasPart(n, "enc_q")).ToArray();
        if (names.Length > 0 && !at.Right.Keys.Any(n => KeySpelling.HasPart(n, "enc_q")))
        {
            yield return Drop(at, "enc-q-present", SafeText.Of(
                $"{names.Length} keys of enc_q are still inside: a training file (G_*.pth) stands in place of an exported voice"), names);
        }
    }
}

/// <summary>Buffers that are computed anew and hold no training.</summary>
internal sealed class BufferExtra : LeftOut
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

/// <summary>Expected buffers that the checkpoint lacks.</summary>
internal sealed class BufferAbsent : KeyCause
{
    public override Mending Mending => Mending.None;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var names = at.Missing.Where(BufferKeys.Is).ToArray();
        if (names.Length > 0)
        {
            yield return new Proposal("buffer-absent", SafeText.Of(
                $"{names.Length} buffers are in the model alone ({BufferKeys.List(names)}): they hold no training, and the model makes them itself")) { Accounts = names };
        }
    }
}

/// <summary>What else a trainer saves: optimizer, discriminator, averaged copies.</summary>
internal sealed class ForeignContainer : LeftOut
{
    private static readonly string[] Words =
    [
        "optimizer", "optimizers", "optim", "optim_g", "optim_d", "optimizer_g", "optimizer_d", "scheduler", "lr_scheduler", "scaler", "grad_scaler", "param_groups", "optimizer_states", "lr_schedulers",
        "discriminator", "discriminators", "net_d", "mpd", "msd", "mrd", "criterion", "loss", "ema", "model_ema", "ema_model", "state_dict_ema", "rng_state",
    ];

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var parts = at.Right.Keys.Select(KeySpelling.Top).ToHashSet(StringComparer.Ordinal);
        var names = at.Unexpected.Where(n => KeySpelling.Top(n) is var top && Words.Contains(top, StringComparer.Ordinal) && !parts.Contains(top)).ToArray();
        if (names.Length > 0 && at.Common > 0)
        {
            var list = string.Join(", ", names.Select(KeySpelling.Top).Distinct(StringComparer.Ordinal).Take(6));
            yield return Drop(at, "container", SafeText.Of(
                $"the file holds more than the model: {names.Length} keys of {list}, which a trainer saves to go on training; the weights are a part of it"), names);
        }
    }
}

/// <summary>Whole parts that the model does not have, where all of the rest fits.</summary>
internal sealed class ExtraPart : LeftOut
{
    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        if (at.Common == 0 || at.Missing.Count > 0 || at.Unexpected.Count >= at.Left.Keys.Count)
        {
            yield break;
        }

        // A speaker table changes what the rest computes: the model would run without it, and not as it was trained.
        var expected = at.Right.Keys.Select(KeySpelling.Top).ToHashSet(StringComparer.Ordinal);
        var extra = at.Unexpected.GroupBy(KeySpelling.Top, StringComparer.Ordinal)
            .Where(g => !expected.Contains(g.Key) && !SpeakerTable.IsTable(g.First()) && !AdapterKeys.Is(g.First())).ToArray();
        if (extra.Length > 0 && !at.Unexpected.Any(SpeakerTable.IsTable))
        {
            yield return Drop(at, "extra-module", SafeText.Of(
                $"the checkpoint has parts that the model has not: {SafeText.Join(", ", extra.Take(6).Select(g => SafeText.Of($"{g.Key} ({g.Count()} keys)")))}; all else fits without them"),
                extra.SelectMany(g => g));
        }
    }
}
