using ModelGate.ModelRuns;
using ModelGate.Runs;

namespace ModelGate.Gates.Running;

/// <summary>The model runs: its output is finite and of the right shape, two runs on the same input agree bit for bit, and other lengths and a batch of two work as well.</summary>
[GateId("MG8002")]
internal sealed class ModelMustRun : ModelRunGate<ModelMustRun.Options>
{
    private const int Frames = 64;
    private const int OtherFrames = 97;

    /// <summary>What goes in, what has to come out, and what it may cost.</summary>
    public sealed record Options : IModelRunOptions
    {
        /// <summary>A safetensors file of the inputs, relative to the configuration: needed for TorchScript, ONNX and a module of an assembly; weights of a known network are run on generated inputs.</summary>
        public string? Inputs { get; init; }

        /// <summary>A safetensors file of the outputs that were recorded for these inputs, relative to the configuration; none by default.</summary>
        public string? Expected { get; init; }

        /// <summary>How far an element may be from the recorded one; 0.0001 by default.</summary>
        [Range(0, 1e9)]
        public double Tolerance { get; init; } = 1e-4;

        /// <summary>Whether a network draws the noise that it draws in use; off by default, so that two runs can agree.</summary>
        public bool Noise { get; init; }

        /// <summary>How long each step may take, in seconds; 60 by default.</summary>
        [Range(1, 3600)]
        public int TimeLimit { get; init; } = 60;

        /// <summary>How much memory the process may use, in MiB; 4096 by default.</summary>
        [Range(64, 1_048_576)]
        public int MemoryLimit { get; init; } = 4096;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> FilesOf(object options) => new[] { ((Options)options).Inputs, ((Options)options).Expected }.OfType<string>();

    /// <inheritdoc/>
    protected override IEnumerable<OptionProblem> Check(Options options)
        => options.Expected is not null && options.Inputs is null ? [new OptionProblem("expected", SafeText.Of($"recorded outputs belong to inputs: name those too"))] : [];

    /// <inheritdoc/>
    protected override Judgement Judge(RunnableModel model, Options options, IMeasured measured)
    {
        if (model.IsProgram && options.Inputs is null)
        {
            return Judgement.Inconclusive(SafeText.Of($"ModelGate cannot know what inputs {model.Path} expects: name a safetensors file in inputs, with a tensor for each input"));
        }

        ModelRunStep.Run Of(int frames, int batch) => new()
        {
            Inputs = options.Inputs,
            Generate = options.Inputs is null ? new GeneratedInputs(frames, batch, 1) : null,
            Expected = options.Expected,
            Noise = options.Noise,
        };
        ModelRunStep.Run[] runs = options.Inputs is null ? [Of(Frames, 1), Of(Frames, 1), Of(OtherFrames, 1), Of(Frames, 2)] : [Of(0, 1), Of(0, 1)];
        var report = model.Run(measured, options, [new ModelRunStep.Load(), .. runs]);
        if (model.ProblemAfterLoading(report, ofProgram: true) is { } problem)
        {
            return problem;
        }

        var answers = report.Answers.Skip(1).ToArray();
        var findings = new List<Finding>();
        var measurements = new List<Measurement>();
        foreach (var (answer, run) in answers.Zip(runs).Where((_, i) => i != 1))
        {
            findings.AddRange(Wrong(answer, What(run)));
        }

        if (!options.Noise && answers[0].Outputs?.Select(o => (o.Name, o.Sha256)).SequenceEqual((answers[1].Outputs ?? []).Select(o => (o.Name, o.Sha256))) == false)
        {
            findings.Add(new Finding(SafeText.Of($"two runs on the same input give different outputs, {DifferentOf(answers[0], answers[1])}"))
            {
                Remedy = SafeText.Of($"Look for dropout that is still on (model.eval()), or for random numbers that are drawn while it runs"),
            });
        }

        if (options.Expected is not null)
        {
            var difference = answers[0].Difference;
            var measurement = Signals.Running.OutputDifference.Info.Of(model.Path, difference?.Maximum) with { Required = new(Relation.AtMost, options.Tolerance) };
            measurements.Add(measurement);
            if (difference?.Maximum is not { } maximum || maximum > options.Tolerance)
            {
                findings.Add(new Finding(difference?.Maximum is { } off
                    ? SafeText.Of($"the output differs from the recorded one by {NumberText.Of(off)} at {SafeText.From(difference.At)}; {NumberText.OfLimit(options.Tolerance)} is tolerated")
                    : SafeText.Of($"the output cannot be compared with the recorded one: {SafeText.From(difference?.At ?? "modelgate-torch gives no difference")}"))
                {
                    Evidence = [measurement],
                });
            }
        }

        var repeats = SafeText.From(options.Noise ? "" : ", with identical repeats");
        var first = answers[0].Outputs is [var output, ..] ? SafeText.Of($"{output.Name} [{string.Join(", ", output.Shape)}] from {NumberText.Of(output.Minimum ?? 0)} to {NumberText.Of(output.Maximum ?? 0)}") : SafeText.Of($"no output");
        return Judgement.Of(
            findings.Count > 0 ? SafeText.Of($"{model.Path} does not run as it should: {SafeText.Join("; ", findings.Select(f => f.Message))}")
            : options.Inputs is null ? SafeText.Of($"{model.Path} runs at two lengths and in a batch of two{repeats}: {first}")
            : SafeText.Of($"{model.Path} runs on {options.Inputs}{repeats}: {first}{(options.Expected is null ? SafeText.Empty : SafeText.Of($", at most {NumberText.Of(answers[0].Difference?.Maximum ?? 0)} from {options.Expected}"))}"),
            measurements,
            findings);
    }

    private static IEnumerable<Finding> Wrong(ModelRunAnswer answer, SafeText what)
    {
        var outputs = answer.Outputs ?? [];
        if (outputs.Count == 0)
        {
            yield return new Finding(SafeText.Of($"nothing came out of {what}"));
        }

        foreach (var output in outputs.Where(o => !o.Finite))
        {
            yield return new Finding(SafeText.Of($"{output.Name} of {what} holds NaN or infinity"))
            {
                Remedy = RunnableModel.NotFiniteRemedy,
            };
        }

        if (answer.ExpectedShape is { } expected && outputs is [var first, ..] && !first.Shape.SequenceEqual(expected))
        {
            yield return new Finding(SafeText.Of($"{first.Name} of {what} is [{string.Join(", ", first.Shape)}] and should be [{string.Join(", ", expected)}]"));
        }
    }

    private static SafeText What(ModelRunStep.Run run)
        => run.Generate is not { } made ? SafeText.Of($"the run")
            : made.Batch > 1 ? SafeText.Of($"a batch of {made.Batch} with {made.Frames} frames each") : SafeText.Of($"{made.Frames} frames");

    private static SafeText DifferentOf(ModelRunAnswer one, ModelRunAnswer other)
        => SafeText.Join(", ", one.Outputs!.Where(o => other.Outputs?.FirstOrDefault(x => x.Name == o.Name)?.Sha256 != o.Sha256).Select(o => SafeText.From(o.Name)).DefaultIfEmpty(SafeText.Of($"of other names")));
}
