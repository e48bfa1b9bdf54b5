using ModelGate.Runs;

namespace ModelGate.Evaluation.Causes;

/// <summary>Joins the findings of several gates into what they come from. The rules are few and explicit: no rule, no claim.</summary>
/// <remarks>A rule reads the gates' measurements, and is silent where one that it needs is not there.</remarks>
internal static class RootCause
{
    private static readonly CauseRule[] Rules =
        [new BrokenTraining(), new SilentGenerator(), new ExportDiffersFromItsCheckpoint(), new BabbleOverItsOwnData(), new SickSound(), new FeaturesOfOtherAudio(), new NothingLoaded(), new UntrainedLayers(), new GrownWeights(), new EarlyExportOfStuckTraining()];

    /// <summary>The causes that the rules find, the most telling first.</summary>
    /// <param name="results">What the gates say.</param>
    /// <param name="artifacts">The files, for their roles; none where those do not matter.</param>
    public static IReadOnlyList<Cause> Of(IReadOnlyList<RunResult> results, IReadOnlyList<RunArtifact>? artifacts = null)
    {
        var run = new RunEvidence(results, artifacts ?? []);
        var causes = new List<Cause>();
        foreach (var cause in Rules.Select(r => r.Of(run)).OfType<Cause>())
        {
            // What one cause joins is not joined again by a smaller one.
            if (!causes.Any(c => cause.Explains.All(c.Explains.Contains)))
            {
                causes.Add(cause);
            }
        }

        return causes;
    }
}
