using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>Finds the container that holds the weights.</summary>
internal static class StateDictPath
{
    private const int Deepest = 3;

    // In this order: a file that holds several is asked for what it would be used for.
    private static readonly string[] Names =
    [
        "model", "state_dict", "model_state_dict", "module", "generator", "net_g", "netG", "weight", "weights", "model_g", "G", "g",
        "generator_state_dict", "net", "network", "params_ema", "params", "ema", "ema_state_dict", "model_ema", "best_model",
    ];

    private static readonly string[] Others = ["optim", "sched", "scaler", "rng", "random", "loop", "callback", "hyper", "config", "loss", "disc", "net_d", "netd", "lr_"];

    /// <summary>The dotted path from the root; empty where the root itself holds the weights.</summary>
    public static string Find(PickleValue root, TensorPresence presence)
    {
        var path = "";
        var value = root;
        for (var depth = 0; depth < Deepest && Step(value, presence, depth) is { } step; depth++)
        {
            path = depth == 0 ? step.Key : $"{path}.{step.Key}";
            value = step.Value;
        }

        return path;
    }

    /// <summary>Containers beside the one that was found, at every level of its path, that go by a name under which loaders look for weights.</summary>
    /// <remarks>An average beside the weights is known as one by its name, and differs from them by intent.</remarks>
    public static IReadOnlyList<string> Beside(PickleValue root, string path, TensorPresence presence)
    {
        var found = new List<string>();
        var (value, prefix) = (root, "");
        foreach (var part in path.Length == 0 ? [] : path.Split('.'))
        {
            if (value is not PickleDict dict)
            {
                break;
            }

            found.AddRange(dict.Entries
                .Where(e => e.Key is PickleText { Value: var name } && name != part && Names.Contains(name, StringComparer.Ordinal) && IsAverage(name) == IsAverage(part)
                    && e.Value is PickleDict or PickleObject && presence.In(e.Value))
                .Select(e => prefix + ((PickleText)e.Key).Value));
            value = dict.Entries.FirstOrDefault(e => e.Key is PickleText { Value: var name } && name == part).Value;
            prefix += part + ".";
        }

        return found;
    }

    private static bool IsAverage(string name) => name.Contains("ema", StringComparison.Ordinal);

    private static KeyValuePair<string, PickleValue>? Step(PickleValue value, TensorPresence presence, int depth)
    {
        // An optimizer's own file has states and groups, and no weights.
        if (value is not PickleDict dict || dict.Find("param_groups") is not null)
        {
            return null;
        }

        // A flat state_dict has no containers; one with tensors at the top of a deeper level is what was looked for.
        var containers = dict.Entries.Where(e => e.Key is PickleText && !TensorPresence.IsTensor(e.Value) && presence.In(e.Value)).ToList();
        var holdsTensors = dict.Entries.Any(e => TensorPresence.IsTensor(e.Value));
        if (containers.Count == 0 || (depth > 0 && holdsTensors))
        {
            return null;
        }

        foreach (var name in Names)
        {
            if (containers.Find(e => ((PickleText)e.Key).Value == name) is { Key: not null } found && found.Value is PickleDict or PickleObject)
            {
                return new(name, found.Value);
            }
        }

        if (holdsTensors || depth > 0)
        {
            return null;
        }

        // One container under a name of its own holds the weights; several are the parts of a model that the root holds.
        var candidates = containers
            .Where(e => e.Value is PickleDict or PickleObject && !Others.Any(o => ((PickleText)e.Key).Value.StartsWith(o, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        return candidates is [var only] ? new(((PickleText)only.Key).Value, only.Value) : null;
    }
}
