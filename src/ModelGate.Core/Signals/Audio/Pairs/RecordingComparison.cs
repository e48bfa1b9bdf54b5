using ModelGate.Artifacts;
using ModelGate.Signals.Audio.Frames;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>An output compared with the recording that it should sound like, at the lower of their rates.</summary>
/// <remarks>
/// Both are held in memory, each up to <see cref="MonoRecording.MostSamples"/> samples; of longer recordings the same seconds of both are compared. Where the channels of the output differ, each is
/// compared, with the same channel of a reference that has as many and else with the mean of the reference's, and the one that lies furthest from it counts.
/// </remarks>
internal sealed record RecordingComparisonMeasure : PairMeasure<AudioClip, AudioClip, RecordingComparison>
{
    private const int WidestRates = 16;

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    protected override RecordingComparison Compute(AudioClip left, AudioClip right, CancellationToken cancellation)
    {
        // A filter from one rate to the other is as long as they are apart.
        if (Math.Max(left.SampleRate, right.SampleRate) > WidestRates * (long)Math.Min(left.SampleRate, right.SampleRate))
        {
            return new RecordingComparison(Math.Min(left.SampleRate, right.SampleRate)) { Problem = SafeText.Of($"{left.SampleRate} Hz and {right.SampleRate} Hz are too far apart to be compared") };
        }

        var seconds = (double)MonoRecording.MostSamples / Math.Max(left.SampleRate, right.SampleRate);
        var channels = left.Channels > 1 && !FirstReading.Of(left, cancellation).ChannelsAgree ? left.Channels : 0;
        if (channels == 0)
        {
            return Compare(MonoRecording.Of(left, seconds, cancellation), MonoRecording.Of(right, seconds, cancellation), seconds, cancellation);
        }

        RecordingComparison? worst = null;
        for (var channel = 0; channel < channels; channel++)
        {
            var reference = MonoRecording.Of(right, seconds, cancellation, right.Channels == channels ? channel : null);
            var found = Compare(MonoRecording.Of(left, seconds, cancellation, channel), reference, seconds, cancellation) with { Part = SafeText.Of($"channel {channel + 1}") };
            worst = worst is null || found.Distortion > worst.Distortion || worst.Distortion is null ? found : worst;
        }

        return worst!;
    }

    private static RecordingComparison Compare(MonoRecording output, MonoRecording reference, double seconds, CancellationToken cancellation)
    {
        var rate = Math.Min(output.SampleRate, reference.SampleRate);
        var result = new RecordingComparison(rate) { ComparedSeconds = output.IsWhole && reference.IsWhole ? null : seconds, NonFinite = output.NonFinite + reference.NonFinite };
        return result.NonFinite > 0
            ? result with { Problem = SafeText.Of($"{SafeText.Count(result.NonFinite, "sample")} {SafeText.From(result.NonFinite == 1 ? "is" : "are")} NaN or infinite, and nothing else can be measured: see samples-must-be-finite") }
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

    /// <summary>The channel of the output; empty where it has one, or where all are the same.</summary>
    public SafeText Part { get; init; }

    /// <summary>What a sentence is about: "the output", or "channel 2 of the output".</summary>
    public SafeText Subject => Part.IsEmpty ? SafeText.Of($"the output") : SafeText.Of($"{Part} of the output");

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
