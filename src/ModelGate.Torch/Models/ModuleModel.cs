using System.Reflection;
using ModelGate.ModelRuns;
using ModelGate.Torch.Networks;
using ModelGate.Torch.Weights;
using static TorchSharp.torch;

namespace ModelGate.Torch.Models;

/// <summary>A TorchSharp module of an assembly of the user, and the file with its weights. It is code of the user, and runs as such.</summary>
internal sealed class ModuleModel(RequestedModel model, ArtifactFiles files) : RunnableModel
{
    private nn.Module? module;
    private LoadReport? report;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedShape> Keys() => [.. StateDict().Select(t => new NamedShape(t.Key, t.Value.shape))];

    /// <inheritdoc/>
    public override ModelRunAnswer Load()
    {
        var weights = StateDicts.Of(files.Tensors(model.Path), model.StateDict);
        var expected = StateDict();
        var missing = new List<string>();
        var shapes = new List<UnequalShape>();
        var loaded = new List<Tensor>();
        using var frozen = no_grad();
        foreach (var (name, tensor) in expected)
        {
            if (weights.GetValueOrDefault(name) is not { } entry)
            {
                missing.Add(name);
            }
            else if (!entry.Shape.SequenceEqual(tensor.shape))
            {
                shapes.Add(new UnequalShape(name, tensor.shape, entry.Shape));
            }
            else
            {
                using var value = TensorElements.Of(entry);
                tensor.copy_(value);
                loaded.Add(tensor);
            }
        }

        var unexpected = weights.Keys.Where(k => !expected.ContainsKey(k)).Order(StringComparer.Ordinal).ToList();
        report = new LoadReport(loaded.Sum(t => t.NumberOfElements), loaded.Count, missing, unexpected, shapes, null);
        return new ModelRunAnswer { Step = 0, Ok = true, Parameters = report.Parameters, Tensors = report.Tensors, Missing = missing, Unexpected = unexpected, Shapes = shapes };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Run(IReadOnlyDictionary<string, Tensor> inputs, bool noise)
    {
        report!.RequireWhole();

        var module = Module();
        module.eval();
        var forward = Forward(module.GetType());
        var parameters = forward.GetParameters();
        var arguments = parameters is [_] && inputs.Count == 1
            ? [inputs.Values.Single()]
            : parameters.Select(p => p.HasDefaultValue && !inputs.ContainsKey(p.Name!) ? p.DefaultValue : ModelInputs.Find(inputs, p.Name!, "which forward takes")).ToArray();
        try
        {
            return Named(ScriptModel.Tensors(forward.Invoke(module, arguments)));
        }
        catch (TargetInvocationException fault)
        {
            var inner = fault.InnerException!;
            throw inner is OutOfMemoryException or ModelException ? inner : new ModelException(SafeText.Of($"forward fails with {inner.GetType().Name}: {Sentences.FirstLine(inner.Message)}"));
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => module?.Dispose();

    private static MethodInfo Forward(Type type)
        => type.GetMethods().Where(m => m.Name == "forward" && m.GetParameters().All(p => p.ParameterType == typeof(Tensor))).MaxBy(m => Depth(m.DeclaringType!))
            ?? throw new ModelException(SafeText.Of($"{type.FullName} has no method forward that takes tensors alone"));

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;

    private nn.Module Module()
    {
        var architecture = model.Architecture!;
        return module ??= (nn.Module)ConstructorArguments.Make(
            ModuleAssembly.FindModule(architecture.Assembly!, architecture.Type ?? throw new ModelException(SafeText.Of($"the architecture names an assembly and no type"))), architecture.Arguments);
    }

    private Dictionary<string, Tensor> StateDict()
    {
        var state = Module().state_dict();
        return state.Count > 0
            ? state
            : throw new ModelException(SafeText.Of($"{model.Architecture!.Type} has no parameters: its constructor has to call RegisterComponents()"));
    }
}
