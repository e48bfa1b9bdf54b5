using ModelGate.Architecture.Outlines.Tree;

namespace ModelGate.Architecture.Outlines.Layers;

/// <summary>Which of PyTorch's layers a module is, by the names and shapes of its tensors.</summary>
internal static class LayerRecognition
{
    /// <summary>The layer, or null where the module is none that has exactly these tensors.</summary>
    public static Layer? Of(ModuleNode node, LayerPlace place, LayerContext context)
    {
        if (AttentionLayer.Of(node) is { } attention)
        {
            return attention;
        }

        // A layer has no modules below it but those of a parametrization.
        if (node.Modules.Count > 1 || LayerTensors.Of(node) is not { } tensors || tensors.Norms.Count > 8 || Bare(tensors, place, context) is not { } layer)
        {
            return null;
        }

        if (tensors.Norms.Count == 0)
        {
            return layer;
        }

        // The parameter is named where it is not the weight.
        var call = layer.Call.Text;
        foreach (var norm in tensors.Norms)
        {
            call = $"{norm.Function}({call}{(norm.Parameter == "weight" ? "" : $", \"{norm.Parameter}\"")}{norm.Arguments}{SpectralDimension(norm, call, tensors.Shapes[norm.Parameter])})";
        }

        return layer with { Call = layer.Call with { Text = call } };
    }

    /// <summary>Looks at one module: whether its shapes show a transposed convolution.</summary>
    public static bool? IsTransposed(ModuleNode node)
        => node.Modules.Count <= 1 && LayerTensors.Of(node) is { } tensors && tensors.Shapes.GetValueOrDefault("weight") is { Count: >= 3 and <= 5 } ? ConvolutionLayer.IsTransposed(tensors) : null;

    // Spectral norm takes dimension 1 of transposed convolutions and 0 of all else by itself.
    private static string SpectralDimension(AppliedNorm norm, string call, IReadOnlyList<long> shape)
        => !norm.Function.EndsWith("spectral_norm", StringComparison.Ordinal) || shape is not [var rows, var columns, ..] || rows == columns
            || norm.Dimension == (call.Contains("ConvTranspose", StringComparison.Ordinal) ? 1 : 0)
            ? ""
            : norm.Dimension == 1 ? ", dim=1" : ", dim=0";

    private static Layer? Bare(LayerTensors tensors, LayerPlace place, LayerContext context)
    {
        var shapes = tensors.Shapes;
        if (shapes.ContainsKey("running_mean"))
        {
            return NormalizationLayer.Batch(tensors, context);
        }

        if (shapes.GetValueOrDefault("weight") is not { } weight)
        {
            return shapes.ContainsKey("weight_hh_l0") || shapes.ContainsKey("weight_hh") ? RecurrentLayer.Of(tensors) : null;
        }

        var hasBias = shapes.ContainsKey("bias");
        if (shapes.Count != (hasBias ? 2 : 1))
        {
            return null;
        }

        return weight.Count switch
        {
            >= 1 when hasBias && weight.SequenceEqual(shapes["bias"]) => NormalizationLayer.Scale(tensors, place),
            1 => NormalizationLayer.Slopes(tensors, place),
            2 => LinearLayer.Of(tensors, place, context),
            >= 3 and <= 5 => ConvolutionLayer.Of(tensors, place, context),
            _ => null,
        };
    }
}
