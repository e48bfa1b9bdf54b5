using System.Globalization;
using System.Text;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>What lies in a value, and under which name.</summary>
internal static class PickleChildren
{
    private const int MostKeyItems = 16;

    /// <summary>The values in a container, or in a pickled module; nothing for all else.</summary>
    public static IEnumerable<PickleValue> Values(PickleValue value) => value switch
    {
        PickleDict dict => dict.Entries.Select(e => e.Value),
        PickleList list => list.Items,
        PickleTuple tuple => tuple.Items,
        PickleObject instance when IsModule(instance) => Module(instance).Select(e => e.Value),
        _ => [],
    };

    /// <summary>The same with names: keys, indices, and for a module those of its state_dict.</summary>
    public static IEnumerable<KeyValuePair<string, PickleValue>> Named(PickleValue value) => value switch
    {
        PickleDict dict => dict.Entries.Select(e => new KeyValuePair<string, PickleValue>(Key(e.Key), e.Value)),
        PickleList list => Indexed(list.Items),
        PickleTuple tuple => Indexed(tuple.Items),
        PickleObject instance when IsModule(instance) => Module(instance),
        _ => [],
    };

    /// <summary>Whether an object is a torch.nn.Module: its state says so, whatever its class.</summary>
    public static bool IsModule(PickleObject instance)
        => instance.Attribute("_modules") is PickleDict && instance.Attribute("_parameters") is PickleDict && instance.Attribute("_buffers") is PickleDict;

    /// <summary>A key as a part of a dotted name.</summary>
    public static string Key(PickleValue key)
    {
        if (key is PickleText name)
        {
            return name.Value;
        }

        var text = new StringBuilder();
        Append(text, key, nested: false);
        return text.ToString();
    }

    private static IEnumerable<KeyValuePair<string, PickleValue>> Module(PickleObject module)
    {
        var transient = module.Attribute("_non_persistent_buffers_set") as PickleSet;
        foreach (var (key, value) in ((PickleDict)module.Attribute("_parameters")!).Entries)
        {
            yield return new(Key(key), value);
        }

        foreach (var (key, value) in ((PickleDict)module.Attribute("_buffers")!).Entries)
        {
            if (transient is null || !transient.Contains(key))
            {
                yield return new(Key(key), value);
            }
        }

        foreach (var (key, value) in ((PickleDict)module.Attribute("_modules")!).Entries)
        {
            yield return new(Key(key), value);
        }
    }

    private static IEnumerable<KeyValuePair<string, PickleValue>> Indexed(IReadOnlyList<PickleValue> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            yield return new(i.ToString(CultureInfo.InvariantCulture), items[i]);
        }
    }

    // Tuples as keys are written as Python does, one level deep: nothing here follows the file's nesting.
    private static void Append(StringBuilder text, PickleValue key, bool nested)
    {
        switch (key)
        {
            case PickleText value:
                text.Append(nested ? $"'{value.Value}'" : value.Value);
                break;
            case PickleInt value:
                text.Append(value.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case PickleBigInt value:
                text.Append(value.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case PickleFloat value:
                text.Append(value.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case PickleBool value:
                text.Append(value.Value ? "True" : "False");
                break;
            case PickleNone:
                text.Append("None");
                break;
            case PickleGlobal value:
                text.Append(value.Name);
                break;
            case PickleTuple tuple when !nested:
                text.Append('(');
                foreach (var (i, item) in tuple.Items.Take(MostKeyItems).Index())
                {
                    text.Append(i > 0 ? ", " : "");
                    Append(text, item, nested: true);
                }

                text.Append(tuple.Items.Length > MostKeyItems ? ", …)" : ")");
                break;
            default:
                text.Append('<').Append(key.Kind).Append('>');
                break;
        }
    }
}
