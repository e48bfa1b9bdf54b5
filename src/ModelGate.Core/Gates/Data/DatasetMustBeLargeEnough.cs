using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Data;

namespace ModelGate.Gates.Data;

/// <summary>A data set must hold as many minutes and segments as the configuration asks for.</summary>
[GateId("MG6005")]
internal sealed class DatasetMustBeLargeEnough : Gate<DatasetMustBeLargeEnough.Options>
{
    /// <summary>How much is enough.</summary>
    public sealed record Options
    {
        /// <summary>The fewest minutes of recordings; 5 by default.</summary>
        [Range(0, 1e6)]
        public double Minutes { get; init; } = 5;

        /// <summary>The fewest segments; 1 by default.</summary>
        [Range(0, 1e9)]
        public int Segments { get; init; } = 1;

        /// <summary>The segments of a step of training, to tell how many steps an epoch has; null by default.</summary>
        [Range(1, 1e6)]
        public int? BatchSize { get; init; }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Recordings, ArtifactRole.Recordings16k];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
        => DataSets.Of(files, files.Of(ArtifactRole.Recordings).Count > 0 || !files.Has(ArtifactRole.Recordings16k) ? ArtifactRole.Recordings : ArtifactRole.Recordings16k);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [];

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options) => subject.Files.Select(f => new Need(f, new ClipFormMeasure()));

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        double[] seconds = [.. subject.Files.Select(f => measured.Find(f, new ClipFormMeasure())?.Seconds).OfType<double>()];
        var minutes = seconds.Sum() / 60;
        Measurement[] measurements =
        [
            DataSetMinutes.Info.Of(subject.Path, minutes) with { Required = new(Relation.AtLeast, options.Minutes) },
            DataSetSegments.Info.Of(subject.Path, seconds.Length) with { Required = new(Relation.AtLeast, options.Segments) },
        ];
        var steps = options.BatchSize is { } batch ? SafeText.Of($", {SafeText.Count((seconds.Length + batch - 1) / batch, "step")} an epoch at {batch} a step") : SafeText.Empty;
        var size = SafeText.Of($"{minutes:0.0} minutes in {SafeText.Count(seconds.Length, "segment")}{steps}");
        if (minutes >= options.Minutes && seconds.Length >= options.Segments)
        {
            return Judgement.Of(SafeText.Of($"the data set holds {size}"), measurements, []);
        }

        var wanted = minutes < options.Minutes ? SafeText.Of($"{NumberText.OfLimit(options.Minutes)} minutes") : SafeText.Count(options.Segments, "segment");
        var message = SafeText.Of($"the data set holds {size}, and {wanted} are wanted");
        return Judgement.Of(message, measurements, [new Finding(message) { Remedy = SafeText.Of($"Record more, or look whether preprocessing left recordings out: more epochs do not make up for it"), Evidence = measurements }]);
    }
}
