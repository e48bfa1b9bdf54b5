using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;

namespace ModelGate.Gates.Audio;

/// <summary>
/// The output of a voice model must not be as flat as noise: in each channel, the mean spectral flatness of active frames within the occupied band has a limit.
/// </summary>
[GateId("MG5001")]
internal sealed class SpectralFlatnessMustStayBelow : Gate<SpectralFlatnessMustStayBelow.Options>
{
    // A peak or two over full scale is a rounding of a loud recording; a share of one in a thousand is heard.
    private const double MostBeyondFullScale = 0.001;

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Output];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Reference];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => RecordingPairs.Of(files);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => Measures(options).Select(m => new Need(subject.First(ArtifactRole.Output), m));

    /// <inheritdoc/>
    protected override IEnumerable<Need> PictureNeeds(Subject subject, Options options) => subject.Files.Select(f => new Need(f, new SpectrogramMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var output = subject.First(ArtifactRole.Output);
        var flatness = measured.Of(output, new FlatnessMeasure(options.MinimumLevel));
        var band = measured.Of(output, new OccupiedBandMeasure(options.MinimumLevel));
        var levels = measured.Of(output, new SampleMeasure());
        var measurements = Measurements(subject.Path, flatness, band, levels, options);
        if (band.Flattest is not { Value: { } value } flattest)
        {
            return Judgement.Inconclusive(WhyNot(flatness, options)) with { Measurements = measurements };
        }

        var findings = new List<Finding>();
        if (levels.BeyondFullScale > MostBeyondFullScale)
        {
            findings.Add(new Finding(SafeText.Of(
                $"{levels.BeyondFullScale:0.0 %} of the samples lie beyond full scale, up to {levels.Channels.Max(c => c.Peak):G5}: players cut them off, and what is heard is not what the file holds"))
            {
                Remedy = SafeText.Of($"Divide samples in the range of 16-bit integers by 32768, or write the file with its peak at 1"),
                Evidence = [.. measurements.Where(m => m.Signal is "samples-beyond-full-scale" or "peak")],
            });
        }

        var of = Of(band, flattest);
        var required = RequirementOf(options);
        if (!required.IsMetBy(value))
        {
            findings.Insert(0, new Finding(SafeText.Of(
                $"spectral flatness {NumberText.Of(value, options.Limit)} {of} is not below {NumberText.OfLimit(options.Limit)}: {Likeness(value)}"))
            {
                Remedy = Remedy,
                Evidence = [.. measurements.Where(m => m.Required is not null)],
            });
        }

        if (findings.Count == 0 && Stretch.IsPartOf(flatness.Seconds) && band.Channels.Index().MaxBy(c => c.Item.Flattest?.Value ?? 0) is { Item.Flattest: { } stretch } part)
        {
            var measurement = HighestBandFlatness.Info.Of(subject.Path, stretch.Value) with { Required = new Requirement(Relation.Below, options.LimitOfStretch) };
            measurements = [.. measurements, measurement];
            if (!measurement.Required.IsMetBy(stretch.Value))
            {
                var where = band.Channels.Count > 1 ? SafeText.Of($" of channel {part.Index + 1}") : SafeText.Empty;
                findings.Add(new Finding(SafeText.Of(
                    $"{RecordingWords.Of(stretch.Time)}, spectral flatness {NumberText.Of(stretch.Value, options.LimitOfStretch)}{where} is not below {NumberText.OfLimit(options.LimitOfStretch)}: there, {Likeness(stretch.Value)}"))
                {
                    Remedy = Remedy,
                    Evidence = [measurement],
                });
            }
        }

        return findings.Count > 0
            ? Judgement.Of(findings[0].Message, measurements, findings)
            : Judgement.Of(
                SafeText.Of($"spectral flatness {NumberText.Of(value, options.Limit)} {of} is below {NumberText.OfLimit(options.Limit)}, by {NumberText.Of(required.Margin(value))}, over {flattest.ActiveShare ?? 0:0.0 %} of the frames{Remarks(flatness, band, levels, options)}"),
                measurements,
                []);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var output = subject.First(ArtifactRole.Output);
        return subject.Files.SelectMany(f => measured.Find(f, new SpectrogramMeasure()) is { } picture ? RecordingExhibits.Spectrogram(f, picture) : [])
            .Concat(RecordingExhibits.Flatness(output, measured.Of(output, new FlatnessMeasure(options.MinimumLevel)), measured.Of(output, new OccupiedBandMeasure(options.MinimumLevel)), options.Limit));
    }

    private static IEnumerable<Measure> Measures(Options options) => [new FlatnessMeasure(options.MinimumLevel), new OccupiedBandMeasure(options.MinimumLevel), new SampleMeasure()];

    private static Requirement RequirementOf(Options options) => new(Relation.Below, options.Limit);

    private static Measurement[] Measurements(string path, Flatness flatness, BandFlatness band, SampleLevels levels, Options options)
    {
        Measurement Of(SignalInfo signal, Reading reading) => signal.Of(path, reading.Value, reading.Part);
        return
        [
            .. band.Readings(c => c.Value).Select(r => Of(OccupiedBandFlatness.Info, r) with { Required = r.Part.IsEmpty ? RequirementOf(options) : null }),
            .. band.Readings(c => c.Low).Select(r => Of(OccupiedBandLow.Info, r)),
            .. band.Readings(c => c.High).Select(r => Of(OccupiedBandHigh.Info, r)),
            SpectralFlatness.Info.Of(path, flatness.ActiveMean),
            SpectralFlatnessAllFrames.Info.Of(path, flatness.Mean),
            ActiveFrames.Info.Of(path, flatness.ActiveShare),
            .. levels.BeyondFullScale > 0
                ? [SamplesBeyondFullScale.Info.Of(path, levels.BeyondFullScale), Peak.Info.Of(path, levels.Channels.Count > 0 ? levels.Channels.Max(c => c.Peak) : null)]
                : Array.Empty<Measurement>(),
        ];
    }

    private static SafeText Of(BandFlatness band, ChannelFlatness flattest)
    {
        var where = SafeText.Of($"between {flattest.Low:0} and {flattest.High:0} Hz");
        return band.Channels.Count > 1 ? SafeText.Of($"of channel {band.Channels.ToList().IndexOf(flattest) + 1} {where}") : where;
    }

    private static SafeText Remarks(Flatness flatness, BandFlatness band, SampleLevels levels, Options options)
    {
        var remarks = new List<SafeText>();
        if (levels.Channels.Count > 0 && levels.Channels.All(c => Decibels((c.Rms * c.Rms) - (c.Mean * c.Mean)) <= options.MinimumLevel))
        {
            remarks.Add(SafeText.Of(
                $"but its samples never move from the constant {levels.Channels[0].Mean:G4}, which flatness is blind to: the requirement \"output.dc\": {{ \"at-least\": -0.01, \"at-most\": 0.01 }} is not"));
        }

        if (band.Channels.Count > 1 && flatness.ActiveFrames == 0)
        {
            remarks.Add(SafeText.Of($"the channels cancel each other out, so that their mean is silent"));
        }

        if (band.Channels.Count > 1 && band.Channels.Count(c => c.Value is null) is > 0 and var silent)
        {
            remarks.Add(SafeText.Of($"{silent} of {band.Channels.Count} channels {SafeText.From(silent == 1 ? "is" : "are")} silent"));
        }

        if (levels.BeyondFullScale > 0)
        {
            remarks.Add(SafeText.Of($"samples reach {levels.Channels.Max(c => c.Peak):G5} times full scale"));
        }

        return SafeText.Join("", remarks.Select(r => SafeText.Of($"; {r}")));
    }

    private static double Decibels(double power) => 10 * Math.Log10(Math.Max(power, double.Epsilon));

    private static SafeText Remedy => SafeText.Of(
        $"Listen to the file; if it hisses, look at the losses of the run and at the checkpoint and features that it was made from, not at the limit");

    private static SafeText WhyNot(Flatness flatness, Options options) => flatness switch
    {
        { NonFiniteSamples: > 0 } => SafeText.Of($"{RecordingProblem.NotFinite(flatness.NonFiniteSamples)}, and a spectrum of them has no flatness"),
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
        /// <summary>The mean spectral flatness of active frames within the occupied band, from 0 to 1, that each channel of the output has to stay below; 0.1 by default.</summary>
        [Range(0, 1)]
        public double Limit { get; init; } = 0.1;

        /// <summary>The same in each ten seconds of a longer recording, within the band that they occupy; 0.12 by default.</summary>
        [Range(0, 1)]
        public double LimitOfStretch { get; init; } = 0.12;

        /// <summary>The level in dBFS that a frame's RMS has to be above in order to count as active; -60 by default.</summary>
        [Range(-120, 0)]
        public double MinimumLevel { get; init; } = FlatnessMeasure.DefaultMinimumLevel;
    }
}
