using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Signals.Mathematics;
using ModelGate.Signals.Running;

namespace ModelGate.Gates.Running;

/// <summary>The model computes fast enough: warm, on one thread, the median of several runs over the audio that they make.</summary>
[GateId("MG8004")]
internal sealed class ModelMustBeFastEnough : ModelRunGate<ModelMustBeFastEnough.Options>
{
    private const int FewestRuns = 3;
    private const int Warmups = 1;
    private const double DefaultSeconds = 2;

    /// <summary>How fast it has to be, what is timed, and what that may cost.</summary>
    public sealed record Options : IModelRunOptions
    {
        /// <summary>Highest number of seconds that a second of audio may take on one thread; 1 by default.</summary>
        [Range(0.0001, 10_000)]
        public double RealTimeFactor { get; init; } = 1;

        /// <summary>How much audio a run makes, in seconds; 2 by default. For TorchScript, ONNX and a module of an assembly: how much audio results from the inputs, which has to be stated there.</summary>
        [Range(0.01, 600)]
        public double? Seconds { get; init; }

        /// <summary>How many runs are counted, after one that is not; 5 by default.</summary>
        [Range(FewestRuns, 1000)]
        public int Runs { get; init; } = 5;

        /// <summary>A safetensors file of the inputs, relative to the configuration: needed for TorchScript, ONNX and a module of an assembly.</summary>
        public string? Inputs { get; init; }

        /// <summary>How long each step may take, in seconds; all runs together are one step. 120 by default.</summary>
        [Range(1, 3600)]
        public int TimeLimit { get; init; } = 120;

        /// <summary>How much memory the process may use, in MiB; 4096 by default.</summary>
        [Range(64, 1_048_576)]
        public int MemoryLimit { get; init; } = 4096;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> FilesOf(object options) => new[] { ((Options)options).Inputs }.OfType<string>();

    /// <inheritdoc/>
    protected override Judgement Judge(RunnableModel model, Options options, IMeasured measured)
    {
        if (model.IsProgram && (options.Inputs is null || options.Seconds is null))
        {
            return Judgement.Inconclusive(SafeText.Of($"ModelGate cannot know what inputs {model.Path} expects and how much audio it produces: name a safetensors file in inputs, and in seconds how much audio results"));
        }

        var report = model.Run(measured, options, new ModelRunStep.Load(), new ModelRunStep.Time { Seconds = options.Seconds ?? DefaultSeconds, Warmups = Warmups, Runs = options.Runs, Inputs = options.Inputs });
        if (TooSlow(model, options, report) is { } slow)
        {
            return slow;
        }

        if (model.ProblemAfterLoading(report) is { } problem)
        {
            return problem;
        }

        var answer = report.Answers[1];
        var seconds = (model.IsProgram ? null : answer.AudioSeconds) ?? options.Seconds;
        double[] times = [.. (answer.Runs ?? []).Where(t => t >= 0 && double.IsFinite(t)).Order()];
        if (seconds is not > 0 || times.Length < FewestRuns)
        {
            return Judgement.Inconclusive(SafeText.Of($"{model.Path} was not timed: modelgate-torch gives {SafeText.Count(times.Length, "time")} for {seconds ?? 0:0.##} s of audio"));
        }

        var median = OrderStatistics.QuantileOfSorted(times, 0.5);
        var factor = median / seconds.Value;
        var machine = SafeText.From(answer.Machine ?? "an unnamed machine");
        var measurement = RealTimeFactor.Info.Of(model.Path, factor) with { Required = new(Relation.AtMost, options.RealTimeFactor), Text = machine };
        var said = SafeText.Of($"real-time factor {NumberText.Of(factor)} ({NumberText.Of(median)} s for {seconds.Value:0.##} s of audio, the median of {times.Length} runs from {NumberText.Of(times[0])} to {NumberText.Of(times[^1])} s; {machine})");
        return factor <= options.RealTimeFactor
            ? Judgement.Of(said, [measurement], [])
            : Judgement.Of(said, [measurement], [new Finding(SafeText.Of($"{said}; at most {NumberText.OfLimit(options.RealTimeFactor)} is fast enough"))
            {
                Remedy = Remedy,
                Evidence = [measurement],
            }]);
    }

    private static SafeText Remedy => SafeText.Of($"Run it on the machine that it is meant for; if that is this one, take a smaller variant, or raise the limit");

    // A model that is stopped while it is timed has taken all of that time for at most the runs that were asked for: where even that is too slow, it fails.
    private static Judgement? TooSlow(RunnableModel model, Options options, ModelRunReport report)
    {
        if (report is not { Answers: [{ Ok: true, IsStrict: true } load], End: { Kind: ModelRunEndKind.TookTooLong } end }
            || (options.Seconds ?? (options.Inputs is null ? DefaultSeconds : null)) is not { } seconds
            || (load.Family is not null && options.Inputs is not null))
        {
            return null;
        }

        var factor = options.TimeLimit / ((options.Runs + Warmups) * seconds);
        if (factor <= options.RealTimeFactor)
        {
            return null;
        }

        var measurement = RealTimeFactor.Info.Of(model.Path, factor) with { Required = new(Relation.AtMost, options.RealTimeFactor), Text = SafeText.Of($"at least {NumberText.Of(factor)}") };
        var said = SafeText.Of($"real-time factor of at least {NumberText.Of(factor)} on average: {options.Runs + Warmups} runs of {seconds:0.##} s of audio each were not finished within {options.TimeLimit} s ({end.Sentence})");
        return Judgement.Of(said, [measurement], [new Finding(SafeText.Of($"{said}; at most {NumberText.OfLimit(options.RealTimeFactor)} is fast enough")) { Remedy = Remedy, Evidence = [measurement] }]);
    }
}
