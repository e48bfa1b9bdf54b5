using ModelGate.Architecture.Causes;


namespace ModelGate.Architecture.Diagnoses;

/// <summary>Every cause that is looked for: every class with a <see cref="KeyCauseOrderAttribute"/>, listed at build time.</summary>
internal static partial class KnownCauses
{
    /// <summary>All of them, by their order.</summary>
    public static IReadOnlyList<KeyCause> All { get; } = Build();

    /// <summary>Those that propose a mapping, by how invasive it is.</summary>
    public static IReadOnlyList<IReadOnlyList<KeyCause>> Mapping { get; } =
        [.. All.Where(c => c.Kind != ProposalKind.Explain).GroupBy(c => c.Kind).OrderBy(g => g.Key).Select(g => g.ToArray())];

    /// <summary>Those that only explain.</summary>
    public static IReadOnlyList<KeyCause> Explaining { get; } = [.. All.Where(c => c.Kind == ProposalKind.Explain)];

    private static partial IReadOnlyList<KeyCause> Build();
}
