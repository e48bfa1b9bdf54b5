using ModelGate.Artifacts;

namespace ModelGate.Tests.Signals;

/// <summary>A tensor made in the test from its bytes.</summary>
internal sealed class MadeTensor(byte[] bytes, int itemSize) : ITensorData
{
    public static TensorEntry Of(string name, DType dtype, byte[] bytes)
    {
        var elements = bytes.Length / dtype.ItemSize();
        return new TensorEntry(name, dtype, [elements], elements, new MadeTensor(bytes, dtype.ItemSize()));
    }

    /// <summary>A checkpoint whose state_dict is its root.</summary>
    public static Checkpoint Checkpoint(params TensorEntry[] tensors) => new("made", tensors, "", [], []);

    public void CopyElements(long first, Span<byte> destination) => bytes.AsSpan((int)first * itemSize, destination.Length).CopyTo(destination);
}
