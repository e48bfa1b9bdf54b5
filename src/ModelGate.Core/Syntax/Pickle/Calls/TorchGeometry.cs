using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>Sizes, strides and offsets from a file: nothing is computed with them before it is known to fit.</summary>
internal static class TorchGeometry
{
    /// <summary>Sizes or strides: integers from zero on, and not too many.</summary>
    public static long[] Numbers(PickleCall call, PickleValue value, string expected)
    {
        var items = call.Sequence(value, expected);
        ReadBudget.Require(items.Count, call.Budget.Limits.Rank, nameof(ReadLimits.Rank), "the number of dimensions", call.Offset);
        var numbers = new long[items.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = items[i] is PickleInt number && number.Value >= 0
                ? number.Value
                : throw new ArtifactFault(FaultReason.BadSize, SafeText.Of($"{call.Target.Name} gets a size or stride that is not a non-negative integer ({items[i].Kind})"), call.Offset);
        }

        return numbers;
    }

    /// <summary>An integer from zero on.</summary>
    public static long Number(PickleCall call, int index, string expected)
        => call.Argument<PickleInt>(index, expected).Value is >= 0 and var value
            ? value
            : throw new ArtifactFault(FaultReason.OutOfRange, SafeText.Of($"{call.Target.Name} gets a negative offset"), call.Offset);

    /// <summary>The product of the sizes.</summary>
    public static long Elements(PickleCall call, long[] shape)
    {
        // One after another, as PyTorch does: a zero at the end comes too late for sizes that are too large.
        Int128 product = 1;
        foreach (var size in shape)
        {
            product *= size;
            if (product > long.MaxValue)
            {
                throw new ArtifactFault(FaultReason.Overflow, SafeText.Of($"the sizes of a tensor multiply to more than 64 bits hold"), call.Offset);
            }
        }

        return (long)product;
    }

    /// <summary>Requires that every element lies inside the storage.</summary>
    public static void RequireInside(PickleCall call, PickleStorage storage, long offset, long[] shape, long[] strides, int itemSize)
    {
        if (shape.Length != strides.Length)
        {
            throw call.Bad("as many strides as sizes");
        }

        if (Array.IndexOf(shape, 0) >= 0)
        {
            return;
        }

        // Each product is below 2^126, and the sum stops at the storage's end, so that Int128 holds it.
        Int128 last = offset;
        for (var i = 0; i < shape.Length; i++)
        {
            last += (Int128)(shape[i] - 1) * strides[i];
            if (last >= storage.Bytes)
            {
                break;
            }
        }

        if (last >= storage.Bytes || (last + 1) * itemSize > storage.Bytes)
        {
            throw new ArtifactFault(
                FaultReason.OutOfRange, SafeText.Of($"a tensor reaches to element {last}, and its storage holds {storage.Bytes / itemSize}"), call.Offset);
        }
    }
}
