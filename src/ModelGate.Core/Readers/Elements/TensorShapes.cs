using ModelGate.Faults;

namespace ModelGate.Readers.Elements;

/// <summary>Sizes from a file: nothing is computed with them before it is known to fit.</summary>
internal static class TensorShapes
{
    /// <summary>The product of sizes that are all from zero on.</summary>
    /// <exception cref="ArtifactFault">Reason <c>bad-size</c> for a negative size, <c>overflow</c> for a product beyond 64 bits.</exception>
    public static long Elements(IReadOnlyList<long> shape, string name, long? offset = null)
    {
        Int128 product = 1;
        var hasZero = false;
        foreach (var size in shape)
        {
            if (size < 0)
            {
                throw new ArtifactFault(FaultReason.BadSize, SafeText.Of($"the tensor {name} has a dimension of {size}"), offset);
            }

            hasZero |= size == 0;
        }

        if (hasZero)
        {
            return 0;
        }

        foreach (var size in shape)
        {
            product *= size;
            if (product > long.MaxValue)
            {
                throw new ArtifactFault(FaultReason.Overflow, SafeText.Of($"the sizes of the tensor {name} multiply to more than 64 bits hold"), offset);
            }
        }

        return (long)product;
    }
}
