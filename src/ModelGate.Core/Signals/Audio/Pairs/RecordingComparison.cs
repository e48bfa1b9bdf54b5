using ModelGate.Artifacts;
using ModelGate.Signals.Audio.Frames;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>An output compared with the recording that it should sound like, at the lower of their rates; of either, the mean of its channels.</summary>
/// <remarks>Both are held in memory, each up to <see cref="MonoRecording.MostSamples"/> samples; of longer recordings the same seconds of both are compared.</remarks>
internal sealed record RecordingComparisonMeasure : PairMeasure<AudioClip, AudioClip, RecordingComparison>
{
    private const int WidestRates = 16;

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <summary>Compares one channel of each, or the mean of its channels.</summary>
    /// <param name="output">The output.</param>
    /// <param name="channel">Its channel; null for the mean.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="referenceChannel">Its channel; null for the mean.</param>
    /// <param name="cancellation">Cancelled where the caller wants to stop.</param>
    public static RecordingComparison Compare(AudioClip output, int? channel, AudioClip reference, int? referenceChannel, CancellationToken cancellation)
    {
        var (low, high) = (Math.Min(output.SampleRate, reference.SampleRate), Math.Max(output.SampleRate, reference.SampleRate));

        // A filter from one rate to the other is as long as they are apart.
        if (high > WidestRates * (long)low)
        {
            return new RecordingComparison(low) { Problem = SafeText.Of($"{output.SampleRate} Hz and {reference.SampleRate} Hz are too far apart to be compared") };
        }

        var seconds = (double)MonoRecording.MostSamples / high;
        return Compare(MonoRecording.Of(output, seconds, cancellation, channel), MonoRecording.Of(reference, seconds, cancellation, referenceChannel), seconds, cancellation);
    }

    /// <inheritdoc/>
    protected override RecordingComparison Compute(AudioClip left, AudioClip right, CancellationToken cancellation) => Compare(left, null, right, null, cancellation);

    private static RecordingComparison Compare(MonoRecording output, MonoRecording reference, double seconds, CancellationToken cancellation)
    {
        var rate = Math.Min(output.SampleRate, reference.SampleRate);
        var result = new RecordingComparison(rate) { ComparedSeconds = output.IsWhole && reference.IsWhole ? null : seconds, NonFinite = output.NonFinite + reference.NonFinite };
        return result.NonFinite > 0
            ? result with { Problem = RecordingProblem.NothingMeasured(result.NonFinite) }
            : Compare(result, output.At(rate, cancellation), reference.At(rate, cancellation), cancellation);
    }

    private static RecordingComparison Compare(RecordingComparison result, MonoRecording output, MonoRecording reference, CancellationToken cancellation)
    {
        var (level, wanted) = (output.Rms(), reference.Rms());
        var mel = LogMelSpectrogram.Of(output, 1, cancellation);
        var wantedMel = LogMelSpectrogram.Of(reference, 1, cancellation);
        var stft = StftDistance.Of(output, reference, cancellation);
        result = result with
        {
            Pauses = PauseComparison.Of(output, reference),
            StftConvergence = stft?.Convergence,
            StftLogMagnitude = stft?.LogMagnitude,
            OutputCentroid = SpectralCentre.Of(output, cancellation),
            ReferenceCentroid = SpectralCentre.Of(reference, cancellation),
        };
        if (mel is null || wantedMel is null)
        {
            return result;
        }

        var levelled = level > 0 && wanted > 0 ? LogMelSpectrogram.Of(output, wanted / level, cancellation) : null;
        var distortion = MelCepstralDistance.Of(mel, wantedMel, output.SampleRate, cancellation);
        return result with { Mel = MelComparison.Of(mel, levelled, wantedMel, output.SampleRate), Distortion = distortion.Decibels, FurthestStretch = distortion.Furthest, AlignedCorrelation = MelComparison.Along(mel, wantedMel, distortion.Frames), IsLongerThanStretch = Stretch.IsPartOf(output.Seconds), IsBanded = distortion.IsBanded };
    }
}

/// <summary>An output beside its reference.</summary>
/// <param name="Rate">The rate at which they were compared: the lower of both.</param>
internal sealed record RecordingComparison(int Rate)
{
    /// <summary>The seconds at the beginning of both that were compared; null where that is all of them.</summary>
    public double? ComparedSeconds { get; init; }

    /// <summary>Samples of both that are NaN or infinite; one of them, and nothing else has a value.</summary>
    public long NonFinite { get; init; }

    /// <summary>Why nothing can be compared; empty where it can.</summary>
    public SafeText Problem { get; init; }

    /// <summary>The log-mel distances; null where one of them is shorter than a frame.</summary>
    public MelComparison? Mel { get; init; }

    /// <summary>The mel-cepstral distortion in dB; null where one of them is shorter than a frame.</summary>
    public double? Distortion { get; init; }

    /// <summary>The mel-cepstral distortion, along the same alignment, of the ten seconds of the output in which it is highest.</summary>
    public Stretch? FurthestStretch { get; init; }

    /// <summary>The correlation of the mel bands along the alignment; null where nothing in it is active and varies.</summary>
    public double? AlignedCorrelation { get; init; }

    /// <summary>Whether more than ten seconds were compared.</summary>
    public bool IsLongerThanStretch { get; init; }

    /// <summary>Whether only alignments near the diagonal were tried.</summary>
    public bool IsBanded { get; init; }

    /// <summary>The spectral convergence.</summary>
    public double? StftConvergence { get; init; }

    /// <summary>The distance of log magnitudes.</summary>
    public double? StftLogMagnitude { get; init; }

    /// <summary>What is heard in pauses, and what is lost.</summary>
    public PauseComparison? Pauses { get; init; }

    /// <summary>The mean spectral centroid of the output's active frames, in hertz.</summary>
    public double? OutputCentroid { get; init; }

    /// <summary>The same of the reference.</summary>
    public double? ReferenceCentroid { get; init; }

    /// <summary>The quotient of the centroids.</summary>
    public double? CentroidRatio => ReferenceCentroid > 0 ? OutputCentroid / ReferenceCentroid : null;
}
