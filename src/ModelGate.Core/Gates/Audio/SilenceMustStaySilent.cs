using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Gates.Audio;

/// <summary>In the pauses of its reference the output must be quiet: far below the level that it has while it speaks.</summary>
[GateId("MG5012")]
internal sealed class SilenceMustStaySilent : OutputBesideReference<SilenceMustStaySilent.Options>
{
    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => subject.Files.Select(f => new Need(f, new ClipFormMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var (output, reference) = (subject.First(ArtifactRole.Output), subject.First(ArtifactRole.Reference));
        var found = measured.Compare(output, reference, new ChannelComparisonMeasure());
        if (!found.Problem.IsEmpty)
        {
            return Judgement.Inconclusive(found.Problem);
        }

        // What is a pause of the reference is another moment of an output that is late or cut.
        var ratio = measured.Of(output, new ClipFormMeasure()).Seconds / measured.Of(reference, new ClipFormMeasure()).Seconds;
        if (!(Math.Abs(ratio - 1) <= RecordingPair.Alignment))
        {
            return Judgement.Inconclusive(SafeText.Of($"the output lasts {ratio:0.00} times as long as {reference.Path} ({subject.PairedBy}): its pauses are not those of its reference"));
        }

        // A channel without a pause, without sound or without any noise has no level beside its own; where none has, the one that lacks least says why.
        var checks = new LimitChecks(subject.Path);
        var worst = found.Largest(c => c.Pauses?.RelativeDecibels) ?? found.Largest(c => (c.Pauses?.PauseFrames > 0 ? 2 : 0) + (c.Pauses?.ActiveDecibels is null ? 0 : 1))!;
        var pauses = worst.Result.Pauses!;
        checks.Require(
            PauseLevel.Info,
            pauses.RelativeDecibels,
            Relation.AtMost,
            options.Limit,
            SafeText.Of($"in the pauses of {reference.Path} ({subject.PairedBy}) {worst.Subject} is only {-pauses.RelativeDecibels ?? 0:0.0} dB quieter than where it speaks: there is noise, hum or another sound in them"),
            SafeText.Of($"Listen to the pauses; an early checkpoint of a vocoder hums in them, and noise in the training data is learned"),
            worst.Part);
        return pauses switch
        {
            { PauseFrames: 0 } => checks.Inconclusive(SafeText.Of($"{reference.Path} has no pause in which the output could be silent")),
            { ActiveDecibels: null } => checks.Inconclusive(SafeText.Of($"the output is silent, so that its pauses cannot be told from the rest")),
            { RelativeDecibels: null } => checks.Judge(SafeText.Of($"{worst.Subject} is digital silence in the pauses of {reference.Path} ({subject.PairedBy})")),
            _ => checks.Judge(SafeText.Of($"in the pauses of {reference.Path} ({subject.PairedBy}) {worst.Subject} is {-pauses.RelativeDecibels ?? 0:0.0} dB quieter than where it speaks{RecordingWords.Compared(found.Any)}")),
        };
    }

    /// <summary>The limit, and how the reference is found.</summary>
    public sealed record Options : IPairedByName
    {
        /// <summary>The highest level in the reference's pauses, in dB beside the output's own level where it is active; -30 by default.</summary>
        [Range(-120, 0)]
        public double Limit { get; init; } = -30;

        /// <summary>The name of an output's reference, where <c>{name}</c> is the output's name without extension and <c>{stem}</c> that before its last <c>_</c>; found by role and name by default.</summary>
        public string? ReferenceName { get; init; }
    }
}
