using System.Runtime.CompilerServices;

// libtorch has one generator of random numbers and one set of switches for the whole process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace ModelGate.Torch.Tests;

/// <summary>Whether libtorch loads on this machine.</summary>
public static class Libtorch
{
    public const string Reason = "libtorch does not load on this machine";

    public static bool Loads { get; } = Load();

    private static bool Load()
    {
        try
        {
            NativeBackend.Initialize(2);
            return true;
        }
        catch (ModelException)
        {
            return false;
        }
    }
}

/// <summary>A fact that needs libtorch.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
        => (Skip, SkipType, SkipUnless) = (Libtorch.Reason, typeof(Libtorch), nameof(Libtorch.Loads));
}

/// <summary>A theory that needs libtorch.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchTheoryAttribute : TheoryAttribute
{
    public TorchTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
        => (Skip, SkipType, SkipUnless) = (Libtorch.Reason, typeof(Libtorch), nameof(Libtorch.Loads));
}
