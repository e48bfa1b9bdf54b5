namespace ModelGate.Benchmarks;

/// <summary>The files that are measured: the repository's samples, or a checkpoint of one's own.</summary>
internal static class SampleFiles
{
    /// <summary>Set this to a file of full width to measure that; without it the narrow sample is measured.</summary>
    public const string CheckpointVariable = "MODELGATE_BENCH_CHECKPOINT";

    public static string Checkpoint => Environment.GetEnvironmentVariable(CheckpointVariable) ?? Sample("lexi", "G_2376.pth");

    public static string Sample(params string[] parts) => Repository.PathOf(["samples", .. parts]);
}
