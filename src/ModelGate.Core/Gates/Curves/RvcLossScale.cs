using ModelGate.Artifacts;
using ModelGate.Signals.Curves;

namespace ModelGate.Gates.Curves;

/// <summary>What RVC's own code says of its losses: where it cuts them off, and which height is low.</summary>
internal static class RvcLossScale
{
    // RVC logs the mean absolute error of log-mel spectrograms times c_mel. Published fine-tunes end at 15 to 25 with c_mel 45; 0.6, which is
    // 27 there, leaves them a margin. It is a convention, not a measured border: the option overrules it.
    private const double HighestMelError = 0.6;
    private const double UsualMelWeight = 45;

    /// <summary>The values at which a release of RVC cuts the loss off: 2.x the first, 1.x the second.</summary>
    public static IReadOnlyList<double> ClampsOf(LogCurves log, string series) => (log.Format, series) switch
    {
        ("rvc-log", "loss_mel") => [75, 50],
        ("rvc-log", "loss_kl") => [9, 5],
        _ => [],
    };

    /// <summary>The level that a good run of this trainer stays under; null where none is known.</summary>
    public static double? CeilingOf(LogCurves log, string series)
        => (log.Format, series) is ("rvc-log", "loss_mel") ? HighestMelError * MelWeightOf(log) : null;

    private static double MelWeightOf(LogCurves log)
    {
        var weight = log.Hyperparameters.GetValueOrDefault("train.c_mel") switch
        {
            MetadataValue.Integer integer => integer.Value,
            MetadataValue.Real real => real.Value,
            _ => UsualMelWeight,
        };
        return double.IsFinite(weight) && weight > 0 ? weight : UsualMelWeight;
    }
}
