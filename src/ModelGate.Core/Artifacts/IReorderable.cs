namespace ModelGate.Artifacts;

/// <summary>Elements that cost less in another order than their own: whoever asks for sums only need not care about the order.</summary>
internal interface IReorderable
{
    /// <summary>The same elements, each once, in the order in which they lie in the file.</summary>
    Reordered InStorageOrder();
}

/// <summary>Elements in the order of the file.</summary>
/// <param name="Data">The elements.</param>
/// <param name="Elements">How many there are.</param>
/// <param name="Repeats">How often the tensor shows each of them (an expanded tensor shows one element many times).</param>
internal sealed record Reordered(ITensorData Data, long Elements, long Repeats);
