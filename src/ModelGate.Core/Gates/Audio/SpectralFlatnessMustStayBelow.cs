using ModelGate.Runs;
using ModelGate.Signals.Audio;

namespace ModelGate.Gates.Audio;

/// <summary>The output of a voice model must not be as flat as noise: its mean spectral flatness over active frames has a limit.</summary>
[GateId("MG5001")]
internal sealed class SpectralFlatnessMustStayBelow : Gate<SpectralFlatnessMustStayBelow.Options>
{
    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Output];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Reference];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => RecordingPairs.Of(files);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => [new(subject.First(ArtifactRole.Output), new FlatnessMeasure(options.MinimumLevel))];

    /// <inheritdoc/>
    protected override IEnumerable<Need> PictureNeeds(Subject subject, Options options) => subject.Files.Select(f => new Need(f, new SpectrogramMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var flatness = measured.Of(subject.First(ArtifactRole.Output), new FlatnessMeasure(options.MinimumLevel));
        var active = SpectralFlatness.Info.Of(subject.Path, flatness.ActiveMean) with { Required = new Requirement(Relation.Below, options.Limit) };
        Measurement[] measurements =
        [
            active,
            SpectralFlatnessAllFrames.Info.Of(subject.Path, flatness.Mean),
            ActiveFrames.Info.Of(subject.Path, flatness.ActiveShare),
        ];
        if (flatness.ActiveMean is not { } value)
        {
            return Judgement.Inconclusive(WhyNot(flatness, options)) with { Measurements = measurements };
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
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var output = subject.First(ArtifactRole.Output);
        return subject.Files.SelectMany(f => measured.Find(f, new SpectrogramMeasure()) is { } picture ? RecordingExhibits.Spectrogram(f, picture) : [])
            .Concat(RecordingExhibits.Flatness(output, measured.Of(output, new FlatnessMeasure(options.MinimumLevel)), options.Limit));
    }

    private static SafeText Remedy => SafeText.Of(
        $"Listen to the file; if it hisses, look at the losses of the run and at the checkpoint and features that it was made from, not at the limit");

    private static SafeText WhyNot(Flatness flatness, Options options) => flatness switch
    {
        { NonFiniteSamples: > 0 } => SafeText.Of($"{flatness.NonFiniteSamples} samples are NaN or infinite, and a spectrum of them has no flatness"),
        { Frames: 0 } => SafeText.Of($"the recording has {flatness.Samples} samples a channel, and one spectrum takes {FrameSeries.FrameLength}"),
        _ => SafeText.Of($"no frame is louder than {options.MinimumLevel:0.######} dBFS, and silence has no flatness"),
    };

    private static SafeText Likeness(double flatness) => flatness switch
    {
        >= 0.5 => SafeText.Of($"the output is as flat as white noise (0.56)"),
        >= 0.3 => SafeText.Of($"the output is as flat as noise"),
        >= 0.1 => SafeText.Of($"noise covers a good part of the output"),
        _ => SafeText.Of($"the output is flatter than the limit allows"),
    };

    /// <summary>The limit, and which frames count.</summary>
    public sealed record Options
    {
        /// <summary>The mean spectral flatness over active frames, from 0 to 1, that the output has to stay below; 0.1 by default.</summary>
        [Range(0, 1)]
        public double Limit { get; init; } = 0.1;

        /// <summary>The level in dBFS that a frame's RMS has to be above in order to count as active; -60 by default.</summary>
        [Range(-120, 0)]
        public double MinimumLevel { get; init; } = FlatnessMeasure.DefaultMinimumLevel;
    }
}
