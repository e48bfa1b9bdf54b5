using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Gates.Data;

/// <summary>A gate that holds what was computed from the recordings of a data set against their sound, segment by segment.</summary>
/// <typeparam name="TOptions">The options, with their defaults: a record nested in the gate.</typeparam>
/// <typeparam name="TSide">What is measured on a file beside the recording.</typeparam>
/// <typeparam name="TSound">What is measured on the recording.</typeparam>
/// <typeparam name="TSegment">Both of one recording, where they can be compared.</typeparam>
internal abstract class AlignmentGate<TOptions, TSide, TSound, TSegment> : Gate<TOptions>
    where TOptions : class, ISegmentsOption
    where TSide : class
    where TSound : class
    where TSegment : class
{
    /// <summary>With fewer segments, shuffled pairings say nothing.</summary>
    protected const int FewestSegments = 8;

    /// <summary>The role of what was computed.</summary>
    protected abstract ArtifactRole Side { get; }

    /// <summary>What is measured on a file of that role.</summary>
    protected abstract Measure<TSide> SideMeasure { get; }

    /// <summary>What is measured on a recording.</summary>
    protected abstract Measure<TSound> SoundMeasure { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> Roles => [Side];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Recordings16k, ArtifactRole.Recordings];

    /// <inheritdoc/>
    protected sealed override IEnumerable<Subject> Select(RoleFiles files, TOptions options)
        => DataSets.Of(files, DataSets.SoundOf(files), Side).Select(s => s.Problem.IsEmpty ? s with { Files = DataSets.Chosen(s, options.Segments) } : s);

    /// <inheritdoc/>
    protected sealed override IEnumerable<Need> Needs(Subject subject, TOptions options) => [];

    /// <inheritdoc/>
    protected sealed override IEnumerable<Need> OptionalNeeds(Subject subject, TOptions options)
        => subject.Files.Select(f => new Need(f, f.Role == Side ? SideMeasure : SoundMeasure));

    /// <inheritdoc/>
    protected sealed override Judgement? Judge(Subject subject, TOptions options, IMeasured measured)
    {
        var items = DataSets.Items(subject).Where(i => i.Files.Count == 2).ToArray();
        var segments = new List<TSegment>();
        foreach (var item in items)
        {
            var side = measured.Find(item.Find(Side)!, SideMeasure);
            var sound = measured.Find(item.Files.First(f => f.Key != Side).Value, SoundMeasure);
            if (side is not null && sound is not null && SegmentOf(item.Name, side, sound, segments) is { } segment)
            {
                segments.Add(segment);
            }
        }

        return segments.Count < FewestSegments ? Judgement.Nothing(TooFew(segments.Count, items.Length)) : Judge(subject, segments, options, measured);
    }

    /// <summary>A segment; null where its files cannot be compared.</summary>
    /// <param name="name">The recording's name.</param>
    /// <param name="side">What was measured on the file beside it.</param>
    /// <param name="sound">What was measured on it.</param>
    /// <param name="before">The segments so far.</param>
    protected abstract TSegment? SegmentOf(string name, TSide side, TSound sound, IReadOnlyList<TSegment> before);

    /// <summary>Says that too few segments can be compared, and what each needs.</summary>
    protected abstract SafeText TooFew(int segments, int of);

    /// <summary>Judges the segments.</summary>
    protected abstract Judgement Judge(Subject subject, IReadOnlyList<TSegment> segments, TOptions options, IMeasured measured);
}

/// <summary>Options that say how many segments are looked at.</summary>
internal interface ISegmentsOption
{
    /// <summary>The most segments that are looked at.</summary>
    int Segments { get; }
}
