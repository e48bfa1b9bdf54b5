namespace ModelGate.ModelRuns;

/// <summary>What <c>modelgate</c> and <c>modelgate-torch</c> agree on beside the lines that they exchange.</summary>
internal static class ModelRunProtocol
{
    /// <summary>The environment variable with the process that started modelgate-torch: it ends itself when that one is gone.</summary>
    public const string Parent = "MODELGATE_PARENT";

    /// <summary>The exit code for a request that is not understood.</summary>
    public const int NotUnderstood = 3;

    /// <summary>The environment variable that keeps ONNX Runtime from sending usage data; it is read when the library is loaded.</summary>
    public const string NoTelemetry = "ORT_DISABLE_TELEMETRY";
}
