namespace ModelGate.Architecture.Causes;

/// <summary>Every cause that is looked for. A new one is a file beside this one and a line here.</summary>
internal static class KnownCauses
{
    /// <summary>All of them; among those that explain, the narrower stands before the wider.</summary>
    public static IReadOnlyList<KeyCause> All { get; } =
    [
        new Prefix(),
        new Infix(),
        new WeightNormSpelling(),
        new SpectralNormSpelling(),
        new DotUnderscore(),
        new GammaBeta(),
        new IndexOffset(),
        new WeightNormFolded(),
        new WeightNormUnfolded(),
        new AdapterPresent(),
        new Transposed(),
        new Concatenated(),
        new OtherNames(),
        new PosteriorEncoderPresent(),
        new BufferExtra(),
        new ForeignContainer(),
        new ExtraPart(),
        new ArtifactKind(),
        new AdapterMissing(),
        new PosteriorEncoderAbsent(),
        new Pitch(),
        new SpeakerTable(),
        new SymbolTable(),
        new ResidualBlockType(),
        new WrongVariant(),
        new NestedModuleList(),
        new BlockCount(),
        new SpectralNorm(),
        new Regrouped(),
        new OtherWidths(),
        new BufferAbsent(),
        new ModuleDifference(),
    ];

    /// <summary>Those that mend, by how invasive they are.</summary>
    public static IReadOnlyList<IReadOnlyList<KeyCause>> Mending { get; } =
        [.. All.Where(c => c.Mending != Causes.Mending.None).GroupBy(c => c.Mending).OrderBy(g => g.Key).Select(g => g.ToArray())];

    /// <summary>Those that only explain.</summary>
    public static IReadOnlyList<KeyCause> Explaining { get; } = [.. All.Where(c => c.Mending == Causes.Mending.None)];
}
