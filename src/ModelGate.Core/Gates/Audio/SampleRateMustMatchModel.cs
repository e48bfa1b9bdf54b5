using ModelGate.Artifacts;
using ModelGate.Gates.Keys;
using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Audio;

/// <summary>The sample rate in the output's header must be the one that the model was trained at.</summary>
[GateId("MG5007")]
internal sealed class SampleRateMustMatchModel : Gate<SampleRateMustMatchModel.Options>
{
    private static readonly string[] ConfigurationKeys = ["sampling_rate", "sample_rate", "sr", "data.sampling_rate", "data.sample_rate", "audio.sample_rate", "data.sr"];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Output];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Model, ArtifactRole.Config];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
        => files.Each(ArtifactRole.Output).Select(s => s.Files.Count == 0 || options.Rate is not null ? s : s with { Files = [.. s.Files, .. files.Of(ArtifactRole.Model), .. files.Of(ArtifactRole.Config)] });

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [new(subject.First(ArtifactRole.Output), new ClipFormMeasure())];

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options)
        => subject.Of(ArtifactRole.Model).Select(f => new Need(f, new OutlineMeasure())).Concat(subject.Of(ArtifactRole.Config).Select(f => new Need(f, new DeclarationMeasure())));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var form = measured.Of(subject.First(ArtifactRole.Output), new ClipFormMeasure());
        var stated = Stated(subject, options, measured).ToArray();
        if (stated.Length == 0)
        {
            return Judgement.Nothing(SafeText.Of($"nothing says at which rate the model was trained: set rate, or name a model or a config that states it"));
        }

        if (stated.FirstOrDefault(s => s.Rate != stated[0].Rate) is { By.IsEmpty: false } other)
        {
            return Judgement.Inconclusive(SafeText.Of($"{stated[0].By} says {stated[0].Rate} Hz and {other.By} {other.Rate} Hz: set rate to the one that counts"));
        }

        var (rate, by) = stated[0];
        var checks = new LimitChecks(subject.Path);
        checks.Require(
            SampleRate.Info,
            form.SampleRate,
            Relation.Equal,
            rate,
            SafeText.Of($"the header says {form.SampleRate} Hz and {by} {rate} Hz: played, the output is {(form.SampleRate > rate ? "faster and higher" : "slower and lower")} by a factor of {(double)Math.Max(form.SampleRate, rate) / Math.Min(form.SampleRate, rate):0.###}"),
            SafeText.Of($"Write the file at {rate} Hz, or resample it; if it was resampled on purpose, set rate"));
        return checks.Judge(SafeText.Of($"the output is at {form.SampleRate} Hz, as {by} says"));
    }

    private static IEnumerable<(long Rate, SafeText By)> Stated(Subject subject, Options options, IMeasured measured)
    {
        if (options.Rate is { } rate)
        {
            return [(rate, SafeText.Of($"rate"))];
        }

        var models = subject.Of(ArtifactRole.Model).Select(f => (f.Path, Rate: measured.Find(f, new OutlineMeasure()) is { } outline ? OfModel(outline) : null));
        var configurations = subject.Of(ArtifactRole.Config).Select(f => (f.Path, Rate: measured.Find(f, new DeclarationMeasure()) is { } found ? OfConfiguration(found.Root) : null));
        return models.Concat(configurations).Where(s => s.Rate is not null).Select(s => (s.Rate!.Value, SafeText.From(s.Path)));
    }

    // RVC writes "sr" beside the weights, as "48k" or 48000; others "sampling_rate" or "sample_rate".
    private static long? OfModel(Checkpoint outline)
        => outline.Metadata.Where(m => IsName(m.Key)).Select(m => m.Value switch
        {
            MetadataValue.Integer number => (long?)number.Value,
            MetadataValue.Text text => OfText(text.Value),
            _ => null,
        }).FirstOrDefault(IsRate);

    private static long? OfConfiguration(ConfigurationValue root)
        => ConfigurationKeys.Select(root.Find).Select(v => v switch
        {
            ConfigurationValue.Integer number => (long?)number.Value,
            ConfigurationValue.Text text => OfText(text.Value),
            _ => null,
        }).FirstOrDefault(IsRate);

    private static bool IsName(string path) => path[(path.LastIndexOf('.') + 1)..] is "sr" or "sampling_rate" or "sample_rate";

    private static long? OfText(string text) => (text.EndsWith('k') ? text[..^1] + "000" : text) is var digits
        && long.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var rate) ? rate : null;

    private static bool IsRate(long? rate) => rate is >= 1000 and <= 1_536_000;

    /// <summary>The rate, where no file states it.</summary>
    public sealed record Options
    {
        /// <summary>The sample rate in Hz that the output must have; that which the model or its config states by default.</summary>
        [Range(1000, 1_536_000)]
        public int? Rate { get; init; }
    }
}
