using ModelGate.Architecture;
using ModelGate.Artifacts;
using ModelGate.Signals;

namespace ModelGate.Gates;

/// <summary>The model has exactly the keys, in exactly the shapes, that its architecture expects.</summary>
[GateId("MG1001")]
public sealed class KeysMustMatch : Gate<KeyedModel, KeysMustMatch.Options>
{
    private const int LongestList = 6;

    /// <summary>How many differences are borne.</summary>
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
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Architecture];

    /// <inheritdoc/>
    protected override IEnumerable<Selection<KeyedModel>> Select(ArtifactSet artifacts)
    {
        var architectures = artifacts.Files<Artifact>(ArtifactRole.Architecture).ToArray();
        if (architectures is not [var architecture])
        {
            yield return new(null, SafeText.Of($"{architectures.Length} files match the role architecture, and a model has one"));
            yield break;
        }

        if (architecture.Subject is not { } source)
        {
            yield return new(architecture.Artifact, architecture.Problem);
            yield break;
        }

        if (ExpectedKeys.Of(source.Content) is not { } expected)
        {
            yield return new(source.Path, SafeText.Of($"{source.Path} is {source.Content.Format}, which states no keys: a key manifest or a checkpoint does"));
            yield break;
        }

        foreach (var model in Models(artifacts))
        {
            yield return model.Subject is { } file
                ? new(file.Path, new KeyedModel(file, expected, source.Path))
                : new(model.Artifact, model.Problem);
        }
    }

    /// <inheritdoc/>
    public override Judgement Judge(KeyedModel subject, Options options)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(options);
        var weights = subject.Model.Content.Weights;
        if (weights.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{subject.Model.Path} holds no state_dict: there are no keys to compare"));
        }

        var difference = KeyDifference.Between(weights, subject.Expected);
        var path = SafeText.From(subject.Model.Path);
        Measurement[] measurements =
        [
            new("missing-keys", path, difference.Missing.Count, "keys") { Required = new(Relation.AtMost, options.Missing) },
            new("unexpected-keys", path, difference.Unexpected.Count, "keys") { Required = new(Relation.AtMost, options.Unexpected) },
            new("different-shapes", path, difference.Shapes.Count, "keys") { Required = new(Relation.AtMost, options.Shape) },
            new("common-keys", path, difference.Common, "keys"),
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
            findings.Add(Shapes(difference.Shapes, measurements[2]));
        }

        var summary = findings.Count == 0
            ? SafeText.Of($"{difference.Common} of {subject.Expected.Count} expected keys match {subject.Source} by name and shape")
            : SafeText.Of($"{subject.Model.Path} does not fit {subject.Source}: {difference.Missing.Count} missing, {difference.Unexpected.Count} unexpected and {difference.Shapes.Count} differently shaped keys ({weights.Count} keys against {subject.Expected.Count}, {difference.Common} in common)");
        return Judgement.Of(summary, measurements, findings);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(KeyedModel subject, Options options)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return subject.Model.Content.Weights.Count == 0 ? [] : [KeyTree.Of(subject)];
    }

    private static IEnumerable<Selection<ArtifactFile<Checkpoint>>> Models(ArtifactSet artifacts)
    {
        if (artifacts.Has(ArtifactRole.Model))
        {
            return artifacts.Files<Checkpoint>(ArtifactRole.Model);
        }

        var checkpoints = artifacts.Files<Checkpoint>(ArtifactRole.Checkpoints).ToArray();
        if (checkpoints.FirstOrDefault(c => c.Subject is null) is { } unreadable)
        {
            return [unreadable];
        }

        return FinalCheckpoints.Of([.. checkpoints.Select(c => c.Subject!)]) is [var final, ..]
            ? [new(final.File.Path, final.File)]
            : [new(null, SafeText.Of($"neither model nor checkpoints name a file to compare"))];
    }

    private static Finding Of(string label, string sentence, IReadOnlyList<string> names, Measurement evidence)
        => new(SafeText.Of($"{names.Count} {sentence}: {List(FoldedNames.Fold(names))}"))
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

    private static SafeText List(IReadOnlyList<FoldedNames.Group> groups)
    {
        var shown = SafeText.Join(", ", groups.Take(LongestList).Select(g => g.Count == 1 ? SafeText.From(g.Pattern) : SafeText.Of($"{g.Pattern} x{g.Count}")));
        return groups.Count > LongestList ? SafeText.Of($"{shown}, and {groups.Skip(LongestList).Sum(g => g.Count)} more") : shown;
    }
}
