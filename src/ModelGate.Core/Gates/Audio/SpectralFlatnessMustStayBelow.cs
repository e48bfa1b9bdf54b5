using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Gates;

/// <summary>The output of a voice model must not be as flat as noise: its mean spectral flatness over active frames has a limit.</summary>
[GateId("MG5001")]
internal sealed class SpectralFlatnessMustStayBelow : Gate<ComparedRecording, SpectralFlatnessMustStayBelow.Options>
{
    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Output];

    /// <inheritdoc/>
    protected override IEnumerable<Selection<ComparedRecording>> Select(ArtifactSet artifacts) => ComparedRecording.Of(artifacts);

    /// <inheritdoc/>
    public override Judgement Judge(ComparedRecording subject, Options options, CancellationToken cancellation = default)
    {
        var clip = subject.Output.Content;
        var flatness = SpectralFlatness.Measure(clip, options.MinimumLevel, cancellation: cancellation);
        var path = SafeText.From(subject.Output.Path);
        Measurement active = new("spectral-flatness", path, flatness.ActiveMean) { Required = new Requirement(Relation.Below, options.Limit) };
        Measurement[] measurements =
        [
            active,
            new("spectral-flatness-all-frames", path, flatness.Mean),
            new("active-frames", path, flatness.ActiveShare),
        ];
        if (flatness.ActiveMean is not { } value)
        {
            return Judgement.Inconclusive(WhyNot(clip, flatness, options)) with { Measurements = measurements };
        }

        if (active.Required.IsMetBy(value))
        {
            return Judgement.Of(
                SafeText.Of($"spectral flatness {value:0.0000} is below {options.Limit:0.######}, by {active.Margin ?? 0:0.0000}, over {flatness.ActiveShare ?? 0:0.0 %} of the frames"),
                measurements,
                []);
        }

        var message = SafeText.Of($"spectral flatness {value:0.0000} is not below {options.Limit:0.######}: {Likeness(value)}");
        return Judgement.Of(message, measurements, [new Finding(message) { Remedy = Remedy, Evidence = [active] }]);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(ComparedRecording subject, Options options, CancellationToken cancellation)
    {
        var own = RecordingExhibits.Spectrogram(subject.Output, "output", cancellation);
        var pair = subject.Reference is { } reference ? own.Concat(RecordingExhibits.Spectrogram(reference, "reference", cancellation)) : own;
        return RecordingExhibits.Flatness(subject.Output, options, cancellation) is { } flatness ? pair.Append(flatness) : pair;
    }

    private static SafeText Remedy => SafeText.Of(
        $"Listen to the file; if it hisses, look at the losses of the run and at the checkpoint and features that it was made from, not at the limit");

    private static SafeText WhyNot(AudioClip clip, SpectralFlatness flatness, Options options) => flatness switch
    {
        { NonFiniteSamples: > 0 } => SafeText.Of($"{flatness.NonFiniteSamples} samples are NaN or infinite, and a spectrum of them has no flatness"),
        { Frames: 0 } => SafeText.Of($"the recording has {clip.Frames} samples a channel, and one spectrum takes {SpectralFlatness.FrameLength}"),
        _ => SafeText.Of($"no frame is louder than {options.MinimumLevel:0.######} dBFS, and silence has no flatness"),
    };

    private static SafeText Likeness(double flatness) => flatness switch
    {
        >= 0.5 => SafeText.Of($"the output is as flat as white noise (0.56)"),
        >= 0.3 => SafeText.Of($"the output is as flat as noise"),
        >= 0.1 => SafeText.Of($"noise covers a good part of the output"),
        _ => SafeText.Of($"the output is flatter than the limit allows"),
    };

    /// <summary>The options.</summary>
    public sealed record Options
    {
        /// <summary>The mean spectral flatness over active frames, from 0 to 1, that the output has to stay below; 0.1 by default.</summary>
        [Range(0, 1)]
        public double Limit { get; init; } = 0.1;

        /// <summary>The level in dBFS that a frame's RMS has to be above in order to count as active; -60 by default.</summary>
        [Range(-120, 0)]
        public double MinimumLevel { get; init; } = SpectralFlatness.DefaultMinimumLevel;
    }
}
