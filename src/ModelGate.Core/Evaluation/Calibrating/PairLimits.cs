using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Evaluation.Calibrating;

/// <summary>Which option of which gate holds a limit on an output beside its reference.</summary>
internal static class PairLimits
{
    /// <summary>The option of each signal and side that has one.</summary>
    public static IReadOnlyDictionary<(string Signal, Relation Side), (string Gate, string Option)> Options { get; } = new Dictionary<(string, Relation), (string, string)>
    {
        [(MelCepstralDistortion.Info.Name, Relation.AtMost)] = ("mel-must-resemble-reference", "distortion"),
        [(MelCepstralDistortionOfStretch.Info.Name, Relation.AtMost)] = ("mel-must-resemble-reference", "distortionOfStretch"),
        [(LogMelCorrelationAligned.Info.Name, Relation.AtLeast)] = ("mel-must-resemble-reference", "alignedCorrelation"),
        [(LogMelDistanceLevelled.Info.Name, Relation.AtMost)] = ("mel-must-resemble-reference", "distance"),
        [(LogMelDistanceOfStretch.Info.Name, Relation.AtMost)] = ("mel-must-resemble-reference", "distanceOfStretch"),
        [(CentroidRatio.Info.Name, Relation.AtLeast)] = ("band-must-match-reference", "limit"),
        [(SilenceDifference.Info.Name, Relation.AtMost)] = ("audio-must-not-be-silent", "moreThanReference"),
        [(DropoutShare.Info.Name, Relation.AtMost)] = ("audio-must-not-be-silent", "dropouts"),
        [(PauseLevel.Info.Name, Relation.AtMost)] = ("silence-must-stay-silent", "limit"),
        [(PeriodicityRatio.Info.Name, Relation.AtLeast)] = ("voice-must-be-periodic", "ratio"),
    };

    /// <summary>The sides on which a configuration can state a limit of a signal: of a signal on two files, those for which a gate has an option.</summary>
    public static IEnumerable<Relation> SidesOf(SignalInfo signal) => Separation.SidesOf(signal).Where(s => signal.On != MeasuredOn.OutputAndReference || Options.ContainsKey((signal.Name, s)));

    /// <summary>The gate and its option; null where no gate has such a limit.</summary>
    public static (string Gate, string Option)? OptionOf(CalibratedLimit limit)
        => Options.TryGetValue((limit.Signal.Name, limit.Requirement.Relation), out var option) ? option : null;
}
