using ModelGate.Syntax.Pickle.Calls;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>Which containers hold a tensor somewhere inside: each is looked at once, however often it is referred to.</summary>
internal sealed class TensorPresence
{
    private readonly Dictionary<PickleValue, bool> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a value is a tensor or holds one.</summary>
    public bool In(PickleValue value)
    {
        if (IsLeaf(value))
        {
            return IsTensor(value);
        }

        if (known.TryGetValue(value, out var found))
        {
            return found;
        }

        Explore(value);
        return known[value];
    }

    /// <summary>Whether a value is a tensor.</summary>
    public static bool IsTensor(PickleValue value) => value is PickleTensor or PickleNestedTensor or PickleUnbuiltTensor { Tensor: not null };

    private static bool IsLeaf(PickleValue value)
        => value is not (PickleDict or PickleList or PickleTuple) && !(value is PickleObject instance && PickleChildren.IsModule(instance));

    private void Explore(PickleValue root)
    {
        var open = new Stack<(PickleValue Value, IEnumerator<PickleValue> Children)>();
        Open(root);
        while (open.TryPeek(out var top))
        {
            if (!top.Children.MoveNext())
            {
                open.Pop();
                if (known[top.Value] && open.TryPeek(out var parent))
                {
                    known[parent.Value] = true;
                }

                continue;
            }

            var child = top.Children.Current;
            if (IsLeaf(child))
            {
                known[top.Value] |= IsTensor(child);
            }
            else if (known.TryGetValue(child, out var found))
            {
                known[top.Value] |= found;
            }
            else
            {
                Open(child);
            }
        }

        void Open(PickleValue value)
        {
            known[value] = false;
            open.Push((value, PickleChildren.Values(value).GetEnumerator()));
        }
    }
}
