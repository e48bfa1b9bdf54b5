using ModelGate.Artifacts;

namespace ModelGate.Architecture;

/// <summary>
/// Hyperparameters that the shapes of a state_dict tell, whatever its configuration claims: for HiFi-GAN, the VITS family with RVC, and the
/// grouped-residual HiFi-GAN.
/// </summary>
internal sealed class MeasuredHyperparameters
{
    private static readonly string[] WeightSpellings = [".weight", ".weight_v", ".parametrizations.weight.original1", ".base_layer.weight"];

    private readonly IReadOnlyDictionary<string, TensorEntry> weights;
    private readonly List<Hyperparameter> found = [];

    private MeasuredHyperparameters(IReadOnlyDictionary<string, TensorEntry> weights) => this.weights = weights;

    /// <summary>What the shapes tell, in a fixed order; empty where the names are of no known kind.</summary>
    public static IReadOnlyList<Hyperparameter> Of(IReadOnlyDictionary<string, TensorEntry> weights)
    {
        var measured = new MeasuredHyperparameters(weights);
        measured.Encoder();
        measured.Decoder(weights.Keys.Any(k => k.StartsWith("dec.", StringComparison.Ordinal)) ? "dec." : "");
        measured.Blocks();
        return measured.found;
    }

    private void Encoder()
    {
        var hidden = Size("enc_p.encoder.attn_layers.0.conv_q", 0) ?? Size("enc_p.enc_.attn_layers.0.conv_q", 0);
        Add("hidden_channels", hidden, "conv_q");
        var encoder = weights.ContainsKey("enc_p.enc_.attn_layers.0.conv_q.weight") ? "enc_p.enc_" : "enc_p.encoder";
        Add("features", Size("enc_p.emb_phone", 1), "enc_p.emb_phone");
        Add("inter_channels", Size("enc_p.proj", 0) / 2, "enc_p.proj");
        Add("filter_channels", Size(encoder + ".ffn_layers.0.conv_1", 0), encoder + ".ffn_layers.0.conv_1");
        Add("kernel_size", Size(encoder + ".ffn_layers.0.conv_1", 2), encoder + ".ffn_layers.0.conv_1");
        Add("n_layers", Zero(Count(i => $"{encoder}.attn_layers.{i}.conv_q")), encoder + ".attn_layers");
        if (weights.TryGetValue(encoder + ".attn_layers.0.emb_rel_k", out var relative) && relative.Shape is [_, _, > 0 and var width])
        {
            Add("n_heads", hidden / width, encoder + ".attn_layers.0.emb_rel_k");
        }

        Add("spec_channels", Size("enc_q.pre", 1), "enc_q.pre");
        Add("speakers", Size("emb_g", 0), "emb_g");
        Add("gin_channels", Size("emb_g", 1) ?? Size("dec.cond", 1), "emb_g");
    }

    private void Decoder(string prefix)
    {
        Add("upsample_initial_channel", Size(prefix + "conv_pre", 0), prefix + "conv_pre");

        // A unit vocoder takes vectors of units, and its num_mels is about its training data alone.
        if (prefix.Length == 0 && Shape("dict") is null)
        {
            Add("num_mels", Size("conv_pre", 1), "conv_pre");
        }

        string Up(int i) => Shape($"{prefix}ups.{i}.0") is null ? $"{prefix}ups.{i}" : $"{prefix}ups.{i}.0";
        var stages = Count(Up);
        if (stages == 0)
        {
            return;
        }

        Add("upsampling stages", stages, prefix + "ups");
        AddList("upsample_kernel_sizes", [.. Enumerable.Range(0, stages).Select(i => Size(Up(i), 2))], prefix + "ups");
        Rates(prefix, stages);
        var blocks = Count(i => Shape($"{prefix}resblocks.{i}.convs1.0") is null ? $"{prefix}resblocks.{i}.convs.0" : $"{prefix}resblocks.{i}.convs1.0");
        if (blocks > 0 && blocks % stages == 0)
        {
            var first = Shape($"{prefix}resblocks.0.convs1.0") is null ? "convs" : "convs1";
            Add("resblock", first == "convs1" ? 1 : 2, prefix + "resblocks.0");
            AddList("resblock_kernel_sizes", [.. Enumerable.Range(0, blocks / stages).Select(i => Size($"{prefix}resblocks.{i}.{first}.0", 2))], prefix + "resblocks");
        }
    }

    // A noise convolution's kernel is twice the product of the rates that follow, the last one's is 1.
    private void Rates(string prefix, int stages)
    {
        var kernels = Enumerable.Range(0, stages).Select(i => Size($"{prefix}noise_convs.{i}", 2)).ToArray();
        if (kernels.Length < 2 || kernels.Any(k => k is null or < 1) || kernels[^1] != 1)
        {
            return;
        }

        var strides = kernels.Select(k => (k!.Value + 1) / 2).ToArray();
        if (Enumerable.Range(1, stages - 1).All(i => strides[i - 1] % strides[i] == 0))
        {
            AddList("upsample_rates after the first", [.. Enumerable.Range(1, stages - 1).Select(i => (long?)(strides[i - 1] / strides[i]))], prefix + "noise_convs");
        }
    }

    private void Blocks()
    {
        var root = weights.Keys.Any(k => k.StartsWith("base_model.model.mrfs.", StringComparison.Ordinal)) ? "base_model.model." : "";
        var layers = Count(i => Shape($"{root}mrfs.{i}.convs.0.conv1") is null ? $"{root}mrfs.{i}.conv" : $"{root}mrfs.{i}.convs.0.conv1");
        if (layers == 0)
        {
            return;
        }

        AddList("num_blocks", [.. Enumerable.Range(0, layers).Select(i => (long?)Count(b => $"{root}mrfs.{i}.convs.{b}.conv1"))], "mrfs");
        AddList("channels", [.. Enumerable.Range(0, layers).Select(i => Size($"{root}mrfs.{i}.convs.0.conv1", 0) ?? Size($"{root}mrfs.{i}.conv", 0))], "mrfs");
        var adapter = weights.Where(w => w.Key.Contains("lora_", StringComparison.Ordinal)).OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => (KeyValuePair<string, TensorEntry>?)w).FirstOrDefault();
        Add("LoRA", adapter is null ? 0 : 1, adapter?.Key ?? "mrfs");
        Add("LoRA rank", adapter?.Value.Shape is [var rank, ..] && adapter.Value.Key.Contains("lora_A", StringComparison.Ordinal) ? rank : null, adapter?.Key ?? "");
    }

    private static long? Zero(int count) => count == 0 ? null : count;

    private int Count(Func<int, string> module)
    {
        var count = 0;
        while (Shape(module(count)) is not null)
        {
            count++;
        }

        return count;
    }

    private long? Size(string module, int dimension) => Shape(module) is { } shape && dimension < shape.Count ? shape[dimension] : null;

    private IReadOnlyList<long>? Shape(string module)
    {
        foreach (var spelling in WeightSpellings)
        {
            if (weights.TryGetValue(module + spelling, out var tensor))
            {
                return tensor.Shape;
            }
        }

        return null;
    }

    private void Add(string name, long? value, string place)
    {
        if (value is { } number)
        {
            found.Add(new Hyperparameter(name, [number], place));
        }
    }

    private void AddList(string name, IReadOnlyList<long?> values, string place)
    {
        if (values.All(v => v is not null))
        {
            found.Add(new Hyperparameter(name, [.. values.Select(v => v!.Value)], place));
        }
    }
}
