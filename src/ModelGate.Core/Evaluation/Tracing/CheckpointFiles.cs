using ModelGate.Runs;

namespace ModelGate.Evaluation.Tracing;

/// <summary>Tells files that may hold weights from others by their first bytes.</summary>
internal static class CheckpointFiles
{
    private const string Json = ".json";
    private const string Index = ".index.json";

    /// <summary>Whether a file begins as a file of weights does, or is the index of one in several parts. One that cannot be opened may be one.</summary>
    public static bool MayBe(string path)
        => (!path.EndsWith(Json, StringComparison.OrdinalIgnoreCase) || path.EndsWith(Index, StringComparison.OrdinalIgnoreCase))
            && ContentRecognition.Look(path) is null or { Role: ArtifactRole.Model };
}
