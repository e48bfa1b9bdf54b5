using ModelGate.ModelRuns;
using ModelGate.Runs;

namespace ModelGate.Gates.Running;

/// <summary>A model that can be run.</summary>
/// <param name="File">The file.</param>
/// <param name="Format">How it is run.</param>
/// <param name="Config">The trainer's configuration; null where none is known.</param>
internal sealed record RunnableModel(RoleFile File, ModelRunFormat Format, RoleFile? Config)
{
    /// <summary>Its path.</summary>
    public string Path => File.Path;

    /// <summary>Whether it is a program by itself, and not weights for a network that is known.</summary>
    public bool IsProgram => Format != ModelRunFormat.Weights;

    /// <summary>What to do about NaN or infinity in an output.</summary>
    public static SafeText NotFiniteRemedy => SafeText.Of($"Look at the weights first (weights-must-be-finite); if they are finite, at the half precision that they were rounded to");

    /// <summary>Runs it.</summary>
    public ModelRunReport Run(IMeasured measured, IModelRunOptions options, params IReadOnlyList<ModelRunStep> steps)
        => measured.Run(new AskedModelRun(File, Format, steps, new ModelRunLimits(TimeSpan.FromSeconds(options.TimeLimit), (long)options.MemoryLimit << 20)) { Config = Config });

    /// <summary>Why a run that loads first does not say what was asked; null where every step was done with weights that load strictly.</summary>
    /// <param name="report">The run.</param>
    /// <param name="ofProgram">Whether the gate is about that the model can be run: what a program does wrong is held against it then.</param>
    public Judgement? ProblemAfterLoading(ModelRunReport report, bool ofProgram = false)
        => report.Answers is [{ Ok: true, IsStrict: false }, ..]
            ? Judgement.Inconclusive(SafeText.Of($"{Path} does not load strictly, so it was not run: model-must-load says which keys differ"))
            : Problem(report, ofProgram);

    /// <summary>Why a run does not say what was asked; null where every step was done.</summary>
    /// <param name="report">The run.</param>
    /// <param name="ofProgram">Whether the gate is about that the model can be run: what a program does wrong is held against it then.</param>
    public Judgement? Problem(ModelRunReport report, bool ofProgram = false)
    {
        if (!report.Unavailable.IsEmpty)
        {
            return Judgement.Inconclusive(report.Unavailable);
        }

        if (report.End is { } end)
        {
            var sentence = SafeText.Of($"{Path} did not run to the end: {end.Sentence}");

            // Weights run in a network of ours: where that crashes, nobody knows that the weights are to blame.
            return ofProgram && (IsProgram ? end.Kind != ModelRunEndKind.Unintelligible : end.Kind is ModelRunEndKind.TookTooLong or ModelRunEndKind.UsedTooMuchMemory)
                ? Failed(sentence, SafeText.Of($"Run it once outside of ModelGate, and raise timeLimit or memoryLimit only if the model legitimately needs that much"))
                : Judgement.Inconclusive(sentence);
        }

        if (report.Answers.FirstOrDefault(a => !a.Ok) is not { } wrong)
        {
            return null;
        }

        var problem = SafeText.Of($"{Path}: {SafeText.From((wrong.Problem ?? "modelgate-torch gives no reason").TrimEnd('.'))}");
        return ofProgram && wrong.IsOfProgram == true ? Failed(problem, default) : Judgement.Inconclusive(problem);
    }

    private static Judgement Failed(SafeText sentence, SafeText remedy) => Judgement.Of(sentence, [], [new Finding(sentence) { Remedy = remedy }]);
}
