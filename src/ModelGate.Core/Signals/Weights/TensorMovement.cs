using System.Buffers;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Readers.Elements;

namespace ModelGate.Signals.Weights;

/// <summary>How far a tensor is from the one that training started from.</summary>
/// <param name="Name">The model's name of it. Text from the file.</param>
/// <param name="Elements">The number of elements.</param>
/// <param name="Different">How many differ as numbers; a NaN equals a NaN.</param>
/// <param name="SquaredDistance">The sum of the squared differences, over the elements that are finite in both.</param>
/// <param name="SquaredStart">The sum of the start's squares, over the same elements.</param>
/// <param name="NotFinite">The number of elements that are NaN or infinite in one of the two.</param>
/// <param name="IsTelling">Whether equality proves something: the model's tensor holds two different numbers at least.</param>
internal sealed record TensorMovement(string Name, long Elements, long Different, double SquaredDistance, double SquaredStart, long NotFinite, bool IsTelling)
{
    private const int BlockElements = 16 << 10;

    /// <summary>Whether it is still the start's.</summary>
    public bool IsUnmoved => Different == 0;

    /// <summary>The norm of the difference over that of the start; infinite where the start was all zeros and the model is not.</summary>
    public double Change => RatioOf(SquaredDistance, SquaredStart);

    /// <summary>The norm of a difference over that of a start.</summary>
    public static double RatioOf(double squaredDistance, double squaredStart) => squaredDistance == 0 ? 0 : Math.Sqrt(squaredDistance / squaredStart);

    /// <summary>Compares two tensors, reading each once and in blocks; the start's elements are rounded to the model's type where that is narrower.</summary>
    /// <returns>Null where they cannot be compared: other shapes, no elements in the file, types that are not those of weights.</returns>
    /// <exception cref="ArtifactFault">The file does not hold what its description promised.</exception>
    public static TensorMovement? Measure(string name, TensorEntry model, TensorEntry start, CancellationToken cancellation = default)
    {
        if (!IsWeight(model) || !IsWeight(start) || model.Elements == 0 || !model.Shape.SequenceEqual(start.Shape))
        {
            return null;
        }

        var isRounded = start.DType.ItemSize() > model.DType.ItemSize() && ElementRounding.CanRound(start.DType, model.DType);
        var a = ArrayPool<double>.Shared.Rent(BlockElements);
        var b = ArrayPool<double>.Shared.Rent(BlockElements);
        var bytes = ArrayPool<byte>.Shared.Rent(BlockElements * Math.Max(model.DType.ItemSize(), start.DType.ItemSize()));
        var rounded = ArrayPool<byte>.Shared.Rent(BlockElements * model.DType.ItemSize());
        var (different, distance, size, notFinite, isTelling) = (0L, 0.0, 0.0, 0L, false);
        try
        {
            var pair = TensorPair.Of(model, start);
            double? first = null;
            for (var at = 0L; at < pair.Elements; at += BlockElements)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(BlockElements, pair.Elements - at);
                var block = bytes.AsSpan(0, count * model.DType.ItemSize());
                pair.Left.CopyElements(at, block);
                TensorNumbers.Decode(model.DType, block, a.AsSpan(0, count));
                block = bytes.AsSpan(0, count * start.DType.ItemSize());
                pair.Right.CopyElements(at, block);
                if (isRounded)
                {
                    var narrow = rounded.AsSpan(0, count * model.DType.ItemSize());
                    ElementRounding.Round(block, start.DType, narrow, model.DType);
                    TensorNumbers.Decode(model.DType, narrow, b.AsSpan(0, count));
                }
                else
                {
                    TensorNumbers.Decode(start.DType, block, b.AsSpan(0, count));
                }

                first ??= a[0];
                for (var i = 0; i < count; i++)
                {
                    isTelling |= a[i] != first;
                    var difference = a[i] - b[i];
                    if (double.IsFinite(difference))
                    {
                        different += difference != 0 ? 1 : 0;
                        distance += difference * difference;
                        size += b[i] * b[i];
                    }
                    else
                    {
                        notFinite++;
                        different += a[i].Equals(b[i]) ? 0 : 1;
                    }
                }
            }

            return new TensorMovement(name, model.Elements, different * pair.Repeats, distance * pair.Repeats, size * pair.Repeats, notFinite * pair.Repeats, isTelling);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(a);
            ArrayPool<double>.Shared.Return(b);
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<byte>.Shared.Return(rounded);
        }
    }

    private static bool IsWeight(TensorEntry tensor)
        => tensor.Data is not (null or RefusedTensorData or IQuantizedData) && tensor.DType is DType.Float64 or DType.Float32 or DType.Float16 or DType.BFloat16;
}
