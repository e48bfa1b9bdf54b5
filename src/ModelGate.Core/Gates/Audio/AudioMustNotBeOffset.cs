using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;

namespace ModelGate.Gates.Audio;

/// <summary>The mean of the output's samples must be near zero in every channel: a constant offset takes headroom, clicks at both ends, and hides silence.</summary>
[GateId("MG5006")]
internal sealed class AudioMustNotBeOffset : FileGate<SampleLevels, AudioMustNotBeOffset.Options>
{
    /// <inheritdoc/>
    protected override ArtifactRole Role => ArtifactRole.Output;

    /// <inheritdoc/>
    protected override Measure<SampleLevels> Measure(Options options) => new SampleMeasure();

    /// <inheritdoc/>
    protected override Judgement Judge(RoleFile file, SampleLevels result, Options options)
    {
        if (result.NonFinite > 0 || result.Channels.Count == 0)
        {
            return Judgement.Inconclusive(result.NonFinite > 0 ? RecordingProblem.NothingMeasured(result.NonFinite) : SafeText.Of($"the recording holds no samples"));
        }

        var worst = result.Channels.MaxBy(c => Math.Abs(c.Mean))!;
        var where = result.Channels.Count > 1 ? SafeText.Of($" in channel {result.Channels.ToList().IndexOf(worst) + 1}") : SafeText.Empty;
        var isConstant = (worst.Rms * worst.Rms) - (worst.Mean * worst.Mean) < 1e-6;
        var checks = new LimitChecks(file.Path);
        checks.Require(
            Dc.Info,
            worst.Mean,
            worst.Mean < 0 ? Relation.AtLeast : Relation.AtMost,
            worst.Mean < 0 ? -options.Limit : options.Limit,
            isConstant
                ? SafeText.Of($"the output is the constant {worst.Mean:G4}{where}: there is nothing else in it")
                : SafeText.Of($"the samples lie around {worst.Mean:G4}{where}, {Math.Abs(worst.Mean):0.0 %} of full scale from zero: at most {NumberText.OfLimit(options.Limit)} is allowed"),
            isConstant
                ? SafeText.Of($"Look at the losses of the run: a vocoder whose last layer is saturated has not been trained, or its weights were not loaded")
                : SafeText.Of($"An early checkpoint of a vocoder has an offset that training takes away; else subtract the mean"));
        return checks.Judge(SafeText.Of($"the samples lie around {worst.Mean:G3}{where}, within {NumberText.OfLimit(options.Limit)} of zero"));
    }

    /// <summary>The limit.</summary>
    public sealed record Options
    {
        /// <summary>The largest absolute mean of a channel, where full scale is 1; 0.02 by default.</summary>
        [Range(0, 1)]
        public double Limit { get; init; } = 0.02;
    }
}
