using ModelGate.Runs;
using ModelGate.Signals.Data;

namespace ModelGate.Gates.Data;

/// <summary>The pitch of a data set must be one that a voice can have: finite, voiced in part, within a range, of one octave over the recordings, and the same in steps as in Hz.</summary>
[GateId("MG6004")]
internal sealed class PitchMustBePlausible : Gate<PitchMustBePlausible.Options>
{
    // RVC's steps: 254 of equal width in mel between these.
    private const double LowestStep = 50;
    private const double HighestStep = 1100;
    private const double FarthestStep = 3;
    private const double Octave = 1.9;

    private static readonly PitchMeasure InHertz = new(0);
    private static readonly PitchMeasure InSteps = new(1);

    /// <summary>What a voice can have, and how many files may be out of it.</summary>
    public sealed record Options
    {
        /// <summary>The lowest pitch in Hz; 40 by default.</summary>
        [Range(1, 20000)]
        public double Lowest { get; init; } = 40;

        /// <summary>The highest pitch in Hz; 1600 by default.</summary>
        [Range(1, 20000)]
        public double Highest { get; init; } = 1600;

        /// <summary>The share of all frames that has to be voiced at least, from 0 to 1; 0.1 by default.</summary>
        [Range(0, 1)]
        public double Voiced { get; init; } = 0.1;

        /// <summary>The share of files that may be unvoiced, stand still, lie an octave from the others or differ in steps and Hz, from 0 to 1; 0.05 by default.</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.05;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.FinePitch];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Pitch];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => DataSets.Of(files, ArtifactRole.FinePitch, ArtifactRole.Pitch);

    /// <inheritdoc/>
    protected override IEnumerable<OptionProblem> Check(Options options)
        => options.Lowest < options.Highest ? [] : [new OptionProblem("lowest", SafeText.Of($"\"lowest\" has to be below \"highest\""))];

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [];

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options)
        => subject.Files.Select(f => new Need(f, f.Role == ArtifactRole.Pitch ? InSteps : InHertz));

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        var items = DataSets.Items(subject).Where(i => i.Find(ArtifactRole.FinePitch) is not null)
            .Select(i => (i.Name, Fine: measured.Find(i.Find(ArtifactRole.FinePitch)!, InHertz), Steps: i.Find(ArtifactRole.Pitch) is { } steps ? measured.Find(steps, InSteps) : null)).ToArray();
        if (items.Length == 0)
        {
            return Judgement.Nothing(SafeText.Of($"no pitch in Hz belongs to the pitch in steps of {subject.Path}"));
        }

        var read = items.Where(i => i.Fine is { Frames: > 0 }).Select(i => (i.Name, Fine: i.Fine!, i.Steps)).ToArray();
        var medians = read.Where(i => i.Fine.Voiced > 0).Select(i => i.Fine.Median).Order().ToArray();
        var median = medians.Length > 0 ? medians[medians.Length / 2] : 0;
        var voiced = read.Length > 0 ? (double)read.Sum(i => i.Fine.Voiced) / read.Sum(i => i.Fine.Frames) : 0;
        Measurement[] measurements =
        [
            VoicedShare.Info.Of(subject.Path, voiced) with { Required = new(Relation.AtLeast, options.Voiced) },
            MedianPitch.Info.Of(subject.Path, medians.Length > 0 ? median : null),
        ];
        var findings = new List<Finding>();
        void Add(IEnumerable<string> of, double share, string what, SafeText remedy)
        {
            string[] names = [.. of];
            if (names.Length > share * items.Length)
            {
                findings.Add(new Finding(SafeText.Of($"the pitch of {names.Length} of {SafeText.Count(items.Length, "segment")} {SafeText.From(what)}: {DataSets.List(names)}")) { Remedy = remedy, Evidence = measurements });
            }
        }

        var again = SafeText.Of($"Compute the pitch again from these recordings, with another method if need be");
        Add(items.Where(i => i.Fine is not { Frames: > 0 }).Select(i => i.Name), 0, "cannot be read", again);
        Add(read.Where(i => i.Fine.Broken > 0).Select(i => $"{i.Name} ({i.Fine.Broken} of {i.Fine.Frames})"), 0, "holds NaN, infinity or negative numbers", again);
        if (read.Length > 0 && voiced < options.Voiced)
        {
            findings.Add(new Finding(SafeText.Of($"{voiced:0.0 %} of the frames are voiced, and {NumberText.Of(options.Voiced * 100)} % have to be: the model learns to whisper"))
            {
                Remedy = SafeText.Of($"Listen to the recordings, and compute the pitch again: it may have been made from silence or at another sample rate"),
                Evidence = measurements,
            });
        }
        else
        {
            Add(read.Where(i => i.Fine.Voiced == 0).Select(i => i.Name), options.Share, "has no voiced frame", again);
        }

        Add(read.Where(i => i.Fine.Voiced > 0 && (i.Fine.Minimum < options.Lowest || i.Fine.Maximum > options.Highest)).Select(i => $"{i.Name} ({i.Fine.Minimum:0.#} to {i.Fine.Maximum:0.#} Hz)"), options.Share, $"leaves {NumberText.Of(options.Lowest)} to {NumberText.Of(options.Highest)} Hz", again);
        Add(read.Where(i => i.Fine.Voiced > 10 && i.Fine.Minimum == i.Fine.Maximum).Select(i => $"{i.Name} ({i.Fine.Median:0.#} Hz)"), options.Share, "stands still", again);
        Add(read.Where(i => i.Fine.Voiced > 0 && (i.Fine.Median > Octave * median || i.Fine.Median < median / Octave)).Select(i => $"{i.Name} ({i.Fine.Median:0} Hz)"), options.Share, $"lies an octave from that of the others, {median:0} Hz", SafeText.Of($"Listen to these recordings: where they are of the same voice, the method has taken an overtone for the pitch"));
        Add(read.Where(i => i.Steps is { Voiced: > 0 } steps && i.Fine.Voiced > 0 && Math.Abs(steps.Median - StepOf(i.Fine.Median)) > FarthestStep).Select(i => $"{i.Name} (step {i.Steps!.Median:0}, {i.Fine.Median:0} Hz is {StepOf(i.Fine.Median):0})"), options.Share, "is not the same in steps as in Hz", SafeText.Of($"Delete both folders of pitch and compute them in one go"));
        return findings.Count == 0
            ? Judgement.Of(SafeText.Of($"the pitch of {SafeText.Count(items.Length, "segment")} is about {median:0} Hz, with {voiced:0.0 %} of the frames voiced"), measurements, [])
            : Judgement.Of(SafeText.Join("; ", findings.Select(f => f.Message)), measurements, findings);
    }

    private static double StepOf(double hertz) => Math.Clamp(Math.Round(((Mel(hertz) - Mel(LowestStep)) * 254 / (Mel(HighestStep) - Mel(LowestStep))) + 1), 1, 255);

    private static double Mel(double hertz) => 1127 * Math.Log(1 + (hertz / 700));
}
