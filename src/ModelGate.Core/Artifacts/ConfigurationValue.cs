namespace ModelGate.Artifacts;

/// <summary>A value of a JSON document that a trainer or a user wrote: a config.json, a list of hyperparameters.</summary>
internal abstract record ConfigurationValue
{
    private ConfigurationValue()
    {
    }

    /// <summary>JSON's null, Python's None.</summary>
    public sealed record Null : ConfigurationValue;

    /// <summary>True or false; 1 or 0 where a number is wanted, as in Python.</summary>
    public sealed record Truth(bool Value) : ConfigurationValue;

    /// <summary>An integer that fits 64 bits.</summary>
    public sealed record Integer(long Value) : ConfigurationValue;

    /// <summary>Any other number.</summary>
    public sealed record Real(double Value) : ConfigurationValue;

    /// <summary>Text from the file.</summary>
    public sealed record Text(string Value) : ConfigurationValue;

    /// <summary>A list.</summary>
    public sealed record List(IReadOnlyList<ConfigurationValue> Items) : ConfigurationValue;

    /// <summary>An object: of a name that occurs twice the later value, as in Python.</summary>
    public sealed record Map(IReadOnlyDictionary<string, ConfigurationValue> Members) : ConfigurationValue;

    /// <summary>The value as a sentence names it.</summary>
    public SafeText Description => this switch
    {
        Truth truth => SafeText.Of($"{(truth.Value ? "true" : "false")}"),
        Integer integer => SafeText.Of($"{integer.Value}"),
        Real real => SafeText.Of($"{real.Value}"),
        Text text => SafeText.Of($"the text \"{text.Value}\""),
        List list => SafeText.Of($"a list of {list.Items.Count}"),
        Map map => SafeText.Of($"an object of {map.Members.Count}"),
        _ => SafeText.Of($"null"),
    };

    /// <summary>What is true in Python: all but null, false, zero and what is empty.</summary>
    public bool IsTrue => this switch
    {
        Truth truth => truth.Value,
        Integer integer => integer.Value != 0,
        Real real => real.Value != 0,
        Text text => text.Value.Length > 0,
        List list => list.Items.Count > 0,
        Map map => map.Members.Count > 0,
        _ => false,
    };

    /// <summary>The whole number that this is, or null.</summary>
    public long? Whole => this switch
    {
        Integer integer => integer.Value,
        Truth truth => truth.Value ? 1 : 0,
        _ => null,
    };

    /// <summary>The value at a dotted path of names and indices (<c>model.upsample_rates.0</c>), or null where there is none or JSON's null.</summary>
    public ConfigurationValue? Find(string path)
    {
        ConfigurationValue? at = this;
        foreach (var step in path.Split('.'))
        {
            at = at switch
            {
                Map map => map.Members.GetValueOrDefault(step),
                List list when int.TryParse(step, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index)
                    => index < list.Items.Count ? list.Items[index] : null,
                _ => null,
            };
        }

        return at is Null ? null : at;
    }
}
