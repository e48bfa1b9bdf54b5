using static TorchSharp.torch;

namespace ModelGate.Torch.Networks;

/// <summary>A network that makes audio: what it is made of, what it takes, and its computation.</summary>
internal abstract class Network
{
    /// <summary>The family's name, as in the configuration.</summary>
    public abstract string Family { get; }

    /// <summary>The well-known set of hyperparameters that it is, or null.</summary>
    public virtual string? Variant => null;

    /// <summary>Samples of a second; null where no configuration says it.</summary>
    public abstract int? SampleRate { get; }

    /// <summary>Samples that one frame of the input becomes.</summary>
    public abstract long Hop { get; }

    /// <summary>Its tensors.</summary>
    public Slots Slots { get; } = new();

    /// <summary>Inputs generated from a seed, in a range that trained networks know.</summary>
    public abstract IReadOnlyDictionary<string, Tensor> Generate(long frames, long batch, long seed);

    /// <summary>Computes audio of [batch, 1, samples].</summary>
    /// <param name="inputs">Tensors by name.</param>
    /// <param name="noise">Whether sources of noise are on; without them the same input gives the same output.</param>
    /// <exception cref="ModelException">An input is missing or has a shape that the network does not take.</exception>
    public abstract Tensor Run(IReadOnlyDictionary<string, Tensor> inputs, bool noise);

    /// <summary>The frames of an input.</summary>
    public abstract long FramesOf(IReadOnlyDictionary<string, Tensor> inputs);
}
