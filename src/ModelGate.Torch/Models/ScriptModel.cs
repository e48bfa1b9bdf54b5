using System.Collections;
using System.Runtime.CompilerServices;
using ModelGate.ModelRuns;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGate.Torch.Models;

/// <summary>A TorchScript program. It is code, and does here whatever it was written to do: whoever starts this process decides that it may.</summary>
internal sealed class ScriptModel(RequestedModel model) : RunnableModel
{
    private jit.ScriptModule? program;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedShape> Keys() => throw new ModelException(SafeText.Of($"a TorchScript program has no architecture beside itself"));

    /// <inheritdoc/>
    public override ModelRunAnswer Load()
    {
        program?.Dispose();
        program = jit.load(model.Path, DeviceType.CPU);
        program.eval();
        var tensors = program.named_parameters().Select(p => (Tensor)p.parameter).Concat(program.named_buffers().Select(b => b.buffer)).ToList();
        return new ModelRunAnswer { Step = 0, Ok = true, Parameters = tensors.Sum(t => t.NumberOfElements), Tensors = tensors.Count, Missing = [], Unexpected = [], Shapes = [] };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Run(IReadOnlyDictionary<string, Tensor> inputs, bool noise)
    {
        var arguments = ScriptArguments.Order(ScriptArguments.Names(model.Path), inputs);
        try
        {
            return Named(Tensors(program!.forward([.. arguments])));
        }
        catch (ArgumentOutOfRangeException)
        {
            // What TorchSharp makes of a kind of value that it does not know, such as a dictionary.
            throw new ModelException(SafeText.Of($"the model returns a value that cannot be read, such as a dictionary; tensors, tuples and lists of tensors are read"));
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => program?.Dispose();

    /// <summary>The tensors of what a model returns: one, a tuple, a list.</summary>
    public static IReadOnlyList<Tensor> Tensors(object? output) => output switch
    {
        Tensor tensor => [tensor],
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).SelectMany(i => Tensors(tuple[i]))],
        IEnumerable items and not string => [.. items.Cast<object?>().SelectMany(Tensors)],
        _ => throw new ModelException(SafeText.Of($"the model returns {(output is null ? "nothing" : $"a value of type {output.GetType().Name}")}, and tensors, tuples and lists of tensors are read")),
    };
}
