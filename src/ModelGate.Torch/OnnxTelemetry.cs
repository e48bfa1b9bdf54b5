using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using ModelGate.ModelRuns;

namespace ModelGate.Torch;

/// <summary>ONNX Runtime sends usage data to its maker, unless it is told not to: nothing is sent from here.</summary>
internal static partial class OnnxTelemetry
{
    /// <summary>Turns it off. It has to come before anything else of ONNX Runtime, which reads the environment once.</summary>
    public static void TurnOff()
    {
        // A variable that .NET sets does not reach native libraries on Unix.
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(ModelRunProtocol.NoTelemetry, "1");
        }
        else
        {
            _ = setenv(ModelRunProtocol.NoTelemetry, "1", 1);
        }

        OrtEnv.Instance().DisableTelemetryEvents();
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
