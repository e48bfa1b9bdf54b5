using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Signals.Running;

namespace ModelGate.Gates.Running;

/// <summary>The model computes fast enough: warm, on one thread, the median of several runs over the audio that they make.</summary>
[GateId("MG8004")]
internal sealed class ModelMustBeFastEnough : ModelRunGate<ModelMustBeFastEnough.Options>
{
    private const int FewestRuns = 3;

    /// <summary>How fast it has to be, what is timed, and what that may cost.</summary>
    public sealed record Options : IModelRunOptions
    {
        /// <summary>Highest number of seconds that a second of audio may take on one thread; 1 by default.</summary>
        [Range(0.0001, 10_000)]
        public double RealTimeFactor { get; init; } = 1;

        /// <summary>How much audio a run makes, in seconds; 2 by default. For TorchScript and ONNX: how much audio the inputs come to, which has to be said there.</summary>
        [Range(0.01, 600)]
        public double? Seconds { get; init; }

        /// <summary>How many runs are counted, after one that is not; 5 by default.</summary>
        [Range(FewestRuns, 1000)]
        public int Runs { get; init; } = 5;

        /// <summary>A safetensors file of the inputs, relative to the configuration: needed for TorchScript and ONNX.</summary>
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
            return Judgement.Inconclusive(SafeText.Of($"nobody knows what {model.Path} takes and makes: name a safetensors file in inputs, and in seconds how much audio comes of it"));
        }

        var report = model.Run(measured, options, new ModelRunStep.Load(), new ModelRunStep.Time { Seconds = options.Seconds ?? 2, Warmups = 1, Runs = options.Runs, Inputs = options.Inputs });
        if (model.Problem(report) is { } problem)
        {
            return problem;
        }

        var answer = report.Answers[1];
        var seconds = (model.IsProgram ? null : answer.AudioSeconds) ?? options.Seconds;
        var times = (answer.Runs ?? []).Where(t => t >= 0 && double.IsFinite(t)).Order().ToArray();
        if (seconds is not > 0 || times.Length < FewestRuns)
        {
            return Judgement.Inconclusive(SafeText.Of($"{model.Path} was not timed: modelgate-torch gives {SafeText.Count(times.Length, "time")} for {seconds ?? 0:0.##} s of audio"));
        }

        var median = times.Length % 2 == 1 ? times[times.Length / 2] : (times[(times.Length / 2) - 1] + times[times.Length / 2]) / 2;
        var factor = median / seconds.Value;
        var machine = SafeText.From(answer.Machine ?? "an unnamed machine");
        var measurement = RealTimeFactor.Info.Of(model.Path, factor) with { Required = new(Relation.AtMost, options.RealTimeFactor), Text = machine };
        var said = SafeText.Of($"real-time factor {NumberText.Of(factor)} ({NumberText.Of(median)} s for {seconds.Value:0.##} s of audio, the median of {times.Length} runs from {NumberText.Of(times[0])} to {NumberText.Of(times[^1])} s; {machine})");
        return factor <= options.RealTimeFactor
            ? Judgement.Of(said, [measurement], [])
            : Judgement.Of(said, [measurement], [new Finding(SafeText.Of($"{said}; at most {NumberText.OfLimit(options.RealTimeFactor)} is fast enough"))
            {
                Remedy = SafeText.Of($"Run it on the machine that it is meant for; if that is this one, take a smaller variant, or raise the limit"),
                Evidence = [measurement],
            }]);
    }
}
