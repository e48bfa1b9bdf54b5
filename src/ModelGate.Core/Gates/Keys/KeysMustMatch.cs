using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Outlines.Differences;
using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Keys;

namespace ModelGate.Gates.Keys;

/// <summary>The model has exactly the keys, in exactly the shapes, that its architecture expects.</summary>
[GateId("MG1001")]
internal sealed class KeysMustMatch : Gate<KeysMustMatch.Options>
{
    private const int LongestList = 6;

    /// <summary>How many differences are tolerated.</summary>
    public sealed record Options
    {
        /// <summary>Highest number of expected keys that the model may lack; 0 by default.</summary>
        [Range(0, 1_000_000)]
        public int Missing { get; init; }

        /// <summary>Highest number of keys that the model may have beyond those expected; 0 by default.</summary>
        [Range(0, 1_000_000)]
        public int Unexpected { get; init; }

        /// <summary>Highest number of keys whose shape may differ from the expected one; 0 by default.</summary>
        [Range(0, 1_000_000)]
        public int Shape { get; init; }

        /// <summary>Highest number of keys whose element type may differ from a stated one; 0 by default. A family states none.</summary>
        [Range(0, 1_000_000)]
        public int Dtype { get; init; }

        /// <summary>Patterns of names that are not compared, with * and ?, such as enc_q.*; empty by default.</summary>
        public IReadOnlyList<string> Ignore { get; init; } = [];

        /// <summary>Prefixes of the only names that are compared, such as mrfs.0; empty by default: every name.</summary>
        public IReadOnlyList<string> Only { get; init; } = [];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Architecture];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Model, ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => JudgedModels.Of(files);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => JudgedModels.Needs(subject).Prepend(new(subject.First(ArtifactRole.Architecture), new StatedKeysMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var stated = measured.Of(subject.First(ArtifactRole.Architecture), new StatedKeysMeasure());
        if (stated.Keys is not { } keys)
        {
            return Judgement.Inconclusive(stated.Problem) with { Path = stated.Source };
        }

        return JudgedModels.Choose(subject, measured) is { } model
            ? Judge(model, keys, stated.Source, options) with { Path = model.Path }
            : Judgement.Inconclusive(SafeText.Of($"neither model nor checkpoints name a file to compare"));
    }

    private static Judgement Judge(JudgedModel model, IReadOnlyDictionary<string, ExpectedKey> keys, string source, Options options)
    {
        var weights = model.Outline.Weights;
        if (weights.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{model.Path} holds no state_dict: there are no keys to compare"));
        }

        var selection = new KeySelection(options.Only, options.Ignore);
        var whole = Compare(model.Outline, keys, selection);
        var tied = TiedKeys.Missing(whole);
        var difference = tied.Known.Count == 0 ? whole : whole.Without(tied.Known.Keys.ToHashSet(StringComparer.Ordinal));
        if (difference.Left.Count == 0 && difference.Right.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"the options only and ignore leave no key of {model.Path} or {source} to compare"));
        }

        Measurement[] measurements =
        [
            MissingKeys.Info.Of(model.Path, difference.Missing.Count) with { Required = new(Relation.AtMost, options.Missing) },
            UnexpectedKeys.Info.Of(model.Path, difference.Unexpected.Count) with { Required = new(Relation.AtMost, options.Unexpected) },
            DifferentShapes.Info.Of(model.Path, difference.Shapes.Count) with { Required = new(Relation.AtMost, options.Shape) },
            CommonKeys.Info.Of(model.Path, difference.Common),
            DifferentDtypes.Info.Of(model.Path, difference.DTypeDifferences.Count) with { Required = new(Relation.AtMost, options.Dtype) },
        ];

        var findings = new List<Finding>();
        if (difference.Missing.Count > options.Missing)
        {
            findings.Add(Of("expected and missing", "expected keys are missing", difference.Missing, measurements[0]));
        }

        if (difference.Unexpected.Count > options.Unexpected)
        {
            findings.Add(Of("there and not expected", "keys are not expected", difference.Unexpected, measurements[1]));
        }

        if (difference.Shapes.Count > options.Shape)
        {
            findings.Add(Shapes(difference.ShapeDifferences, measurements[2]));
        }

        if (difference.DTypeDifferences.Count > options.Dtype)
        {
            findings.Add(DTypes(difference.DTypeDifferences, measurements[4]));
        }

        if (findings.Count > 0)
        {
            var diagnosis = Diagnosis.Of(difference);
            findings[0] = findings[0] with
            {
                Remedy = KeyRemedy.Of(diagnosis, difference) ?? default,
                Outlines = StructureDifference.Of(difference, diagnosis),
            };
        }

        if (findings.Count == 1 && tied.Perhaps.Count > 0 && difference.Missing.Count > options.Missing && difference.Missing.Count - tied.Perhaps.Count <= options.Missing)
        {
            var (name, partner) = tied.Perhaps.First();
            return Judgement.Inconclusive(SafeText.Of(
                $"{name} is not in {model.Path}, and {partner} has its shape: nothing is lost where the model ties the two, which tie_word_embeddings in a config.json beside the file would say; all else fits {source}")) with { Measurements = measurements };
        }

        var among = selection.IsEverything ? SafeText.Empty : SafeText.Of($" among those selected");
        var summary = findings.Count == 0
            ? SafeText.Of($"{Fits(source, difference, tied.Known, among)}{Program(model)}")
            : SafeText.Of($"{model.Path} does not fit {source}: {difference.Missing.Count} missing, {difference.Unexpected.Count} unexpected and {difference.Shapes.Count} differently shaped keys{Types(difference)} ({difference.Left.Count} keys against {difference.Right.Count}, {difference.Common} in common{among})");
        return Judgement.Of(summary, measurements, findings);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
        => measured.Of(subject.First(ArtifactRole.Architecture), new StatedKeysMeasure()) is { Keys: { } keys, Source: var source }
            && JudgedModels.Choose(subject, measured) is { Outline: { Weights.Count: > 0 } outline } model
            ? [KeyTree.Of(model.Path, source, Compare(outline, keys, new KeySelection(options.Only, options.Ignore)))]
            : [];

    private static KeyComparison Compare(Checkpoint model, IReadOnlyDictionary<string, ExpectedKey> expected, KeySelection selection)
        => KeyComparison.Of(ModelKeys.Of(model.Weights, selection: selection), selection.Of(expected), ties: TiedWeights.Of(model));

    // load_state_dict takes no program, however well its tensors fit.
    private static SafeText Program(JudgedModel model)
        => model.Outline.Format == "torchscript" ? SafeText.Of($"; it is a TorchScript program, of which torch.jit.load(FILE).state_dict() gives the state_dict") : SafeText.Empty;

    // Limits that tolerate differences do not make keys align, and the sentence says so.
    private static SafeText Fits(string source, KeyComparison difference, IReadOnlyDictionary<string, string> tied, SafeText among)
        => difference.Mismatches == 0
            ? SafeText.Of($"all keys{among} align with {source}: {difference.Common} of {difference.Right.Count}{Ties(tied)}, parameters equal ({difference.Right.Where(k => !tied.ContainsKey(k.Key)).Sum(k => k.Value.Shape.Aggregate(1m, (product, size) => product * size))})")
            : SafeText.Of($"{difference.Common} of {difference.Right.Count} expected keys{among} are there by name; {difference.Missing.Count} missing, {difference.Unexpected.Count} unexpected and {difference.Shapes.Count} differently shaped keys are tolerated");

    private static SafeText Ties(IReadOnlyDictionary<string, string> tied)
        => tied.Count == 0 ? SafeText.Empty : SafeText.Of($" ({SafeText.Join(", ", tied.Take(LongestList).Select(t => SafeText.Of($"{t.Key} is tied to {t.Value}")))})");

    private static Finding Of(string label, string sentence, List<string> names, Measurement evidence)
        => new(SafeText.Of($"{names.Count} {sentence}: {List(FoldedNames.FoldInOrder(names))}"))
        {
            Evidence = [evidence with { Text = SafeText.From(label) }],
        };

    private static Finding Shapes(IReadOnlyList<ShapeDifference> shapes, Measurement evidence)
    {
        var shown = SafeText.Join(", ", shapes.Take(LongestList).Select(s =>
            SafeText.Of($"{s.Name} is [{string.Join(", ", s.Found)}] and should be [{string.Join(", ", s.Expected)}]")));
        var more = shapes.Count > LongestList ? SafeText.Of($", and {shapes.Count - LongestList} more") : SafeText.Empty;
        return new Finding(SafeText.Of($"{shapes.Count} keys have another shape: {shown}{more}")) { Evidence = [evidence] };
    }

    private static SafeText Types(KeyComparison difference)
        => difference.DTypeDifferences.Count == 0 ? SafeText.Empty : SafeText.Of($", {difference.DTypeDifferences.Count} of another element type");

    private static Finding DTypes(IReadOnlyList<DTypeDifference> dtypes, Measurement evidence)
    {
        var groups = dtypes.GroupBy(d => (d.Found, d.Expected)).Select(g =>
            SafeText.Of($"{g.Key.Found} in place of {g.Key.Expected}: {List(FoldedNames.Fold(g.Select(d => d.Name)))}"));
        return new Finding(SafeText.Of($"{dtypes.Count} keys have another element type: {SafeText.Join("; ", groups)}")) { Evidence = [evidence] };
    }

    private static SafeText List(IReadOnlyList<FoldedNames.Group> groups)
    {
        var shown = SafeText.Join(", ", groups.Take(LongestList).Select(g => g.Count == 1 ? SafeText.From(g.Pattern) : SafeText.Of($"{g.Pattern} x{g.Count}")));
        return groups.Count > LongestList ? SafeText.Of($"{shown}, and {groups.Skip(LongestList).Sum(g => g.Count)} more") : shown;
    }
}
