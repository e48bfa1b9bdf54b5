using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Keys;
using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>The model has exactly the keys, in exactly the shapes, that its architecture expects.</summary>
[GateId("MG1001")]
internal sealed class KeysMustMatch : Gate<KeyedModel, KeysMustMatch.Options>
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
    protected override IEnumerable<Selection<KeyedModel>> Select(ArtifactSet artifacts)
    {
        var architecture = JudgedModels.Expected(artifacts);
        if (architecture.Subject is not { } expected)
        {
            yield return new(architecture.Artifact, architecture.Problem);
            yield break;
        }

        foreach (var model in JudgedModels.Of(artifacts))
        {
            yield return model.Subject is { } file
                ? new(file.Path, new KeyedModel(file, expected.Keys, expected.Source))
                : new(model.Artifact, model.Problem);
        }
    }

    /// <inheritdoc/>
    public override Judgement Judge(KeyedModel subject, Options options, CancellationToken cancellation = default)
    {
        var weights = subject.Model.Content.Weights;
        if (weights.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{subject.Model.Path} holds no state_dict: there are no keys to compare"));
        }

        var selection = new KeySelection(options.Only, options.Ignore);
        var difference = KeyComparison.Of(ModelKeys.Of(weights, selection: selection), selection.Of(subject.Expected));
        if (difference.Left.Count == 0 && difference.Right.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"the options only and ignore leave no key of {subject.Model.Path} or {subject.Source} to compare"));
        }

        var path = SafeText.From(subject.Model.Path);
        Measurement[] measurements =
        [
            new("missing-keys", path, difference.Missing.Count, "keys") { Required = new(Relation.AtMost, options.Missing) },
            new("unexpected-keys", path, difference.Unexpected.Count, "keys") { Required = new(Relation.AtMost, options.Unexpected) },
            new("different-shapes", path, difference.Shapes.Count, "keys") { Required = new(Relation.AtMost, options.Shape) },
            new("common-keys", path, difference.Common, "keys"),
            new("different-dtypes", path, difference.DTypeDifferences.Count, "keys") { Required = new(Relation.AtMost, options.Dtype) },
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

        if (findings.Count > 0 && KeyRemedy.Of(Diagnosis.Of(difference), difference) is { } remedy)
        {
            findings[0] = findings[0] with { Remedy = remedy };
        }

        var among = selection.IsEverything ? SafeText.Empty : SafeText.Of($" among those selected");
        var summary = findings.Count == 0
            ? Fits(subject.Source, difference, among)
            : SafeText.Of($"{subject.Model.Path} does not fit {subject.Source}: {difference.Missing.Count} missing, {difference.Unexpected.Count} unexpected and {difference.Shapes.Count} differently shaped keys{Types(difference)} ({difference.Left.Count} keys against {difference.Right.Count}, {difference.Common} in common{among})");
        return Judgement.Of(summary, measurements, findings);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(KeyedModel subject, Options options, CancellationToken cancellation)
    {
        return subject.Model.Content.Weights.Count == 0 ? [] : [KeyTree.Of(subject, new KeySelection(options.Only, options.Ignore))];
    }

    // Limits that tolerate differences do not make keys align, and the sentence says so.
    private static SafeText Fits(string source, KeyComparison difference, SafeText among)
        => difference.Mismatches == 0
            ? SafeText.Of($"all keys{among} align with {source}: {difference.Common} of {difference.Right.Count}, parameters equal ({difference.Right.Values.Sum(k => k.Shape.Aggregate(1m, (product, size) => product * size))})")
            : SafeText.Of($"{difference.Common} of {difference.Right.Count} expected keys{among} are there by name; {difference.Missing.Count} missing, {difference.Unexpected.Count} unexpected and {difference.Shapes.Count} differently shaped keys are tolerated");

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
