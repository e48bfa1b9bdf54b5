using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle;

internal sealed partial class PickleMachine
{
    private void PushTuple(int length)
    {
        RequireValues(length);
        count -= length;
        Push(Bounded(new PickleTuple(stack.AsSpan(count, length).ToArray(), budget)));
    }

    private void Append(params PickleValue[] items) => Append(Peek(), items);

    // An allowed class that is not a list would have a method called that an earlier BUILD can have planted.
    private void Append(PickleValue target, PickleValue[] items)
    {
        var list = target switch
        {
            PickleList found => found,
            PickleObject { Type.Verdict: not GlobalVerdict.Allowed } instance => instance.Items ??= new PickleList(budget),
            _ => null,
        };
        if (list is null)
        {
            Fault(FaultReason.AppendTarget, SafeText.Of($"items are appended to {target.Kind}"));
            return;
        }

        foreach (var item in items)
        {
            list.Add(item);
        }

        Bounded(list);
    }

    private void SetItems(PickleValue key, PickleValue value) => SetItems(Peek(), [key, value]);

    private void SetItems(PickleValue target, PickleValue[] pairs)
    {
        if (pairs.Length % 2 != 0)
        {
            throw Malformed(FaultReason.OddItems, SafeText.Of($"{SafeText.Count(pairs.Length, "value is", "values are")} not key-value pairs"));
        }

        var dict = target switch
        {
            PickleDict found => found,
            PickleObject { Type.Verdict: not GlobalVerdict.Allowed } instance => instance.Entries ??= new PickleDict(budget),
            _ => null,
        };
        if (dict is null)
        {
            Fault(FaultReason.SetitemTarget, SafeText.Of($"items are set on {target.Kind}"));
            return;
        }

        for (var i = 0; i < pairs.Length; i += 2)
        {
            dict.Set(RequireHashable(pairs[i]), pairs[i + 1]);
        }

        Bounded(dict);
    }

    private void Add(PickleSet? set, PickleValue[] members)
    {
        if (set is null || (set.Kind == "frozenset" && count > 0 && ReferenceEquals(set, stack[count - 1])))
        {
            Fault(FaultReason.AdditemsTarget, SafeText.Of($"members are added to a value that is not a set"));
            return;
        }

        foreach (var member in members)
        {
            set.Add(RequireHashable(member));
        }

        Bounded(set);
    }

    private PickleValue RequireHashable(PickleValue key)
        => PickleKeys.IsHashable(key) ? key : throw Malformed(FaultReason.UnhashableKey, SafeText.Of($"{key.Kind} cannot be a key"));
}
