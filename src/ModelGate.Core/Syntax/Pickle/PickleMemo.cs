using ModelGate.Bytes;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle;

/// <summary>What a pickle has put aside under a number.</summary>
/// <remarks>Numbers come from the file: those that follow one another stand in an array, any others cost a dictionary entry each.</remarks>
/// <param name="most">The most entries.</param>
internal sealed class PickleMemo(int most)
{
    private PickleValue?[] dense = [];
    private Dictionary<long, PickleValue>? sparse;

    /// <summary>How many entries there are: the next number of MEMOIZE.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a value aside.</summary>
    public void Put(long index, PickleValue value)
    {
        if (index >= dense.Length && index <= (2L * Count) + 64)
        {
            Array.Resize(ref dense, (int)Math.Max(index + 1, Math.Min(Math.Max(16, 2L * dense.Length), most + 64L)));
        }

        if (index < dense.Length)
        {
            Count += dense[index] is null && !(sparse?.ContainsKey(index) ?? false) ? 1 : 0;
            dense[index] = value;
        }
        else
        {
            sparse ??= [];
            Count += sparse.ContainsKey(index) ? 0 : 1;
            sparse[index] = value;
        }

        ReadBudget.Require(Count, most, nameof(ReadLimits.PickleMemo), "the number of memo entries");
    }

    /// <summary>The value under a number, or null.</summary>
    public PickleValue? Get(long index)
        => index >= 0 && index < dense.Length && dense[index] is { } value ? value : sparse?.GetValueOrDefault(index);
}
