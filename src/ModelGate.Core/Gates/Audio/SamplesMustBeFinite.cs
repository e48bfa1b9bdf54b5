using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;

namespace ModelGate.Gates.Audio;

/// <summary>No sample of the output may be NaN or infinite, and there has to be one: the gates that read samples rely on it.</summary>
[GateId("MG5016")]
internal sealed class SamplesMustBeFinite : FileGate<SampleLevels, SamplesMustBeFinite.Options>
{
    /// <inheritdoc/>
    protected override ArtifactRole Role => ArtifactRole.Output;

    /// <inheritdoc/>
    protected override Measure<SampleLevels> Measure(Options options) => new SampleMeasure();

    /// <inheritdoc/>
    protected override Judgement Judge(RoleFile file, SampleLevels result, Options options)
    {
        var checks = new LimitChecks(file.Path);
        checks.Require(
            NonFiniteSamples.Info,
            result.NonFinite,
            Relation.AtMost,
            0,
            SafeText.Of($"{SafeText.Count(result.NonFinite, "sample")} {SafeText.From(result.NonFinite == 1 ? "is" : "are")} NaN or infinite: players make clicks or silence of them, and nothing else of the file can be judged"),
            SafeText.Of($"Look for NaN in the weights and in the features that the model was given; half precision overflows above 65504"));
        return result.NonFinite == 0 && result.Mixed is null
            ? checks.Inconclusive(SafeText.Of($"the recording holds no samples"))
            : checks.Judge(SafeText.Of($"every sample is finite"));
    }

    /// <summary>There is nothing to choose.</summary>
    public sealed record Options;
}
