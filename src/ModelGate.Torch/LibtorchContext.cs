using System.Runtime.InteropServices;

namespace ModelGate.Torch;

/// <summary>Switches of libtorch that TorchSharp does not wrap: at::globalContext() and two of its setters, by the names that compilers on Linux and macOS give them.</summary>
internal static partial class LibtorchContext
{
    /// <summary>Turns oneDNN on or off; where the switch is not found, nothing happens.</summary>
    public static void UseOneDnn(bool isUsed) => Try(() => SetMkldnn(Global(), isUsed));

    /// <summary>Turns NNPACK off, which asks for hardware that few have and says with each small convolution that it is not there.</summary>
    public static void TurnOffNnpack() => Try(() => SetNnpack(Global(), false));

    private static void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception fault) when (fault is EntryPointNotFoundException or DllNotFoundException)
        {
            // Windows names them otherwise.
        }
    }

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at13globalContextEv")]
    private static partial nint Global();

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at7Context20setUserEnabledMkldnnEb")]
    private static partial void SetMkldnn(nint context, [MarshalAs(UnmanagedType.U1)] bool isEnabled);

    [LibraryImport("torch_cpu", EntryPoint = "_ZN2at7Context20setUserEnabledNNPACKEb")]
    private static partial void SetNnpack(nint context, [MarshalAs(UnmanagedType.U1)] bool isEnabled);
}
