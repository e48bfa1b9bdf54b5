using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Gates.Audio;

/// <summary>The output must not be duller than its reference: where the upper part of the spectrum is missing, its centre lies low.</summary>
[GateId("MG5014")]
internal sealed class BandMustMatchReference : OutputBesideReference<BandMustMatchReference.Options>
{
    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => subject.Files.Select(f => new Need(f, new ClipFormMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var (output, reference) = (subject.First(ArtifactRole.Output), subject.First(ArtifactRole.Reference));
        var found = measured.Compare(output, reference, new ChannelComparisonMeasure());
        if (!found.Problem.IsEmpty || found.Least(c => c.CentroidRatio) is not { } dullest)
        {
            return Judgement.Inconclusive(!found.Problem.IsEmpty
                ? found.Problem
                : SafeText.Of($"{(found.Channels.All(c => c.ReferenceCentroid is null) ? reference.Path : output.Path)} is silent, and silence has no spectrum"));
        }

        var (centre, wanted) = (dullest.Result.OutputCentroid ?? 0, dullest.Result.ReferenceCentroid ?? 0);

        // A voice that was transposed downwards may have taken its formants along, or kept them.
        var limit = Math.Round(options.Limit * Math.Min(1, RecordingWords.Factor(options.PitchShift)), 4);
        var checks = new LimitChecks(subject.Path);
        checks.Require(
            CentroidRatio.Info,
            dullest.Value,
            Relation.AtLeast,
            limit,
            SafeText.Of($"{dullest.Subject} is duller than {reference.Path} ({subject.PairedBy}): its spectrum is centred on {centre:0} Hz, the reference's on {wanted:0} Hz, both at {found.Any.Rate} Hz"),
            SafeText.Of($"Look at the spectrogram for a band that ends too low, for a hum or a tone; compare the sample rates of the data, the model and the file"),
            dullest.Part);
        return checks.Judge(SafeText.Of(
            $"the spectrum{dullest.Of} is centred on {centre:0} Hz and the reference's on {wanted:0} Hz ({reference.Path}, {subject.PairedBy}), both at {found.Any.Rate} Hz{RecordingWords.Compared(found.Any)}"));
    }

    /// <summary>The limit, the transposition, and how the reference is found.</summary>
    public sealed record Options : IPairedByName
    {
        /// <summary>The least quotient of the output's spectral centroid and the reference's; 0.75 by default.</summary>
        [Range(0, 1)]
        public double Limit { get; init; } = 0.75;

        /// <summary>The semitones by which the voice was transposed, which lower the limit where they are negative; 0 by default.</summary>
        [Range(-48, 48)]
        public double PitchShift { get; init; }

        /// <summary>The name of an output's reference, where <c>{name}</c> is the output's name without extension and <c>{stem}</c> that before its last <c>_</c>; found by role and name by default.</summary>
        public string? ReferenceName { get; init; }
    }
}
