using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families.Hyperparameters;

/// <summary>A scalar or list beside a checkpoint's weights as the value of a configuration that it is.</summary>
internal static class MetadataConversion
{
    // Bounded by the reader's own limit on nested lists.
    public static ConfigurationValue ToConfiguration(MetadataValue value) => value switch
    {
        MetadataValue.Bool truth => new ConfigurationValue.Truth(truth.Value),
        MetadataValue.Integer number => new ConfigurationValue.Integer(number.Value),
        MetadataValue.Real number => new ConfigurationValue.Real(number.Value),
        MetadataValue.Text text => new ConfigurationValue.Text(text.Value),
        MetadataValue.List list => new ConfigurationValue.List([.. list.Items.Select(ToConfiguration)]),
        _ => new ConfigurationValue.Null(),
    };
}
