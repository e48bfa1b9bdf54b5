using ModelGate.ModelRuns;
using ModelGate.Torch.Networks;
using static TorchSharp.torch;

namespace ModelGate.Torch.Models;

/// <summary>Something that is loaded and run: a network with weights, a module of an assembly, a TorchScript program, an ONNX graph.</summary>
internal abstract class RunnableModel : IDisposable
{
    /// <summary>The network that is known here, for what only such a one can do; null of all else.</summary>
    public virtual Network? Network => null;

    /// <summary>What computes, for the line about the machine.</summary>
    public virtual string Engine => $"libtorch {__version__}{(OneDnn.IsOff ? " without oneDNN" : "")}";

    /// <summary>Names and shapes of the architecture alone.</summary>
    /// <exception cref="ModelException">It has none beside itself.</exception>
    public abstract IReadOnlyList<NamedShape> Keys();

    /// <summary>Loads, strictly.</summary>
    public abstract ModelRunAnswer Load();

    /// <summary>Computes outputs by name, in their order. The model was loaded before.</summary>
    public abstract IReadOnlyList<(string Name, Tensor Value)> Run(IReadOnlyDictionary<string, Tensor> inputs, bool noise);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Names outputs that have none: <c>output</c>, or <c>output_0</c> and so on.</summary>
    protected static IReadOnlyList<(string Name, Tensor Value)> Named(IReadOnlyList<Tensor> outputs)
        => outputs is [var only] ? [("output", only)] : [.. outputs.Select((o, i) => ($"output_{i}", o))];
}
