using System.Runtime.CompilerServices;

namespace ModelGate.Package.Tests;

/// <summary>Whether tests run that pack the packages and build real projects with them, which takes minutes.</summary>
public static class SlowTests
{
    public const string Reason = "it packs the packages and builds with them, which takes minutes: MODELGATE_SLOW_TESTS=1 runs it, as .ci/run does";

    public static bool AreWanted { get; } = Environment.GetEnvironmentVariable("MODELGATE_SLOW_TESTS") == "1";
}

/// <summary>A fact that needs the packages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PackageFactAttribute : FactAttribute
{
    public PackageFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
        => (Skip, SkipType, SkipUnless) = (SlowTests.Reason, typeof(SlowTests), nameof(SlowTests.AreWanted));
}

/// <summary>A theory that needs the packages.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PackageTheoryAttribute : TheoryAttribute
{
    public PackageTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
        => (Skip, SkipType, SkipUnless) = (SlowTests.Reason, typeof(SlowTests), nameof(SlowTests.AreWanted));
}
