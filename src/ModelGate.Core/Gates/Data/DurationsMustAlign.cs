using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Data;

namespace ModelGate.Gates.Data;

/// <summary>What belongs to one recording must be as long as the recording: the same at 16 kHz, its features, its pitch.</summary>
[GateId("MG6002")]
internal sealed class DurationsMustAlign : Gate<DurationsMustAlign.Options>
{
    private static readonly ArtifactRole[] Framed = [ArtifactRole.Features, ArtifactRole.Pitch, ArtifactRole.FinePitch];

    /// <summary>What may differ.</summary>
    public sealed record Options
    {
        /// <summary>How far a recording at 16 kHz may be from the recording, in seconds; 0.02 by default.</summary>
        [Range(0, 10)]
        public double Seconds { get; init; } = 0.02;

        /// <summary>How many frames features and pitch may have more or fewer than their recording has room for; 3 by default.</summary>
        [Range(0, 1000)]
        public double Frames { get; init; } = 3;

        /// <summary>How many frames of features there are to a second; 50 by default.</summary>
        [Range(1, 1000)]
        public double FeatureRate { get; init; } = 50;

        /// <summary>The samples of a hop, of which every recording has to be a whole number; null by default, which says how many are not and lets them pass.</summary>
        [Range(1, 65536)]
        public int? Hop { get; init; }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Recordings, ArtifactRole.Recordings16k];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => Framed;

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => DataSets.Of(files, DataSets.Roles);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [];

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options)
        => subject.Files.Select(f => Framed.Contains(f.Role) ? new Need(f, new FrameCountMeasure()) : new Need(f, new ClipFormMeasure()));

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        var findings = new List<Finding>();
        var said = new List<SafeText>();
        var compared = 0;
        var items = DataSets.Items(subject).Select(i => (Item: i, Seconds: SecondsOf(i.Find(ArtifactRole.Recordings), measured) ?? SecondsOf(i.Find(ArtifactRole.Recordings16k), measured))).ToArray();
        foreach (var (item, seconds) in items)
        {
            if (SecondsOf(item.Find(ArtifactRole.Recordings), measured) is { } own && SecondsOf(item.Find(ArtifactRole.Recordings16k), measured) is { } other)
            {
                compared++;
                if (Math.Abs(own - other) > options.Seconds)
                {
                    findings.Add(new Finding(SafeText.Of($"{SafeText.From(item.Name)} is {own:0.000} s in {DataSets.FolderOf(item.Find(ArtifactRole.Recordings)!)} and {other:0.000} s in {DataSets.FolderOf(item.Find(ArtifactRole.Recordings16k)!)}")));
                }
            }
        }

        var pitchRate = 0.0;
        foreach (var role in Framed)
        {
            var counted = items.Where(i => i.Seconds > 0).Select(i => (i.Item, Seconds: i.Seconds!.Value, Frames: FramesOf(i.Item.Find(role), measured))).Where(i => i.Frames is not null).ToArray();
            if (counted.Length == 0)
            {
                continue;
            }

            compared += counted.Length;
            var rates = counted.Select(i => i.Frames!.Value / i.Seconds).Order().ToArray();
            var usual = rates[rates.Length / 2];
            var rate = role == ArtifactRole.Features ? options.FeatureRate : Nearest(usual);
            var folder = DataSets.FolderOf(counted[0].Item.Find(role)!);
            var off = counted.Where(i => Math.Abs(i.Frames!.Value - (i.Seconds * rate)) > options.Frames).ToArray();
            pitchRate = role == ArtifactRole.Features ? pitchRate : rate;
            said.Add(SafeText.Of($"{folder} has {usual:0.0} frames a second"));
            if (off.Length > counted.Length / 2)
            {
                findings.Add(new Finding(SafeText.Of($"{folder} has {usual:0.0} frames to a second of the recordings, and {NumberText.Of(rate)} are expected: it was made from recordings of another length or at another rate")));
                continue;
            }

            findings.AddRange(off.Select(i => new Finding(SafeText.Of(
                $"{SafeText.From(i.Item.Name)} has {i.Frames!.Value} frames in {folder}, and its {i.Seconds:0.000} s have room for {i.Seconds * rate:0}"))));
        }

        var broken = PartialHops(items.Select(i => i.Item), options.Hop, pitchRate, measured);
        if (options.Hop is { } wanted)
        {
            compared += items.Length;
            findings.AddRange(broken.Select(b => new Finding(SafeText.Of(
                $"{SafeText.From(b.Name)} has {b.Samples} samples, which are {(double)b.Samples / wanted:0.0##} hops of {wanted}: {b.Samples / wanted} frames make {b.Samples / wanted * wanted}"))));
        }
        else if (broken.Length > 0)
        {
            var (name, samples, hop) = broken[0];
            said.Add(SafeText.Of($"{broken.Length} of {SafeText.Count(items.Length, "recording")} {SafeText.From(broken.Length == 1 ? "does" : "do")} not divide into whole hops ({SafeText.From(name)}: {samples} samples, where {samples / hop} frames of {hop} make {samples / hop * hop}), which stops trainers that do not cut off the rest"));
        }

        if (compared == 0)
        {
            return Judgement.Nothing(SafeText.Of($"no recording of the data set has another file that can be read and held against it"));
        }

        var offenders = findings.Count;
        Measurement[] measurements = [MisalignedFiles.Info.Of(subject.Path, offenders) with { Required = new(Relation.AtMost, 0) }];
        Finding[] shown = [.. findings.Take(20).Select(f => f with { Evidence = measurements, Remedy = SafeText.Of($"Make what is too short or too long again from the recording, and train anew") })];
        return offenders == 0
            ? Judgement.Of(SafeText.Of($"{SafeText.Count(compared, "file")} of {SafeText.Count(items.Length, "segment")} {SafeText.From(compared == 1 ? "is" : "are")} as long as the recordings; {SafeText.Join(", ", said)}"), measurements, [])
            : Judgement.Of(
                offenders == 1 ? findings[0].Message : SafeText.Of($"{findings[0].Message}; {offenders - 1} more {SafeText.From(offenders == 2 ? "does" : "do")} not fit"),
                measurements,
                offenders > shown.Length ? [.. shown, new Finding(SafeText.Of($"and {offenders - shown.Length} more"))] : shown);
    }

    // RVC's hop is a hundredth of a second; without a pitch at that rate the trainer may be another.
    private static (string Name, long Samples, int Hop)[] PartialHops(IEnumerable<DataSetItem> items, int? stated, double pitchRate, IMeasured measured)
        => stated is null && pitchRate != 100 ? [] : [.. items.Select(i => (i.Name, Form: i.Find(ArtifactRole.Recordings) is { } file ? measured.Find(file, new ClipFormMeasure()) : null))
            .Where(i => i.Form is not null && (stated ?? i.Form.SampleRate / 100) > 0)
            .Select(i => (i.Name, Samples: (long)Math.Round(i.Form!.Seconds * i.Form.SampleRate), Hop: stated ?? i.Form.SampleRate / 100))
            .Where(i => i.Samples % i.Hop != 0)];

    // Pitch is at 100 frames a second, or a hop of 256 or 512 samples of 44.1 kHz; what is near one of these is meant to be.
    private static double Nearest(double rate) => new[] { 100.0, 50.0, 44_100 / 512.0, 44_100 / 256.0, 200.0 }.Where(r => Math.Abs(r - rate) < 0.02 * r).DefaultIfEmpty(rate).MinBy(r => Math.Abs(r - rate));

    private static double? SecondsOf(RoleFile? file, IMeasured measured) => file is null ? null : measured.Find(file, new ClipFormMeasure())?.Seconds;

    private static long? FramesOf(RoleFile? file, IMeasured measured) => file is null ? null : measured.Find(file, new FrameCountMeasure()) is { Frames: > 0 and var frames } ? frames : null;
}
