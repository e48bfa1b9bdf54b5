using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Gates.Audio;

/// <summary>What is required of an output beside the sound that it should have: of each signal, the channel that lies furthest off in it.</summary>
/// <param name="checks">Collects what is found.</param>
/// <param name="found">The channels of the output, compared.</param>
/// <param name="isAligned">Whether both have one timing, so that they can be compared frame by frame.</param>
/// <param name="options">The limits.</param>
/// <param name="reference">The reference, and how it was found.</param>
internal sealed class ReferenceChecks(LimitChecks checks, ChannelComparisons found, bool isAligned, MelMustResembleReference.Options options, SafeText reference)
{
    private static SafeText Remedy => SafeText.Of($"Listen to both: other words or babble come from features that do not belong to the recordings; noise, hum and dullness have gates of their own");

    /// <summary>Notes a value of the channel in which it is worst, of which nothing is required.</summary>
    public static void Note(LimitChecks checks, SignalInfo signal, ChannelValue<RecordingComparison>? worst) => checks.Note(signal, worst?.Value, worst?.Part ?? default);

    /// <summary>Notes the distances of which nothing is required.</summary>
    public static void NoteDistances(LimitChecks checks, ChannelComparisons found)
    {
        Note(checks, LogMelDistance.Info, found.Largest(c => c.Mel?.All));
        Note(checks, LogMelDistanceActive.Info, found.Largest(c => c.Mel?.Active));
        Note(checks, StftConvergence.Info, found.Largest(c => c.StftConvergence));
        Note(checks, StftLogMagnitude.Info, found.Largest(c => c.StftLogMagnitude));
    }

    /// <summary>Requires it.</summary>
    /// <param name="distortion">The channel with the highest distortion.</param>
    public void Require(ChannelValue<RecordingComparison> distortion)
    {
        checks.Require(
            MelCepstralDistortion.Info,
            distortion.Value,
            Relation.AtMost,
            options.Distortion,
            SafeText.Of($"{distortion.Subject} is not what {reference} says: mel-cepstral distortion {distortion.Value:0.00} dB, at most {NumberText.OfLimit(options.Distortion)} is allowed, whatever the timing"),
            Remedy,
            distortion.Part);
        if (found.Least(c => c.AlignedCorrelation) is { } aligned)
        {
            checks.Require(
                LogMelCorrelationAligned.Info,
                aligned.Value,
                Relation.AtLeast,
                options.AlignedCorrelation,
                SafeText.Of($"{aligned.Subject} does not follow what {reference} says, however it is timed: the correlation of their mel bands is {aligned.Value:0.00} along the best alignment, at least {NumberText.OfLimit(options.AlignedCorrelation)} is required"),
                Remedy,
                aligned.Part);
        }

        var distance = found.Largest(c => c.Mel?.Levelled);
        if (isAligned && distance is not null)
        {
            checks.Require(
                LogMelDistanceLevelled.Info,
                distance.Value,
                Relation.AtMost,
                options.Distance,
                SafeText.Of($"frame by frame {distance.Subject} lies {distance.Value:0.00} from {reference} in log-mel, at most {NumberText.OfLimit(options.Distance)} is allowed"),
                SafeText.Of($"Look at where the two spectrograms differ; if the model times its speech itself, raise the distance"),
                distance.Part);
        }
        else
        {
            Note(checks, LogMelDistanceLevelled.Info, distance);
        }

        if (checks.AreMet && found.Any.IsLongerThanStretch)
        {
            RequireOfStretches();
        }

        Note(checks, LogMelCorrelation.Info, found.Least(c => c.Mel?.Correlation));
        NoteDistances(checks, found);
    }

    // What is wrong for a while only.
    private void RequireOfStretches()
    {
        if (found.Largest(c => c.FurthestStretch?.Value) is { Result.FurthestStretch: { } distorted } distortion)
        {
            checks.Require(
                MelCepstralDistortionOfStretch.Info,
                distortion.Value,
                Relation.AtMost,
                options.DistortionOfStretch,
                SafeText.Of($"{RecordingWords.Of(distorted.Time)}, {distortion.Subject} is not what {reference} says: mel-cepstral distortion {distortion.Value:0.00} dB, in ten seconds at most {NumberText.OfLimit(options.DistortionOfStretch)} is allowed"),
                Remedy,
                distortion.Part);
        }

        if (isAligned && found.Largest(c => c.Mel?.Furthest?.Value) is { Result.Mel.Furthest: { } far } distance)
        {
            checks.Require(
                LogMelDistanceOfStretch.Info,
                distance.Value,
                Relation.AtMost,
                options.DistanceOfStretch,
                SafeText.Of($"{RecordingWords.Of(far.Time)}, {distance.Subject} lies {distance.Value:0.00} from {reference} in log-mel, frame by frame; in ten seconds at most {NumberText.OfLimit(options.DistanceOfStretch)} is allowed"),
                Remedy,
                distance.Part);
        }
    }
}
