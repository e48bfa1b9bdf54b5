using ModelGate.Architecture.Families.Hyperparameters;
using ModelGate.Artifacts;
using ModelGate.Torch.Weights;

namespace ModelGate.Torch.Networks.Rvc;

/// <summary>Where RVC's hyperparameters come from: the list of eighteen that an export carries, as RVC itself takes them from there; else a config.json, or one of RVC's own variants with the widths of the tensors.</summary>
internal static class RvcSettingsSource
{
    private const string ExportList = "config";
    private const int ExportItems = 18;

    private static readonly IReadOnlyList<IReadOnlyList<long>> Dilations = [[1, 3, 5], [1, 3, 5], [1, 3, 5]];

    /// <summary>The settings.</summary>
    /// <param name="variant">The name of a variant, or null.</param>
    /// <param name="configuration">The trainer's configuration, or null.</param>
    /// <param name="checkpoint">The file, or null.</param>
    /// <param name="shapes">The shapes of its weights, or null.</param>
    public static RvcSettings Of(string? variant, ConfigurationValue? configuration, Checkpoint? checkpoint, WeightShapes? shapes)
    {
        if (checkpoint?.Find("vocoder") is MetadataValue.Text vocoder && vocoder.Value is not ("HiFi-GAN" or "Default"))
        {
            throw new ModelException(SafeText.Of($"the export says that its decoder is {vocoder.Value}, which cannot be run; HiFi-GAN can"));
        }

        (RvcVariant Variant, bool? HasPitch)? named = variant is null ? null : RvcVariant.Find(variant)
            ?? throw new ModelException(SafeText.Of($"rvc has no variant \"{variant}\"; there are: {string.Join(", ", RvcVariant.All.Select(v => v.NameOf(true)))}, and each with nof0"));
        var list = checkpoint?.Find(ExportList) is MetadataValue.List { Items.Count: ExportItems } found ? MetadataConversion.ToConfiguration(found) : null;
        var (features, hasPitch) = InputsOf(named, list is null ? null : checkpoint, shapes);
        var values = (list ?? configuration) is { } stated ? new Hyperparameters(stated) : null;
        var settings = values is not null
            ? OfValues(values, features, hasPitch, shapes)
            : OfVariant(named?.Variant ?? VariantOf(checkpoint, shapes, features), features, hasPitch, shapes);

        // RVC takes the number of speakers of an export from the table itself.
        settings = list is not null && shapes?.Tensor("emb_g.weight") is [var rows, _] ? settings with { Speakers = rows } : settings;
        return settings.Checked() with { Variant = NameOf(settings) };
    }

    // An export states its version (1.x did not, and was v1) and whether it takes pitch; of anything else the tensors show it.
    private static (long Features, bool HasPitch) InputsOf((RvcVariant Variant, bool? HasPitch)? named, Checkpoint? export, WeightShapes? shapes)
    {
        var version = named?.Variant.Version ?? (export is null ? null : export.Find("version") is MetadataValue.Text text ? text.Value : "v1");
        long? stated = version switch { null => null, "v1" => 256, _ => 768 };
        var features = stated ?? (shapes?.Weight("enc_p.emb_phone") is [_, var width] ? width : 768);
        var hasPitch = named?.HasPitch ?? export?.Find("f0") switch
        {
            MetadataValue.Integer flag => flag.Value != 0,
            MetadataValue.Bool flag => flag.Value,
            _ => shapes is null || shapes.Has("enc_p.emb_pitch.weight"),
        };
        return (features, hasPitch);
    }

    private static RvcSettings OfValues(Hyperparameters values, long features, bool hasPitch, WeightShapes? shapes)
    {
        var bins = values.TryWhole("model.spec_channels", "0") ?? (values.TryWhole("data.filter_length") is { } length ? (length / 2) + 1 : null);
        var upsampling = new UpsamplingSettings(
            values.Block("model.resblock", "9"),
            values.Wholes("model.upsample_rates", "12"),
            values.Wholes("model.upsample_kernel_sizes", "14"),
            values.Whole("model.upsample_initial_channel", "13"),
            values.Wholes("model.resblock_kernel_sizes", "10"),
            values.TryLists("model.resblock_dilation_sizes", "11") ?? Dilations);
        return new RvcSettings(
            features, hasPitch, RateOf(values.Find("data.sampling_rate", "data.sample_rate", "17")), HasPosterior(shapes) ? bins ?? BinsOf(shapes) : null,
            values.Whole("model.inter_channels", "2"), values.Whole("model.hidden_channels", "3"), values.Whole("model.filter_channels", "4"),
            values.Whole("model.n_heads", "5"), values.Whole("model.n_layers", "6"), values.Whole("model.kernel_size", "7"), upsampling,
            values.TryWhole("model.spk_embed_dim", "15") ?? 109, values.Whole("model.gin_channels", "16"));
    }

    private static RvcSettings OfVariant(RvcVariant variant, long features, bool hasPitch, WeightShapes? shapes)
    {
        var stages = variant.Rates.Count;
        var kernels = Enumerable.Range(0, 3).Select(i => shapes?.Weight($"dec.resblocks.{i}.convs1.0") is [_, _, var k] ? k : (long)(3 + (4 * i))).ToArray();
        var hidden = SizeOf(shapes, "enc_p.emb_phone", 0) ?? 192;
        var width = shapes?.Tensor("enc_p.encoder.attn_layers.0.emb_rel_k") is [_, _, var w and > 0] ? w : hidden / 2;
        return new RvcSettings(
            features, hasPitch, variant.SampleRate, HasPosterior(shapes) ? variant.SpectrumBins : null,
            (SizeOf(shapes, "enc_p.proj", 0) ?? 384) / 2, hidden, SizeOf(shapes, "enc_p.encoder.ffn_layers.0.conv_1", 0) ?? 768, Math.Max(1, hidden / width),
            shapes is null ? 6 : shapes.Count(i => $"enc_p.encoder.attn_layers.{i}.conv_q"), SizeOf(shapes, "enc_p.encoder.ffn_layers.0.conv_1", 2) ?? 3,
            new UpsamplingSettings(ResidualBlockType.Pairs, variant.Rates, variant.Kernels, SizeOf(shapes, "dec.conv_pre", 0) ?? 512, kernels, Dilations),
            SizeOf(shapes, "emb_g", 0) ?? 109, SizeOf(shapes, "emb_g", 1) ?? 256);
    }

    // Kernels tell most of RVC's variants apart; the strides of the excitation, the spectrogram and what an export says of its rate do the rest.
    private static RvcVariant VariantOf(Checkpoint? checkpoint, WeightShapes? shapes, long features)
    {
        if (shapes is null)
        {
            throw new ModelException(SafeText.Of($"rvc needs its config.json or the name of a variant, such as v2_48k_f0"));
        }

        var kernels = shapes.Counted(i => $"dec.ups.{i}").Select(s => s[2]).ToArray();
        var rate = checkpoint?.Find("sr") is { } stated ? RateOf(MetadataConversion.ToConfiguration(stated)) : (int?)null;
        var excitation = shapes.Weight("dec.noise_convs.0") is [_, _, var e] ? e : (long?)null;
        var bins = HasPosterior(shapes) ? BinsOf(shapes) : null;
        var fitting = RvcVariant.All.Where(v => v.Version == (features == 256 ? "v1" : "v2") && v.Kernels.SequenceEqual(kernels)
            && (rate is null || v.SampleRate == rate) && (bins is null || v.SpectrumBins == bins)
            && (excitation is null || 2 * v.Rates.Skip(1).Aggregate(1L, (p, r) => p * r) == excitation)).ToArray();
        return fitting switch
        {
            [var only] => only,
            [] => throw new ModelException(SafeText.Of($"no variant of RVC has upsampling kernels of [{SafeText.From(string.Join(", ", kernels))}] with these tensors: the network needs its config.json")),
            _ => throw new ModelException(SafeText.Of($"the tensors fit {string.Join(" and ", fitting.Select(v => v.NameOf(excitation is not null)))}: the network needs its config.json or the name of a variant")),
        };
    }

    private static bool HasPosterior(WeightShapes? shapes) => shapes?.Weight("enc_q.pre") is not null;

    private static long? BinsOf(WeightShapes? shapes) => SizeOf(shapes, "enc_q.pre", 1);

    private static long? SizeOf(WeightShapes? shapes, string module, int dimension) => shapes?.Weight(module) is { } shape && shape.Count > dimension ? shape[dimension] : null;

    private static int RateOf(ConfigurationValue? value) => value switch
    {
        ConfigurationValue.Integer { Value: > 0 and < 1_000_000 } whole => (int)whole.Value,
        ConfigurationValue.Text { Value: "32k" } => 32000,
        ConfigurationValue.Text { Value: "40k" } => 40000,
        ConfigurationValue.Text { Value: "48k" } => 48000,
        null => throw new ModelException(SafeText.Of($"nothing states the sample rate of the network")),
        var other => throw new ModelException(SafeText.Of($"the sample rate of the network is {other.Description}")),
    };

    private static string? NameOf(RvcSettings settings)
        => RvcVariant.All.FirstOrDefault(v => v.SampleRate == settings.SampleRate && (v.Version == "v1" ? 256 : 768) == settings.Features
            && v.Rates.SequenceEqual(settings.Upsampling.Rates) && v.Kernels.SequenceEqual(settings.Upsampling.Kernels))?.NameOf(settings.HasPitch);
}
