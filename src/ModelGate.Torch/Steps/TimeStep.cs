using System.Diagnostics;
using ModelGate.ModelRuns;
using ModelGate.Torch.Models;
using static TorchSharp.torch;

namespace ModelGate.Torch.Steps;

/// <summary>Times the model, warm.</summary>
internal static class TimeStep
{
    private const int MostRuns = 1000;
    private const double LongestSeconds = 600;

    /// <summary>Does the step.</summary>
    public static ModelRunAnswer Do(ModelRunStep.Time step, RunnableModel model, ArtifactFiles files, int threads)
    {
        if (step.Runs is < 1 or > MostRuns || step.Warmups is < 0 or > MostRuns || !(step.Seconds > 0) || step.Seconds > LongestSeconds)
        {
            throw new ModelException(SafeText.Of($"{step.Warmups} warm-ups and {step.Runs} runs of {step.Seconds} seconds are not timed: at most {MostRuns} of {LongestSeconds} seconds"));
        }

        var (inputs, audioSeconds) = Inputs(step, model, files);
        var runs = new List<double>();
        for (var i = -step.Warmups; i < step.Runs; i++)
        {
            using var scope = NewDisposeScope();
            var started = Stopwatch.GetTimestamp();
            _ = model.Run(inputs, noise: true);
            if (i >= 0)
            {
                runs.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }

        return new ModelRunAnswer
        {
            Step = 0,
            Ok = true,
            AudioSeconds = audioSeconds,
            Runs = runs,
            Machine = SafeText.Of($"{Processor.Name}, {SafeText.Count(threads, "thread")}, {model.Engine}").Value,
        };
    }

    private static (IReadOnlyDictionary<string, Tensor> Inputs, double? AudioSeconds) Inputs(ModelRunStep.Time step, RunnableModel model, ArtifactFiles files)
    {
        if (model is not NetworkModel known)
        {
            return step.Inputs is null
                ? throw new ModelException(SafeText.Of($"what the model takes is not known, so its inputs have to be named"))
                : (TensorFiles.Read(step.Inputs, files), null);
        }

        var network = known.Loaded();
        var rate = network.SampleRate ?? throw new ModelException(SafeText.Of($"nothing states the sample rate of the network: it needs its config.json"));
        var inputs = step.Inputs is null ? network.Generate(Math.Max(1, (long)Math.Round(step.Seconds * rate / network.Hop)), 1, 0) : TensorFiles.Read(step.Inputs, files);
        return (inputs, (double)(network.FramesOf(inputs) * network.Hop) / rate);
    }
}
