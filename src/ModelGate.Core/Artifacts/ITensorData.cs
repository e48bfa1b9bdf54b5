using ModelGate.Faults;

namespace ModelGate.Artifacts;

/// <summary>The elements of a tensor, read on demand.</summary>
internal interface ITensorData
{
    /// <summary>
    /// Copies elements in row-major order of the tensor's shape, little-endian, <see cref="DTypes.ItemSize"/> bytes each.
    /// </summary>
    /// <param name="first">Index of the first element, in row-major order.</param>
    /// <param name="destination">Receives whole elements; its length is a multiple of the element's size.</param>
    /// <exception cref="ArtifactFault">The file does not hold what its description promised.</exception>
    void CopyElements(long first, Span<byte> destination);

    /// <summary>
    /// Where in its file the first element lies, in bytes, so that tensors can be read in the order of the file; elements that are computed
    /// or lie elsewhere come last.
    /// </summary>
    long Position => long.MaxValue;
}
