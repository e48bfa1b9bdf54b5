using System.Numerics;
using System.Security.Cryptography;
using ModelGate.Bytes;

namespace ModelGate.Syntax.Pickle.Values;

/// <summary>Which values can be keys, and when two keys are one: Python's rules, without recursion.</summary>
/// <remarks>
/// Python's own hash of numbers and tuples is known to everybody, and so is .NET's: here every hash depends on a secret of the process, so that no file can be
/// made of keys that collide. What is compared and hashed is paid for.
/// </remarks>
/// <param name="budget">Pays.</param>
internal sealed class PickleKeys(ReadBudget budget) : IEqualityComparer<PickleValue>
{
    private const int BytesPerStep = 64;

    private static readonly ulong Secret = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private static readonly ulong Multiplier = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

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
        PickleInt number => Mixed(number.Value),
        PickleBool truth => Mixed(truth.Value ? 1 : 0),
        PickleFloat real when IsInteger(real.Value) => Mixed((long)real.Value),
        PickleFloat real when !double.IsNaN(real.Value) => Mixed(BitConverter.DoubleToInt64Bits(real.Value)),
        PickleBigInt big => HashBytes(big.Value.ToByteArray()),
        PickleTuple tuple => tuple.Hash,
        PickleBytes bytes => HashBytes(bytes.Value),
        PickleGlobal global => global.Name.GetHashCode(StringComparison.Ordinal),
        PickleNone => 0,
        _ => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value),
    };

    /// <summary>What working out a hash costs, in steps.</summary>
    public static int StepsToHash(PickleValue value) => value switch
    {
        PickleText text => text.Value.Length / BytesPerStep,
        PickleBytes bytes => bytes.Value.Length / BytesPerStep,
        _ => 0,
    };

    /// <inheritdoc/>
    public int GetHashCode(PickleValue obj)
    {
        budget.Step(1 + StepsToHash(obj));
        return Hash(obj);
    }

    /// <inheritdoc/>
    public bool Equals(PickleValue? x, PickleValue? y)
    {
        budget.Step();
        if (ReferenceEquals(x, y))
        {
            return true;
        }

        return x is not null && y is not null && (x is PickleTuple a && y is PickleTuple b ? SameTuples(a, b) : SameScalars(x, y));
    }

    // Two equal towers of shared tuples are compared once for every path through them: the budget ends that.
    private bool SameTuples(PickleTuple first, PickleTuple second)
    {
        var pending = new Stack<(PickleTuple A, PickleTuple B)>();
        pending.Push((first, second));
        while (pending.TryPop(out var pair))
        {
            if (pair.A.Hash != pair.B.Hash || pair.A.Items.Length != pair.B.Items.Length)
            {
                return false;
            }

            for (var i = 0; i < pair.A.Items.Length; i++)
            {
                budget.Step();
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

    private bool SameScalars(PickleValue x, PickleValue y)
    {
        budget.Step(StepsToHash(x));
        return (x, y) switch
        {
            (PickleText a, PickleText b) => string.Equals(a.Value, b.Value, StringComparison.Ordinal),
            (PickleBytes a, PickleBytes b) => a.Value.AsSpan().SequenceEqual(b.Value),
            (PickleGlobal a, PickleGlobal b) => string.Equals(a.Name, b.Name, StringComparison.Ordinal),
            (PickleInt a, PickleInt b) => a.Value == b.Value,
            (PickleBigInt a, PickleBigInt b) => a.Value == b.Value,
            (PickleFloat a, PickleFloat b) => a.Value == b.Value,
            _ => Integer(x) is { } left && Integer(y) is { } right && left == right,
        };
    }

    private static BigInteger? Integer(PickleValue value) => value switch
    {
        PickleInt number => number.Value,
        PickleBool truth => truth.Value ? 1 : 0,
        PickleFloat real when IsInteger(real.Value) => (long)real.Value,
        _ => null,
    };

    private static bool IsInteger(double value) => Math.Abs(value) < 9e15 && value == Math.Truncate(value);

    // The halves of a product depend on all bits of both factors, and nobody knows the second.
    private static int Mixed(long value)
    {
        var high = Math.BigMul((ulong)value ^ Secret, Multiplier, out var low);
        return (high ^ low).GetHashCode();
    }

    private static int HashBytes(byte[] bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
