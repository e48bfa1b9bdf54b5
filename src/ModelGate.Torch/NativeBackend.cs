using TorchSharp;
using static TorchSharp.torch;

namespace ModelGate.Torch;

/// <summary>libtorch: loaded when a step needs it first.</summary>
internal static class NativeBackend
{
    private static bool isReady;

    /// <summary>Loads it, and sets how many threads compute.</summary>
    /// <exception cref="ModelException">It does not load on this machine.</exception>
    public static void Initialize(int threads)
    {
        if (isReady)
        {
            return;
        }

        try
        {
            // TorchScript does not load it by itself.
            InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception fault) when (fault is NotSupportedException or DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            throw new ModelException(SafeText.Of($"libtorch does not load on this machine: {Sentences.FirstLine(fault.Message)}"));
        }

        LibtorchContext.TurnOffNnpack();
        set_num_threads(Math.Max(1, threads));
        isReady = true;
    }
}
