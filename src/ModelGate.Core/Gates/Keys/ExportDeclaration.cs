using System.Globalization;
using ModelGate.Architecture;
using ModelGate.Artifacts;

namespace ModelGate.Gates.Keys;

/// <summary>What an RVC export declares beside its weights: the list of eighteen, the sample rate, the version, and whether it takes f0.</summary>
internal sealed class ExportDeclaration
{
    private readonly Checkpoint checkpoint;

    private ExportDeclaration(Checkpoint checkpoint, ConfigurationValue.List list) => (this.checkpoint, List) = (checkpoint, list);

    /// <summary>The list as the file holds it.</summary>
    public ConfigurationValue.List List { get; }

    /// <summary>The hyperparameters that the list states.</summary>
    public IReadOnlyList<Hyperparameter> Hyperparameters => [.. DeclaredHyperparameters.Of(List).Select(h => h with { Place = $"config[{h.Place}]" })];

    /// <summary>The declaration, or null where the file carries none.</summary>
    public static ExportDeclaration? Of(Checkpoint checkpoint)
        => checkpoint.Find("config") is MetadataValue.List list ? new ExportDeclaration(checkpoint, (ConfigurationValue.List)Convert(list)) : null;

    /// <summary>What the export's own statements contradict in each other and in its weights.</summary>
    public IEnumerable<SafeText> Contradictions()
    {
        if (List.Items.Count != DeclaredHyperparameters.RvcLength)
        {
            yield return SafeText.Of($"config has {List.Items.Count} elements, and RVC's has {DeclaredHyperparameters.RvcLength}");
        }

        if (List.Find("17")?.Whole is { } hertz)
        {
            if (Rate(checkpoint.Find("sr")) is { } label && label != hertz)
            {
                yield return SafeText.Of($"sr says {label} Hz, and config[17] says {hertz}");
            }

            if (Product() is { } product && product * 100 != hertz)
            {
                yield return SafeText.Of($"the product of upsample_rates, config[12], is {product:0}, and a hundredth of the sample rate of {hertz} is {hertz / 100.0:0.##}");
            }
        }
        else
        {
            yield return SafeText.Of($"config[17] has to be the sample rate, and is {List.Find("17")?.Description ?? SafeText.Of($"not there")}");
        }

        if (List.Find("12") is ConfigurationValue.List up && List.Find("14") is ConfigurationValue.List kernels && up.Items.Count != kernels.Items.Count)
        {
            yield return SafeText.Of($"upsample_rates, config[12], has {up.Items.Count} items, and upsample_kernel_sizes, config[14], has {kernels.Items.Count}");
        }

        foreach (var contradiction in Flags())
        {
            yield return contradiction;
        }
    }

    private double? Product()
        => List.Find("12") is ConfigurationValue.List { Items: { Count: > 0 and <= 64 } rates } && rates.All(r => r.Whole is not null)
            ? rates.Aggregate(1.0, (product, rate) => product * rate.Whole!.Value)
            : null;

    private IEnumerable<SafeText> Flags()
    {
        // Files of RVC 1.x state no version, and are v1.
        var version = (checkpoint.Find("version") as MetadataValue.Text)?.Value ?? "v1";
        var features = checkpoint.Weights.TryGetValue("enc_p.emb_phone.weight", out var phone) && phone.Shape is [_, var width] ? width : (long?)null;
        if ((version switch { "v1" => 256, "v2" => 768, _ => (long?)null }) is { } wanted && features is { } found && found != wanted)
        {
            yield return SafeText.Of($"version is {version}, which takes features of {wanted} numbers, and enc_p.emb_phone takes {found}");
        }

        var flag = checkpoint.Find("f0") switch
        {
            MetadataValue.Bool truth => truth.Value,
            MetadataValue.Integer number => number.Value != 0,
            _ => (bool?)null,
        };
        var has = checkpoint.Weights.ContainsKey("enc_p.emb_pitch.weight");
        if (flag is { } declared && features is not null && declared != has)
        {
            yield return SafeText.Of($"f0 is {(declared ? "1" : "0")}, and the weights {(has ? "hold" : "lack")} enc_p.emb_pitch");
        }
    }

    private static long? Rate(MetadataValue? value) => value switch
    {
        MetadataValue.Integer number => number.Value,
        MetadataValue.Text { Value: [.. var digits, 'k'] } when long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var thousands) && thousands < 1_000_000
            => thousands * 1000,
        MetadataValue.Text text when long.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var hertz) => hertz,
        _ => null,
    };

    // Bounded by the reader's own limit on nested lists.
    private static ConfigurationValue Convert(MetadataValue value) => value switch
    {
        MetadataValue.Bool truth => new ConfigurationValue.Truth(truth.Value),
        MetadataValue.Integer number => new ConfigurationValue.Integer(number.Value),
        MetadataValue.Real number => new ConfigurationValue.Real(number.Value),
        MetadataValue.Text text => new ConfigurationValue.Text(text.Value),
        MetadataValue.List list => new ConfigurationValue.List([.. list.Items.Select(Convert)]),
        _ => new ConfigurationValue.Null(),
    };
}
