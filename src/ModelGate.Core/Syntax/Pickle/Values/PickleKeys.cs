using System.Numerics;
using ModelGate.Faults;

namespace ModelGate.Syntax.Pickle.Values;

/// <summary>Which values can be keys, and when two keys are one: Python's rules, without recursion.</summary>
internal sealed class PickleKeys : IEqualityComparer<PickleValue>
{
    // Two equal towers of shared tuples would be compared once for every path through them.
    private const int MostComparisons = 100_000;

    /// <summary>The comparer.</summary>
    public static readonly PickleKeys Comparer = new();

    /// <summary>Whether a value can be a key.</summary>
    public static bool IsHashable(PickleValue value) => value switch
    {
        PickleTuple tuple => tuple.IsHashable,
        PickleSet set => set.Kind == "frozenset",
        PickleList or PickleDict => false,
        _ => true,
    };

    /// <summary>The hash of a hashable value.</summary>
    public static int Hash(PickleValue value) => value switch
    {
        PickleText text => text.Value.GetHashCode(StringComparison.Ordinal),
        PickleInt number => number.Value.GetHashCode(),
        PickleBool truth => (truth.Value ? 1L : 0L).GetHashCode(),
        PickleFloat real when IsInteger(real.Value) => ((long)real.Value).GetHashCode(),
        PickleFloat real => real.Value.GetHashCode(),
        PickleBigInt big => big.Value.GetHashCode(),
        PickleTuple tuple => tuple.Hash,
        PickleBytes bytes => HashBytes(bytes.Value),
        PickleGlobal global => global.Name.GetHashCode(StringComparison.Ordinal),
        PickleNone => 0,
        _ => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value),
    };

    /// <inheritdoc/>
    public int GetHashCode(PickleValue obj) => Hash(obj);

    /// <inheritdoc/>
    public bool Equals(PickleValue? x, PickleValue? y)
    {
        if (ReferenceEquals(x, y))
        {
            return true;
        }

        return x is not null && y is not null && (x is PickleTuple a && y is PickleTuple b ? SameTuples(a, b) : SameScalars(x, y));
    }

    private static bool SameTuples(PickleTuple first, PickleTuple second)
    {
        var pending = new Stack<(PickleTuple A, PickleTuple B)>();
        pending.Push((first, second));
        var steps = 0;
        while (pending.TryPop(out var pair))
        {
            if (pair.A.Hash != pair.B.Hash || pair.A.Items.Length != pair.B.Items.Length)
            {
                return false;
            }

            for (var i = 0; i < pair.A.Items.Length; i++)
            {
                if (++steps > MostComparisons)
                {
                    throw new ArtifactFault(FaultReason.Limit, SafeText.Of($"two keys of the pickle take more than {MostComparisons} comparisons"));
                }

                var (a, b) = (pair.A.Items[i], pair.B.Items[i]);
                if (ReferenceEquals(a, b))
                {
                    continue;
                }

                if (a is PickleTuple left && b is PickleTuple right)
                {
                    pending.Push((left, right));
                }
                else if (!SameScalars(a, b))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool SameScalars(PickleValue x, PickleValue y) => (x, y) switch
    {
        (PickleText a, PickleText b) => string.Equals(a.Value, b.Value, StringComparison.Ordinal),
        (PickleBytes a, PickleBytes b) => a.Value.AsSpan().SequenceEqual(b.Value),
        (PickleGlobal a, PickleGlobal b) => string.Equals(a.Name, b.Name, StringComparison.Ordinal),
        (PickleBigInt a, PickleBigInt b) => a.Value == b.Value,
        (PickleFloat a, PickleFloat b) => a.Value == b.Value,
        _ => Integer(x) is { } left && Integer(y) is { } right && left == right,
    };

    private static BigInteger? Integer(PickleValue value) => value switch
    {
        PickleInt number => number.Value,
        PickleBool truth => truth.Value ? 1 : 0,
        PickleFloat real when IsInteger(real.Value) => (long)real.Value,
        _ => null,
    };

    private static bool IsInteger(double value) => Math.Abs(value) < 9e15 && value == Math.Truncate(value);

    private static int HashBytes(byte[] bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
