using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Syntax.Pickle.Globals;

namespace ModelGate.Gates;

/// <summary>A checkpoint's pickles import nothing but names that are known to describe data: what is unknown fails, and nothing is ever run to find out.</summary>
[GateId("MG7001")]
internal sealed class PickleMustBeSafe : Gate<ExaminedFile, PickleMustBeSafe.Options>
{
    /// <summary>Which names are allowed beside those that only describe data.</summary>
    public sealed record Options
    {
        /// <summary>Names that are allowed beside the built-in ones: exact, with their module, without wildcards; none by default. A name that is known to run code cannot be allowed.</summary>
        public IReadOnlyList<string> AllowGlobals { get; init; } = [];

        /// <summary>Names of lists that are allowed as well; none by default. "transformers-training-args" holds the nine classes of training_args.bin.</summary>
        public IReadOnlyList<string> Presets { get; init; } = [];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => WeightFiles.Roles;

    /// <inheritdoc/>
    protected override IEnumerable<OptionProblem> Check(Options options)
    {
        foreach (var name in options.AllowGlobals)
        {
            if (!GlobalNames.IsQualified(name))
            {
                yield return new("allowGlobals", SafeText.Of($"\"{name}\" is no exact name: it has to be a module and a name in it, such as fairseq.data.dictionary.Dictionary"));
            }
            else if (DangerousGlobals.IsForbidden(name))
            {
                yield return new("allowGlobals", SafeText.Of($"\"{name}\" {DangerousGlobals.EffectOf(name)}: no configuration can allow it"));
            }
        }

        foreach (var preset in options.Presets.Where(p => !GlobalPresets.All.ContainsKey(p)))
        {
            yield return new("presets", SafeText.Of($"there is no preset \"{preset}\"; there are: {string.Join(", ", GlobalPresets.All.Keys)}"));
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<Selection<ExaminedFile>> Select(ArtifactSet artifacts) => WeightFiles.In(artifacts);

    /// <inheritdoc/>
    public override Judgement Judge(ExaminedFile subject, Options options, CancellationToken cancellation = default)
    {
        var checkpoint = subject.Content as Checkpoint;
        var imports = checkpoint?.Globals ?? subject.Fault?.Globals ?? [];
        var chosen = options.AllowGlobals.Concat(options.Presets.SelectMany(p => GlobalPresets.All[p])).ToHashSet(StringComparer.Ordinal);
        var unknown = imports.Where(i => i.Verdict == GlobalVerdict.Unknown && !chosen.Contains(i.Name)).ToArray();
        var byOptions = imports.Count(i => i.Verdict == GlobalVerdict.Unknown) - unknown.Length;
        var dangers = ImportFindings.Dangers(imports, subject.Fault).Concat(ImportFindings.Programs(checkpoint?.Code ?? [])).ToArray();
        var path = SafeText.From(subject.Path);
        Measurement[] measurements =
        [
            new("imports", path, imports.Count, "names"),
            new("dangerous-imports", path, imports.Count(i => i.Verdict == GlobalVerdict.Dangerous), "names") { Required = new(Relation.AtMost, 0) },
            new("unknown-imports", path, unknown.Length, "names") { Required = new(Relation.AtMost, 0) },
            .. byOptions > 0 ? [new Measurement("imports-allowed-by-options", path, byOptions, "names")] : Array.Empty<Measurement>(),
        ];
        var findings = dangers.Select(d => new Finding(d) { Remedy = Remedy, Evidence = [measurements[1]] }).ToList();
        if (unknown.Length > 0)
        {
            findings.Add(ImportFindings.Unknown(unknown) with { Evidence = [measurements[2]] });
        }

        if (findings.Count > 0)
        {
            return Judgement.Of(Summary(subject, imports, unknown, dangers), measurements, findings);
        }

        return subject.Fault is { } fault
            ? Judgement.Inconclusive(SafeText.Of($"whether {subject.Path} is safe cannot be told: {fault.SentenceWithAdvice()}; up to there, {Imports(imports.Count, byOptions)}")) with { Measurements = measurements }
            : Judgement.Of(SafeText.Of($"{subject.Path}: {Imports(imports.Count, byOptions)}"), measurements, []);
    }

    private static SafeText Remedy => SafeText.Of($"Do not load the file anywhere; ask where it comes from, and take the weights as safetensors or as a plain state_dict instead");

    private static SafeText Summary(ExaminedFile subject, IReadOnlyList<GlobalUse> imports, GlobalUse[] unknown, SafeText[] dangers)
    {
        var damage = subject.Fault is { } fault && fault.Damage is { } broken ? SafeText.Of($"; further on it breaks: {broken.Sentence}") : SafeText.Empty;
        return dangers.Length > 0
            ? SafeText.Of($"{subject.Path} would run code where it is loaded{damage}")
            : SafeText.Of($"of the names that {subject.Path} imports, {unknown.Length} of {imports.Count} {(unknown.Length == 1 ? "is" : "are")} not known to be harmless{damage}");
    }

    private static SafeText Imports(int count, int byOptions) => (count, byOptions) switch
    {
        (0, _) => SafeText.Of($"nothing is imported"),
        (_, 0) => SafeText.Of($"all of {count} imported names only describe data"),
        _ => SafeText.Of($"all of {count} imported names are allowed, {byOptions} of them by the options"),
    };
}
