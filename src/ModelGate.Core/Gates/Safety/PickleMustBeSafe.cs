using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Signals.Safety;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Trainers;

namespace ModelGate.Gates.Safety;

/// <summary>A checkpoint's pickles import nothing but names that are known to describe data: what is unknown fails, and nothing is ever run to find out.</summary>
[GateId("MG7001")]
internal sealed class PickleMustBeSafe : Gate<PickleMustBeSafe.Options>
{
    /// <summary>Which names are allowed beside those that only describe data.</summary>
    public sealed record Options
    {
        /// <summary>Names that are allowed beside the built-in ones: exact, with their module, without wildcards; none by default. A name that is known to run code cannot be allowed.</summary>
        public IReadOnlyList<string> AllowGlobals { get; init; } = [];

        /// <summary>Names of lists that are allowed as well; none by default. "transformers-training-args" holds the nine classes of training_args.bin.</summary>
        public IReadOnlyList<string> AllowLists { get; init; } = [];
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
                yield return new("allowGlobals", SafeText.Of($"\"{name}\" is not an exact name: it has to be a module and a name in it, such as fairseq.data.dictionary.Dictionary"));
            }
            else if (DangerousGlobals.IsForbidden(name))
            {
                yield return new("allowGlobals", SafeText.Of($"\"{name}\" {DangerousGlobals.EffectOf(name)}: no configuration can allow it"));
            }
        }

        foreach (var list in options.AllowLists.Where(l => !TrainerCatalogue.AllowLists.ContainsKey(l)))
        {
            yield return new("allowLists", SafeText.Of($"there is no list \"{list}\"; there are: {string.Join(", ", TrainerCatalogue.AllowLists.Keys)}"));
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => WeightFiles.In(files);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [new(subject.Files[0], new ImportsMeasure())];

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        var file = measured.Of(subject.Files[0], new ImportsMeasure());
        return WeightFiles.Refuse(subject.Files[0], file) switch
        {
            null => null,
            { IsEmpty: false } problem => Judgement.Inconclusive(problem),
            _ => Judge(subject.Path, file, options),
        };
    }

    private static Judgement Judge(string path, FileImports file, Options options)
    {
        var imports = file.Imports;
        var chosen = options.AllowGlobals.Concat(options.AllowLists.SelectMany(l => TrainerCatalogue.AllowLists[l])).ToHashSet(StringComparer.Ordinal);
        var unknown = imports.Where(i => i.Verdict == GlobalVerdict.Unknown && !chosen.Contains(i.Name)).ToArray();
        var byOptions = imports.Count(i => i.Verdict == GlobalVerdict.Unknown) - unknown.Length;
        var dangerous = ImportFindings.Dangers(imports, file.Fault).ToArray();
        var programs = ImportFindings.Programs(file.Code).ToArray();
        SafeText[] dangers = [.. dangerous, .. programs];
        Measurement[] measurements =
        [
            Imports.Info.Of(path, imports.Count),
            DangerousImports.Info.Of(path, imports.Count(i => i.Verdict == GlobalVerdict.Dangerous)) with { Required = new(Relation.AtMost, 0) },
            UnknownImports.Info.Of(path, unknown.Length) with { Required = new(Relation.AtMost, 0) },
            .. byOptions > 0 ? [ImportsAllowedByOptions.Info.Of(path, byOptions)] : Array.Empty<Measurement>(),
        ];
        var programRemedy = dangerous.Length == 0 && file.Format == "torchscript" ? TorchScriptRemedy : Remedy;
        var findings = dangerous.Select(d => new Finding(d) { Remedy = Remedy, Evidence = [measurements[1]] })
            .Concat(programs.Select(p => new Finding(p) { Remedy = programRemedy, Evidence = [measurements[1]] })).ToList();
        if (unknown.Length > 0)
        {
            findings.Add(ImportFindings.Unknown(unknown) with { Evidence = [measurements[2]] });
        }

        if (findings.Count > 0)
        {
            return Judgement.Of(
                dangerous.Length == 0 && unknown.Length == 0 && file.Format == "torchscript" ? SafeText.Of($"{path} is a TorchScript archive: a program that runs where it is loaded") : Summary(path, file, unknown, dangers),
                measurements,
                findings);
        }

        return file.Fault is { } fault
            ? Judgement.Inconclusive(SafeText.Of($"whether {path} is safe cannot be told: {fault.SentenceWithAdvice()}; up to there, {Sentence(imports.Count, byOptions)}")) with { Measurements = measurements }
            : Judgement.Of(SafeText.Of($"{path}: {Sentence(imports.Count, byOptions)}"), measurements, []);
    }

    private static SafeText Remedy => SafeText.Of($"Do not load the file anywhere; ask where it comes from, and take the weights as safetensors or as a plain state_dict instead");

    private static SafeText TorchScriptRemedy
        => SafeText.Of($"It is an ordinary TorchScript archive, which is a program: load it with torch.jit.load where you trust whoever wrote it; where weights are wanted, torch.jit.load(FILE).state_dict() gives them, and can be saved alone");

    private static SafeText Summary(string path, FileImports file, GlobalUse[] unknown, SafeText[] dangers)
    {
        var damage = file.Fault is { } fault && fault.Damage is { } broken ? SafeText.Of($"; further on it breaks: {broken.Sentence}") : SafeText.Empty;
        return dangers.Length > 0
            ? SafeText.Of($"{path} would run code where it is loaded{damage}")
            : SafeText.Of($"of the names that {path} imports, {unknown.Length} of {file.Imports.Count} {(unknown.Length == 1 ? "is" : "are")} not known to be harmless{damage}");
    }

    private static SafeText Sentence(int count, int byOptions) => (count, byOptions) switch
    {
        (0, _) => SafeText.Of($"nothing is imported"),
        (_, 0) => SafeText.Of($"all of {count} imported names only describe data"),
        _ => SafeText.Of($"all of {count} imported names are allowed, {byOptions} of them by the options"),
    };
}
