using ModelGate.Bytes;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle;

/// <summary>What a pickle has put aside under a number.</summary>
/// <remarks>Numbers come from the file: those that follow one another stand in an array, any others cost a dictionary entry each.</remarks>
/// <param name="budget">Pays for the entries, and says how many there may be.</param>
internal sealed class PickleMemo(ReadBudget budget)
{
    private const int SparseEntryBytes = 64;

    private readonly int most = budget.Limits.PickleMemo;
    private PickleValue?[] dense = [];
    private Dictionary<long, PickleValue>? sparse;

    /// <summary>How many entries there are: the next number of MEMOIZE.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a value aside.</summary>
    public void Put(long index, PickleValue value)
    {
        if (index >= dense.Length && index <= (2L * Count) + 64)
        {
            var wider = (int)Math.Max(index + 1, Math.Min(Math.Max(16, 2L * dense.Length), most + 64L));
            budget.Keep(sizeof(long) * (long)(wider - dense.Length));
            Array.Resize(ref dense, wider);
        }

        if (index < dense.Length)
        {
            Count += dense[index] is null && !(sparse?.ContainsKey(index) ?? false) ? 1 : 0;
            dense[index] = value;
        }
        else
        {
            sparse ??= [];
            if (sparse.TryAdd(index, value))
            {
                budget.Keep(SparseEntryBytes);
                Count++;
            }
            else
            {
                sparse[index] = value;
            }
        }

        budget.Step();
        ReadBudget.Require(Count, most, nameof(ReadLimits.PickleMemo), "the number of memo entries");
    }

    /// <summary>The value under a number, or null.</summary>
    public PickleValue? Get(long index)
        => index >= 0 && index < dense.Length && dense[index] is { } value ? value : sparse?.GetValueOrDefault(index);
}
