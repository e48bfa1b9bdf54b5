using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.TorchScript;

/// <summary>Turns the objects of a TorchScript pickle into dicts of their attributes, so that tensors are named as in the module.</summary>
internal sealed class TorchScriptObjects(ReadBudget budget)
{
    private const string Pickle = "torch.jit._pickle.";

    private readonly Dictionary<PickleValue, PickleValue> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>A value in which every object is the dict of its attributes.</summary>
    /// <exception cref="ArtifactFault">Objects are nested too deep.</exception>
    public PickleValue Plain(PickleValue value) => Plain(value, 0);

    private PickleValue Plain(PickleValue value, int depth)
    {
        if (depth > budget.Limits.Nesting)
        {
            throw ReadBudget.Exceeded(nameof(ReadLimits.Nesting), SafeText.Of($"objects of the pickle are nested {depth} deep"));
        }

        budget.Step();
        if (known.TryGetValue(value, out var made))
        {
            return made;
        }

        switch (value)
        {
            // Helpers that turn a list or a dict into a typed one.
            case PickleObject { Arguments: PickleTuple { Items: [var inner, ..] } } call when call.Type.Name.StartsWith(Pickle, StringComparison.Ordinal):
                return Plain(inner, depth + 1);
            case PickleObject { State: PickleDict state }:
                return Dict(value, state, depth);
            case PickleObject { State: { } state }:
                return Plain(state, depth + 1);
            case PickleDict dict:
                return Dict(value, dict, depth);
            case PickleList list:
                var items = new PickleList(budget);
                known[value] = items;
                foreach (var item in list.Items)
                {
                    items.Add(Plain(item, depth + 1));
                }

                return items;
            case PickleTuple tuple:
                return known[value] = new PickleTuple([.. tuple.Items.Select(i => Plain(i, depth + 1))], budget);
            default:
                return value;
        }
    }

    private PickleDict Dict(PickleValue of, PickleDict attributes, int depth)
    {
        var dict = new PickleDict(budget);
        known[of] = dict;
        foreach (var (key, value) in attributes.Entries)
        {
            dict.Set(key, Plain(value, depth + 1));
        }

        return dict;
    }
}
