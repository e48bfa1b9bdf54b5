using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>A part of the output must be periodic, as voiced speech is, and beside a reference no less than about half as much: speech that noise excites is not.</summary>
[GateId("MG5013")]
internal sealed class VoiceMustBePeriodic : OutputAndAnyReference<VoiceMustBePeriodic.Options>
{
    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => subject.Files.Select(f => new Need(f, OfChannels.Pitch));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var voice = measured.Of(subject.First(ArtifactRole.Output), OfChannels.Pitch);
        if (voice.Problem is { IsEmpty: false } problem)
        {
            return Judgement.Inconclusive(problem);
        }

        if (voice.Least(c => c.PeriodicShare) is not { Value: var share } least)
        {
            return Judgement.Inconclusive(SafeText.Of($"the output is silent: see audio-must-not-be-silent"));
        }

        var checks = new LimitChecks(subject.Path);
        var remedy = SafeText.Of($"Listen to the output: if it whispers on purpose, turn the gate off; else look at the pitch that the model was given, and at its source of excitation");
        checks.Require(
            PeriodicShare.Info,
            share,
            Relation.AtLeast,
            options.Share,
            SafeText.Of($"{share:0.0 %} of the active frames{least.Where} are periodic; in voiced speech at least {options.Share:0.0 %} are: it is noise, or a whisper"),
            remedy,
            least.Part);
        if (checks.AreMet && Stretch.IsPartOf(voice.Seconds) && voice.Least(c => c.LeastPeriodic?.Value) is { Result.LeastPeriodic: { } stretch } part)
        {
            checks.Require(
                LeastPeriodicShare.Info,
                part.Value,
                Relation.AtLeast,
                options.Share,
                SafeText.Of($"{part.Value:0.0 %} of the active frames{part.Where} are periodic {RecordingWords.Of(stretch.Time)}; in voiced speech at least {options.Share:0.0 %} are: it is noise there, or a whisper"),
                remedy,
                part.Part);
        }

        var reference = subject.Of(ArtifactRole.Reference).FirstOrDefault();
        var other = reference is null ? null : measured.Of(reference, OfChannels.Pitch);
        if (other is { Problem: { IsEmpty: false } unusable })
        {
            return checks.WithoutReference(reference!.Path, unusable);
        }

        var wanted = other?.Largest(c => c.PeriodicShare)?.Value;

        // Beside a reference that whispers there is nothing to lose.
        if (wanted is > 0 and var expected && expected >= options.Share)
        {
            checks.Require(
                PeriodicityRatio.Info,
                share / expected,
                Relation.AtLeast,
                options.Ratio,
                SafeText.Of($"{share:0.0 %} of {least.Subject} is periodic and {expected:0.0 %} of {reference!.Path} ({subject.PairedBy}): it is hoarse, or noise with the spectrum of speech"),
                remedy,
                least.Part);
        }

        return checks.Judge(wanted is { } theirs
            ? SafeText.Of($"{share:0.0 %} of the output is periodic and {theirs:0.0 %} of {reference!.Path} ({subject.PairedBy})")
            : SafeText.Of($"{share:0.0 %} of the output is periodic"));
    }

    /// <summary>The limits, and how the reference is found.</summary>
    public sealed record Options : IPairedByName
    {
        /// <summary>The least share of the active frames that are periodic, from 0 to 1; 0.02 by default.</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.02;

        /// <summary>The least quotient of the output's share and the reference's; 0.5 by default.</summary>
        [Range(0, 10)]
        public double Ratio { get; init; } = 0.5;

        /// <summary>The name of an output's reference, where <c>{name}</c> is the output's name without extension and <c>{stem}</c> that before its last <c>_</c>; found by role and name by default.</summary>
        public string? ReferenceName { get; init; }
    }
}
