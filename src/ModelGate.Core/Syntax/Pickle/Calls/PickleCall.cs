using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Globals;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>A call that a pickle asks for: the name, its arguments, and the machine that checks them.</summary>
/// <param name="Target">The name.</param>
/// <param name="Arguments">The arguments.</param>
/// <param name="Offset">Where in the file the call stands.</param>
/// <param name="Log">The names of the file.</param>
/// <param name="Budget">The budget.</param>
internal readonly record struct PickleCall(PickleGlobal Target, PickleValue[] Arguments, long Offset, GlobalLog Log, ReadBudget Budget)
{
    /// <summary>The error for arguments that do not fit the contract: types and places, never values.</summary>
    public ArtifactFault Bad(string expected)
        => new(FaultReason.BadArguments, SafeText.Of($"{Target.Name} wants {expected} and gets ({string.Join(", ", Arguments.Take(10).Select(a => a.Kind))})"), Offset);

    /// <summary>Requires a condition.</summary>
    public void Require(bool condition, string expected)
    {
        if (!condition)
        {
            throw Bad(expected);
        }
    }

    /// <summary>An argument of a kind.</summary>
    public T Argument<T>(int index, string expected)
        where T : PickleValue
        => index < Arguments.Length && Arguments[index] is T value ? value : throw Bad(expected);

    /// <summary>The items of a list or a tuple.</summary>
    /// <remarks>The caller looks at all of them, and pays for it.</remarks>
    public IReadOnlyList<PickleValue> Sequence(PickleValue value, string expected)
    {
        IReadOnlyList<PickleValue> items = value switch
        {
            PickleTuple tuple => tuple.Items,
            PickleList list => list.Items,
            _ => throw Bad(expected),
        };
        Budget.Step(items.Count);
        return items;
    }
}
