using static TorchSharp.torch;

namespace ModelGate.Torch.Networks;

/// <summary>A tensor that a network computes with, as the network declares it: it is empty until weights are loaded.</summary>
/// <param name="name">The key of the parameter or buffer, without weight norm's endings.</param>
/// <param name="shape">Its shape.</param>
/// <param name="isNormed">Whether weight norm keeps it as a magnitude for each first index and a direction.</param>
internal sealed class Slot(string name, long[] shape, bool isNormed)
{
    private Tensor? value;

    /// <summary>The key.</summary>
    public string Name { get; } = name;

    /// <summary>The shape; of a weight under weight norm that of its direction.</summary>
    public IReadOnlyList<long> Shape { get; } = shape;

    /// <summary>Whether weight norm keeps it as magnitude and direction.</summary>
    public bool IsNormed { get; } = isNormed;

    /// <summary>The shape of the magnitude.</summary>
    public IReadOnlyList<long> MagnitudeShape => [Shape[0], .. Shape.Skip(1).Select(_ => 1L)];

    /// <summary>Whether it was loaded.</summary>
    public bool IsSet => value is not null;

    /// <summary>The elements in binary32; weight norm is folded.</summary>
    /// <exception cref="InvalidOperationException">Nothing was loaded.</exception>
    public Tensor Value => value ?? throw new InvalidOperationException($"{Name} was not loaded");

    /// <summary>Takes the elements, and keeps them whatever scope they were made in.</summary>
    public void Set(Tensor loaded)
    {
        value?.Dispose();
        value = loaded.DetachFromDisposeScope();
    }
}
