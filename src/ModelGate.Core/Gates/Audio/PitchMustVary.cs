using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;
using ModelGate.Signals.Audio.Voice;

namespace ModelGate.Gates.Audio;

/// <summary>The pitch of the output must vary as a voice's does and, beside a reference, lie where the reference's lies, after removing the transposition.</summary>
[GateId("MG5011")]
internal sealed class PitchMustVary : OutputAndAnyReference<PitchMustVary.Options>
{
    // A quarter of a second: a pitch that moves takes time.
    private const int FewestPeriodicFrames = 25;

    // Fewer frames than these say nothing of an offset.
    private const int FewestFrames = 5;

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => [.. subject.Files.Select(f => new Need(f, OfChannels.Pitch)), .. subject.Of(ArtifactRole.Reference).Select(f => new Need(f, new PitchMeasure()))];

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var voice = measured.Of(subject.First(ArtifactRole.Output), OfChannels.Pitch);
        if (voice.Problem is { IsEmpty: false } problem)
        {
            return Judgement.Inconclusive(problem);
        }

        var checks = new LimitChecks(subject.Path);
        var most = voice.Largest(c => c.PeriodicShare);
        checks.Note(PeriodicShare.Info, most?.Value, most?.Part ?? SafeText.Empty);
        if (most is null || most.Value < options.Periodic || voice.Largest(c => c.Median is null ? null : c.Periodic) is not { } longest)
        {
            return Judgement.Nothing(SafeText.Of($"{most?.Value ?? 0:0.0 %} of the output is periodic: too little for a pitch")) with { Measurements = checks.Measurements };
        }

        if (longest.Value < FewestPeriodicFrames)
        {
            return Judgement.Nothing(SafeText.Of($"{SafeText.Count((long)longest.Value, "frame")} of 10 ms {SafeText.From(longest.Value == 1 ? "is" : "are")} periodic: too few for a pitch that moves")) with { Measurements = checks.Measurements };
        }

        var least = voice.Least(c => c.PeriodicShare >= options.Periodic && c.Periodic >= FewestPeriodicFrames ? c.QuartileRange : null) ?? longest;
        var (range, pitch) = (least.Result.QuartileRange ?? 0, least.Result.Median ?? 0);
        checks.Note(VoicePitch.Info, pitch, least.Part);
        checks.Require(PitchRange.Info, range, Relation.AtLeast, options.Variation, Monotone(least.Subject, SafeText.Empty, pitch, range, voice.Rate), Remedy, least.Part);
        if (checks.AreMet && Stretch.IsPartOf(voice.Seconds) && voice.Least(c => c.Steadiest?.Value) is { Result.Steadiest: { } stretch } part)
        {
            checks.Require(LeastPitchRange.Info, part.Value, Relation.AtLeast, options.Variation, Monotone(part.Subject, SafeText.Of($" {RecordingWords.Of(stretch.Time)}"), part.Result.SteadiestPitch ?? 0, part.Value, voice.Rate), Remedy, part.Part);
        }

        var said = SafeText.Empty;
        if (subject.Of(ArtifactRole.Reference).FirstOrDefault() is { } reference && measured.Of(reference, OfChannels.Pitch) is var wanted)
        {
            if (!wanted.Problem.IsEmpty)
            {
                return checks.WithoutReference(reference.Path, wanted.Problem);
            }

            PitchStatistics[] beside = [.. voice.Channels.Select((_, i) => wanted.Channels.Count == voice.Channels.Count ? wanted.Channels[i] : measured.Of(reference, new PitchMeasure()))];
            said = Offset(checks, subject, voice, beside, reference, options);
        }

        return checks.Judge(SafeText.Of($"the pitch is {pitch:0} Hz and varies by {100 * range:0.0} %{said}"));
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
        => PitchExhibit.Of(subject.Files, f => measured.Find(f, OfChannels.Pitch)?.Largest(c => c.Periodic)?.Result);

    private static SafeText Remedy => SafeText.Of($"Train on: a vocoder speaks at its own frame rate before it has learned pitch. If the voice is meant to hold one note, turn the gate off");

    private static SafeText Offset(LimitChecks checks, Subject subject, ChannelResults<PitchStatistics> voice, PitchStatistics[] wanted, RoleFile reference, Options options)
    {
        // Each channel beside the same of the reference, or beside the mean of another number of them; the one that is furthest off counts.
        var found = voice.Channels.Select((c, i) => (Channel: i, Offset: c.Track.OffsetFrom(wanted[i].Track)))
            .Where(o => o.Offset is { Cents: not null, Frames: >= FewestFrames }).ToArray();
        if (found.Length == 0)
        {
            return SafeText.Of($"; it shares too few periodic frames with {reference.Path} ({subject.PairedBy}) to compare pitches");
        }

        var (channel, (cents, _)) = found.MaxBy(f => Math.Abs(f.Offset.Cents!.Value - (100 * (options.PitchShift ?? 0))));
        var offset = cents!.Value;
        var part = voice.Channels.Count > 1 ? SafeText.Of($"channel {channel + 1}") : SafeText.Empty;
        if (options.PitchShift is not { } shift)
        {
            checks.Note(PitchOffset.Info, offset, part);
            return SafeText.Of($"; it lies {offset / 100:+0.0;-0.0;0.0} semitones from {reference.Path} ({subject.PairedBy})");
        }

        // One octave is what a pitch tracker itself mistakes, so that the sentence names it.
        var apart = offset - (100 * shift);
        checks.Require(
            PitchOffset.Info,
            offset,
            apart < 0 ? Relation.AtLeast : Relation.AtMost,
            (100 * shift) + (apart < 0 ? -options.Deviation : options.Deviation),
            SafeText.Of($"the pitch{(part.IsEmpty ? part : SafeText.Of($" of {part}"))} lies {offset / 100:+0.0;-0.0;0.0} semitones from that of {reference.Path} ({subject.PairedBy}), and {NumberText.OfLimit(shift)} are expected{(Math.Abs(Math.Abs(apart) - 1200) < 150 ? $": an octave too {(apart > 0 ? "high" : "low")}" : "")}"),
            SafeText.Of($"If the voice was transposed, say by how many semitones in pitchShift; else look at the pitch that the model was given"),
            part);
        return SafeText.Of($"; it lies {offset / 100:+0.0;-0.0;0.0} semitones from {reference.Path} ({subject.PairedBy})");
    }

    private static SafeText Monotone(SafeText of, SafeText when, double pitch, double range, int rate)
        => VocoderHops.Samples.Where(h => Math.Abs((pitch * h / rate) - 1) < 0.001).Cast<int?>().FirstOrDefault() is { } hop
            ? SafeText.Of($"{of} stands still{when} at {pitch:0.00} Hz, which is {rate}/{hop}, the frame rate of many vocoders: a vocoder that has not learned pitch repeats its frames at this rate")
            : SafeText.Of($"the pitch of {of} never moves{when}: it is {pitch:0.00} Hz, and its middle half spans {100 * range:0.00} %, as in a beep or a robotic voice");

    /// <summary>The limits, the transposition, and how the reference is found.</summary>
    public sealed record Options : IPairedByName
    {
        /// <summary>The least range between the quartiles of ln F0; 0.004 by default.</summary>
        [Range(0, 10)]
        public double Variation { get; init; } = 0.004;

        /// <summary>The share of periodic frames, from 0 to 1, below which the pitch is not judged; 0.02 by default.</summary>
        [Range(0, 1)]
        public double Periodic { get; init; } = 0.02;

        /// <summary>The largest difference in cents from the reference's pitch and the transposition; 150 by default.</summary>
        [Range(0, 4800)]
        public double Deviation { get; init; } = 150;

        /// <summary>The semitones by which the voice was transposed; null if unknown, which leaves the offset unjudged; 0 by default.</summary>
        [Range(-48, 48)]
        public double? PitchShift { get; init; } = 0;

        /// <summary>The name of an output's reference, where <c>{name}</c> is the output's name without extension and <c>{stem}</c> that before its last <c>_</c>; found by role and name by default.</summary>
        public string? ReferenceName { get; init; }
    }
}
