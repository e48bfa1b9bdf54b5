using ModelGate.Architecture.Keys;
using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Signals.Keys;

namespace ModelGate.Gates.Running;

/// <summary>The model loads strictly: every key of the file is used, every parameter of the network is set, and every shape fits.</summary>
[GateId("MG8001")]
internal sealed class ModelMustLoad : ModelRunGate<ModelMustLoad.Options>
{
    private const int LongestList = 6;

    /// <summary>What loading may cost.</summary>
    public sealed record Options : IModelRunOptions
    {
        /// <summary>How long loading may take, in seconds; 60 by default.</summary>
        [Range(1, 3600)]
        public int TimeLimit { get; init; } = 60;

        /// <summary>How much memory the process may use, in MiB; 4096 by default.</summary>
        [Range(64, 1_048_576)]
        public int MemoryLimit { get; init; } = 4096;
    }

    /// <inheritdoc/>
    protected override Judgement Judge(RunnableModel model, Options options, IMeasured measured)
    {
        var report = model.Run(measured, options, new ModelRunStep.Load());
        if (model.Problem(report, ofProgram: true) is { } problem)
        {
            return problem;
        }

        var answer = report.Answers[0];
        var (missing, unexpected, shapes) = (answer.Missing ?? [], answer.Unexpected ?? [], answer.Shapes ?? []);
        Measurement[] measurements =
        [
            MissingKeys.Info.Of(model.Path, missing.Count) with { Required = new(Relation.AtMost, 0) },
            UnexpectedKeys.Info.Of(model.Path, unexpected.Count) with { Required = new(Relation.AtMost, 0) },
            DifferentShapes.Info.Of(model.Path, shapes.Count) with { Required = new(Relation.AtMost, 0) },
        ];
        var findings = new List<Finding>();
        Add(missing.Count, "missing", FoldedNames.FoldInOrder(missing), measurements[0], SafeText.Of($"They would stay as the network initializes them: check the family and the variant, or map the keys with modelgate remap"));
        Add(unexpected.Count, "not part of the network", FoldedNames.FoldInOrder(unexpected), measurements[1], SafeText.Of($"They would be ignored: check the family and the variant, or whether the file holds more than one network"));
        if (shapes.Count > 0)
        {
            var shown = SafeText.Join(", ", shapes.Take(LongestList).Select(s => SafeText.Of($"{s.Name} is [{string.Join(", ", s.Found)}] and should be [{string.Join(", ", s.Expected)}]")));
            var more = shapes.Count > LongestList ? SafeText.Of($", and {shapes.Count - LongestList} more") : SafeText.Empty;
            findings.Add(new Finding(SafeText.Of($"{SafeText.Count(shapes.Count, "key has", "keys have")} another shape: {shown}{more}"))
            {
                Remedy = SafeText.Of($"Give the config.json of this training, or the right variant"),
                Evidence = [measurements[2]],
            });
        }

        var network = NetworkOf(answer);
        return Judgement.Of(
            findings.Count == 0
                ? SafeText.Of($"{model.Path} loads{SafeText.From(model.IsProgram ? "" : " strictly")}{network}: {SafeText.Count(answer.Tensors ?? 0, "tensor")}, {SafeText.Count(answer.Parameters ?? 0, "parameter")}{Spelling(answer)}")
                : SafeText.Of($"{model.Path} does not load strictly{network}: {missing.Count} missing, {unexpected.Count} unexpected and {shapes.Count} differently shaped keys"),
            measurements,
            findings);

        void Add(int count, string what, IReadOnlyList<FoldedNames.Group> groups, Measurement evidence, SafeText remedy)
        {
            if (count > 0)
            {
                var shown = SafeText.Join(", ", groups.Take(LongestList).Select(g => g.Count == 1 ? SafeText.From(g.Pattern) : SafeText.Of($"{g.Pattern} x{g.Count}")));
                var more = groups.Count > LongestList ? SafeText.Of($", and {groups.Skip(LongestList).Sum(g => g.Count)} more") : SafeText.Empty;
                findings.Add(new Finding(SafeText.Of($"{SafeText.Count(count, "key is", "keys are")} {SafeText.From(what)}: {shown}{more}")) { Remedy = remedy, Evidence = [evidence] });
            }
        }
    }

    private static SafeText NetworkOf(ModelRunAnswer answer)
        => answer.Family is not { } family ? SafeText.Empty
            : answer.Variant is { } variant ? SafeText.Of($" into {family} {variant}") : SafeText.Of($" into {family}");

    private static SafeText Spelling(ModelRunAnswer answer) => answer.Spelling switch
    {
        "weight_norm" => SafeText.Of($", weight norm as weight_g and weight_v"),
        "parametrized" => SafeText.Of($", weight norm as parametrizations"),
        "removed" => SafeText.Of($", weight norm removed"),
        _ => SafeText.Empty,
    };
}
