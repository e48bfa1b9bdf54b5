using ModelGate.ModelRuns;
using ModelGate.Torch.Steps;

namespace ModelGate.Torch.Tests;

/// <summary>Files of the fixtures, and steps with them in this process.</summary>
internal static class Fixture
{
    public static string PathOf(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "Fixtures", .. parts]);

    public static IReadOnlyList<ModelRunAnswer> Do(RequestedModel model, params ModelRunStep[] steps)
    {
        using var runner = new StepRunner(new ModelRunRequest(model, steps) { Threads = 2 }, TextWriter.Null);
        return [.. steps.Select((_, i) => runner.Do(i))];
    }

    public static RequestedModel Weights(string folder, string file, RequestedArchitecture? architecture = null)
        => new(PathOf(folder, file), ModelRunFormat.Weights) { Architecture = architecture };

    /// <summary>The run that a folder records.</summary>
    public static ModelRunStep.Run Recorded(string folder) => new() { Inputs = PathOf(folder, "input.safetensors"), Expected = PathOf(folder, "output.safetensors") };
}
