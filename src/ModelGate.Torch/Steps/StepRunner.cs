using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using ModelGate.Faults;
using ModelGate.ModelRuns;
using ModelGate.Torch.Models;
using static TorchSharp.torch;

namespace ModelGate.Torch.Steps;

/// <summary>Does the steps of a request, one after the other, with one model.</summary>
internal sealed class StepRunner : IDisposable
{
    private readonly ModelRunRequest request;
    private readonly TextWriter log;
    private readonly ArtifactFiles files = new();
    private readonly RunnableModel model;
    private bool isLoaded;

    // From the moment that the model itself is loaded: what fails before is a fault of this program or of the machine.
    private bool isReached;

    /// <summary>A request, and where people are told what a sentence leaves out.</summary>
    public StepRunner(ModelRunRequest request, TextWriter log)
    {
        (this.request, this.log) = (request, log);
        model = (request.Model.Format, request.Model.Architecture?.Assembly) switch
        {
            (ModelRunFormat.TorchScript, _) => new ScriptModel(request.Model),
            (ModelRunFormat.Onnx, _) => new OnnxModel(request.Model, files, request.Threads),
            (_, not null) => new ModuleModel(request.Model, files),
            _ => new NetworkModel(request.Model, files),
        };
    }

    /// <summary>Does a step.</summary>
    public ModelRunAnswer Do(int index)
    {
        var started = Stopwatch.GetTimestamp();
        ModelRunAnswer answer;
        try
        {
            answer = Do(request.Steps[index]);
        }
        catch (ModelException fault)
        {
            answer = Problem(fault.Sentence);
        }
        catch (Exception fault) when (fault is ExternalException or OnnxRuntimeException)
        {
            log.WriteLine(fault.Message);
            answer = Problem(Sentences.FirstLine(fault.Message)) with { IsOfProgram = isReached && model is (ScriptModel or OnnxModel) };
        }
        catch (Exception fault) when (ResourcesExhaustedException.Find(fault) is { } exhausted)
        {
            answer = Problem(SafeText.From(exhausted.Message)) with { IsOfProgram = isReached && model is (ScriptModel or OnnxModel) };
        }
        catch (Exception fault) when (model is ModuleModel && fault is FileNotFoundException or FileLoadException or TypeLoadException or MissingMemberException or BadImageFormatException)
        {
            log.WriteLine(fault);
            answer = Problem(SafeText.Of($"{Path.GetFileName(request.Model.Architecture!.Assembly!)} cannot be used as it is: {Sentences.FirstLine(fault.Message)}"));
        }
        catch (Exception fault)
        {
            log.WriteLine(fault);
            answer = Problem(SafeText.Of($"modelgate-torch is at fault: {fault.GetType().Name}: {Sentences.FirstLine(fault.Message)}"));
        }

        return answer with { Step = index, Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        model.Dispose();
        files.Dispose();
    }

    private ModelRunAnswer Do(ModelRunStep step)
    {
        // The names of a family's keys need no libtorch.
        if (step is ModelRunStep.Keys && model is NetworkModel)
        {
            return new ModelRunAnswer { Step = 0, Ok = true, Keys = model.Keys() };
        }

        NativeBackend.Initialize(request.Threads);
        if (step is ModelRunStep.Keys)
        {
            return new ModelRunAnswer { Step = 0, Ok = true, Keys = model.Keys() };
        }

        // What is loaded stays; what a run makes ends with its scope.
        if (step is ModelRunStep.Load || !isLoaded)
        {
            PrepareOneDnn();
            isReached = true;
            var answer = model.Load();
            isLoaded = true;
            if (step is ModelRunStep.Load)
            {
                return answer;
            }
        }

        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        return step switch
        {
            ModelRunStep.Run run => RunStep.Do(run, model, files),
            ModelRunStep.Synthesize synthesize => SynthesizeStep.Do(synthesize, model, files),
            ModelRunStep.Time time => TimeStep.Do(time, model, files, request.Threads),
            _ => throw new ModelException(SafeText.Of($"there is no such step")),
        };
    }

    private void PrepareOneDnn()
    {
        if (model is ScriptModel or ModuleModel)
        {
            OneDnn.Check(log);
        }
        else
        {
            OneDnn.TurnOn();
        }
    }

    private static ModelRunAnswer Problem(SafeText sentence) => new() { Step = 0, Ok = false, Problem = sentence.Value };
}
