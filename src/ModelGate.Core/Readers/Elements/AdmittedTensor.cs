using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.Elements;

/// <summary>Lets a tensor into a checkpoint: what it takes is paid for, and what it shows is counted.</summary>
/// <remarks>
/// A few bytes can describe a tensor that shows one storage a million times over, or a sparse one that stands for as many zeros. Such a tensor is listed, and
/// its elements are refused to whoever asks for them.
/// </remarks>
internal static class AdmittedTensor
{
    // The entry, the window over its storage, and what a table, a statistic or a line of a report makes of it.
    private const int OwnBytes = 512;
    private const int BytesPerCharacter = 4;
    private const int BytesPerDimension = 32;

    /// <summary>The tensor, paid for.</summary>
    /// <exception cref="ArtifactFault">The budget is spent.</exception>
    public static TensorEntry Of(TensorEntry tensor, ReadBudget budget)
    {
        budget.Step(1 + (tensor.Name.Length / 64));
        budget.Keep(OwnBytes + ((long)BytesPerCharacter * tensor.Name.Length) + ((long)BytesPerDimension * tensor.Shape.Count));
        return tensor.Data is { } data && budget.Show(data is IReorderable window ? window.Distinct : tensor.Elements) is { } refusal
            ? tensor with { Data = new RefusedTensorData(refusal) }
            : tensor;
    }
}

/// <summary>Elements that nobody gets, and why.</summary>
/// <param name="reason">Why.</param>
internal sealed class RefusedTensorData(ArtifactFault reason) : ITensorData
{
    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination) => throw new ArtifactFault(reason.Reason, reason.Description);
}
