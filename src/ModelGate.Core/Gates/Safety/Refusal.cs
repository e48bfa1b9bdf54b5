using System.Collections.Frozen;
using ModelGate.Artifacts;

namespace ModelGate.Gates.Safety;

/// <summary>What the reason for which a reader refused a file says of it.</summary>
internal static class Refusal
{
    // Each is an opcode that no honest checkpoint has, because all it is good for is to call something.
    private static readonly FrozenSet<string> Tricks = new[]
    {
        "call-of-result", "call-target", "legacy-call-opcode", "extension-registry", "persistent-id", "out-of-band-buffer", "build-target",
        "append-target", "setitem-target", "additems-target", "dotted-name", "bad-name", "not-literal",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Of a file that is foreign, or costs too much, nobody knows whether it is whole.
    private static readonly FrozenSet<string> Undecided = new[] { "limit", "unknown-format", "unsupported-format" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the file asks its loader for more than to build data.</summary>
    public static bool IsUnsafe(ArtifactFormatException fault) => IsProgram(fault) || fault.Reason == "dangerous-global" || Tricks.Contains(fault.Reason);

    /// <summary>Whether the file is a program, or carries one.</summary>
    public static bool IsProgram(ArtifactFormatException fault) => fault.Reason == "contains-code";

    /// <summary>The damage for which the file was refused, also where something graver stands before it; null where there is none.</summary>
    public static ArtifactFormatException? Damage(ArtifactFormatException fault)
        => fault.Underlying is { } underlying ? Damage(underlying) : IsUnsafe(fault) || Undecided.Contains(fault.Reason) || IsForeign(fault) ? null : fault;

    // A pickle that is no checkpoint may well have something else behind it: joblib writes the bytes of its arrays there.
    private static bool IsForeign(ArtifactFormatException fault) => fault is { Reason: "bad-opcode", Format: "pickle" };
}
