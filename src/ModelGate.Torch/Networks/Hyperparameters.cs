using ModelGate.Artifacts;

namespace ModelGate.Torch.Networks;

/// <summary>Reads hyperparameters from a configuration by their paths, and says what is missing or of the wrong kind.</summary>
/// <param name="root">The configuration.</param>
internal sealed class Hyperparameters(ConfigurationValue root)
{
    /// <summary>A whole number.</summary>
    public long Whole(params ReadOnlySpan<string> paths) => TryWhole(paths) ?? throw Missing(paths);

    /// <summary>A whole number, or null where there is none.</summary>
    public long? TryWhole(params ReadOnlySpan<string> paths) => Find(paths) switch
    {
        null => null,
        ConfigurationValue.Integer whole => whole.Value,
        ConfigurationValue.Real { Value: var real } when real == Math.Truncate(real) && Math.Abs(real) < 1e15 => (long)real,
        var other => throw Wrong(paths, "a whole number", other),
    };

    /// <summary>A number, or null where there is none.</summary>
    public double? TryNumber(params ReadOnlySpan<string> paths) => Find(paths) switch
    {
        null => null,
        ConfigurationValue.Integer whole => whole.Value,
        ConfigurationValue.Real real => real.Value,
        var other => throw Wrong(paths, "a number", other),
    };

    /// <summary>A text, or null where there is none.</summary>
    public string? TryText(params ReadOnlySpan<string> paths) => Find(paths) switch
    {
        null => null,
        ConfigurationValue.Text text => text.Value,
        var other => throw Wrong(paths, "a text", other),
    };

    /// <summary>A truth value, or null where there is none.</summary>
    public bool? TryTruth(params ReadOnlySpan<string> paths) => Find(paths) switch
    {
        null => null,
        ConfigurationValue.Truth truth => truth.Value,
        ConfigurationValue.Integer { Value: 0 or 1 } whole => whole.Value == 1,
        var other => throw Wrong(paths, "true or false", other),
    };

    /// <summary>Whole numbers.</summary>
    public IReadOnlyList<long> Wholes(params ReadOnlySpan<string> paths) => TryWholes(paths) ?? throw Missing(paths);

    /// <summary>Whole numbers, or null where there are none.</summary>
    public IReadOnlyList<long>? TryWholes(params ReadOnlySpan<string> paths)
    {
        if (Find(paths) is not { } value)
        {
            return null;
        }

        return value is ConfigurationValue.List list && list.Items.All(i => i is ConfigurationValue.Integer)
            ? [.. list.Items.Select(i => ((ConfigurationValue.Integer)i).Value)]
            : throw Wrong(paths, "a list of whole numbers", value);
    }

    /// <summary>Lists of whole numbers, or null where there are none.</summary>
    public IReadOnlyList<IReadOnlyList<long>>? TryLists(params ReadOnlySpan<string> paths)
    {
        if (Find(paths) is not { } value)
        {
            return null;
        }

        return value is ConfigurationValue.List list && list.Items.All(i => i is ConfigurationValue.List inner && inner.Items.All(v => v is ConfigurationValue.Integer))
            ? [.. list.Items.Select(i => (IReadOnlyList<long>)[.. ((ConfigurationValue.List)i).Items.Select(v => ((ConfigurationValue.Integer)v).Value)])]
            : throw Wrong(paths, "a list of lists of whole numbers", value);
    }

    /// <summary>The type of the residual blocks: "1" is one, and everything else is the other, as the original code compares.</summary>
    public ResidualBlockType Block(params ReadOnlySpan<string> paths)
        => Find(paths) is null or ConfigurationValue.Text { Value: "1" } ? ResidualBlockType.Pairs : ResidualBlockType.Single;

    /// <summary>The first value that is there.</summary>
    public ConfigurationValue? Find(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (root.Find(path) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    private static ModelException Missing(ReadOnlySpan<string> paths) => new(SafeText.Of($"the configuration has no {string.Join(" and no ", paths.ToArray())}"));

    private static ModelException Wrong(ReadOnlySpan<string> paths, string kind, ConfigurationValue found)
        => new(SafeText.Of($"{paths[0]} has to be {SafeText.From(kind)}, and the configuration has {found.Description}"));
}
