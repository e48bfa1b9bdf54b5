namespace ModelGate.Architecture.Outlines.Layers;

/// <summary>Layers whose weight is a scale: batch, layer and group normalization, and the slopes of PReLU.</summary>
internal static class NormalizationLayer
{
    private const long UsualGroups = 32;

    private static readonly string[] Running = ["running_mean", "running_var", "num_batches_tracked"];

    /// <summary>Batch normalization with running statistics; null where the tensors are not its own.</summary>
    public static Layer? Batch(LayerTensors tensors, LayerContext context)
    {
        var shapes = tensors.Shapes;
        if (shapes.GetValueOrDefault("running_mean") is not [var size] || size <= 0 || shapes.GetValueOrDefault("running_var") is not [var other] || other != size
            || tensors.Norms.Count > 0 || shapes.Keys.Any(k => k is not ("weight" or "bias") && !Running.Contains(k, StringComparer.Ordinal)))
        {
            return null;
        }

        var isAffine = shapes.ContainsKey("weight");
        if (isAffine != shapes.ContainsKey("bias") || (isAffine && !(Has(shapes["weight"], size) && Has(shapes["bias"], size)))
            || shapes.GetValueOrDefault("num_batches_tracked") is { Count: > 0 })
        {
            return null;
        }

        var dimensions = Math.Max(1, context.Dimensions);
        return new CallWriter().Add($"nn.BatchNorm{dimensions}d(").Add("num_features", size).AddWhere(!isAffine, ", affine=False").Add(")")
            .Remark(shapes.ContainsKey("num_batches_tracked") ? "" : "num_batches_tracked is not in the file: loads if the state_dict has no version").ToLayer() with { Channels = size };
    }

    /// <summary>A scale with a bias.</summary>
    public static Layer? Scale(LayerTensors tensors, LayerPlace place)
    {
        var (weight, bias) = (tensors.Shapes["weight"], tensors.Shapes["bias"]);
        if (tensors.Norms.Count > 0 || weight.Count == 0 || weight.Any(size => size <= 0) || !weight.SequenceEqual(bias))
        {
            return null;
        }

        if (weight is [var size] && (place.Says("group_norm") || place.Says("groupnorm") || place.IsWord("gn")))
        {
            return new CallWriter().Add("nn.GroupNorm(").Add("num_groups", size % UsualGroups == 0 ? UsualGroups : 1).Add(", ").Add("num_channels", size).Add(")")
                .Remark("how many groups?").ToLayer() with { Channels = size };
        }

        var call = new CallWriter().Add("nn.LayerNorm(");
        call = weight.Count == 1 ? call.Add("normalized_shape", weight[0]) : call.AddTuple("normalized_shape", weight, collapse: false);
        return call.Add(")").Remark(place.Says("layer_norm") || place.Says("layernorm") || place.IsWord("ln") || weight.Count > 1 ? "" : "or GroupNorm?").ToLayer() with { Channels = weight[^1] };
    }

    /// <summary>Slopes, where the name says so.</summary>
    public static Layer? Slopes(LayerTensors tensors, LayerPlace place)
        => tensors.Norms.Count == 0 && tensors.Shapes["weight"] is [var size] && size > 0 && (place.Says("prelu") || place.IsWord("act"))
            ? new CallWriter().Add("nn.PReLU(").Add("num_parameters", size).Add(")").ToLayer()
            : null;

    private static bool Has(IReadOnlyList<long> shape, long size) => shape is [var only] && only == size;
}
