namespace ModelGate.Architecture.Outlines.Layers;

/// <summary>Convolutions, by weight, bias and what a norm keeps: which one where shapes tell, the likelier one where they do not.</summary>
internal static class ConvolutionLayer
{
    /// <summary>Whether shapes alone show a transposed convolution (true) or a plain one (false); null where they fit both.</summary>
    public static bool? IsTransposed(LayerTensors tensors)
    {
        var weight = tensors.Shapes["weight"];
        if (tensors.Shapes.GetValueOrDefault("bias") is [var bias])
        {
            // A plain one has as many biases as rows; so has a transposed one only where both numbers of channels are equal.
            return bias != weight[0] ? true : weight[1] != weight[0] ? false : KeptDimension(tensors);
        }

        return KeptDimension(tensors);
    }

    /// <summary>The layer; null where no convolution has these shapes.</summary>
    public static Layer? Of(LayerTensors tensors, LayerPlace place, LayerContext context)
    {
        var weight = tensors.Shapes["weight"];
        var hasBias = tensors.Shapes.ContainsKey("bias");
        if (weight.Count is < 3 or > 5 || weight.Any(size => size <= 0) || (hasBias && tensors.Shapes["bias"].Count != 1))
        {
            return null;
        }

        var shown = IsTransposed(tensors);
        var isTransposed = shown ?? (context.Transposed.TryGetValue(place.Pattern, out var alike) ? alike : place.IsUpsampling);
        var isOpen = shown is null && !context.Transposed.ContainsKey(place.Pattern);
        var remark = !isOpen ? "" : isTransposed ? "or Conv?" : IsLikelyEither(weight, hasBias, place, context) ? "or ConvTranspose?" : "";
        return isTransposed ? Transposed(tensors, weight, hasBias, remark) : Plain(tensors, weight, hasBias, place, context, remark);
    }

    private static Layer? Transposed(LayerTensors tensors, IReadOnlyList<long> weight, bool hasBias, string remark)
    {
        // Each group gives weight[1] channels.
        var channels = hasBias ? tensors.Shapes["bias"][0] : weight[1];
        if (channels % weight[1] != 0 || channels / weight[1] is var groups && (groups == 0 || weight[0] % groups != 0))
        {
            return null;
        }

        return Write("nn.ConvTranspose", weight, weight[0], channels, groups, hasBias)
            .Remark(remark).Remark("stride, padding, output_padding?").ToLayer() with { Channels = channels, Dimensions = weight.Count - 2 };
    }

    private static Layer? Plain(LayerTensors tensors, IReadOnlyList<long> weight, bool hasBias, LayerPlace place, LayerContext context, string remark)
    {
        if (hasBias && tensors.Shapes["bias"][0] != weight[0])
        {
            return null;
        }

        var (groups, isOpen) = Groups(weight, place, context);
        remark = groups > 1 ? "" : remark;
        string[] questions = [.. isOpen ? ["groups"] : Array.Empty<string>(), .. weight.Skip(2).Any(k => k > 1) ? ["stride", "padding", "dilation"] : Array.Empty<string>()];
        return Write("nn.Conv", weight, weight[1] * groups, weight[0], groups, hasBias)
            .Remark(remark)
            .Remark(questions.Length > 0 ? string.Join(", ", questions) + "?" : "").ToLayer() with { Channels = weight[0], Dimensions = weight.Count - 2 };
    }

    // A weight holds the channels of one group. How many groups there are follows from the channels that come in, and those are not in the file:
    // where nothing around gives the channels of one group, what gives several times as many is taken for the input.
    private static (long Groups, bool IsOpen) Groups(IReadOnlyList<long> weight, LayerPlace place, LayerContext context)
    {
        var (output, input) = (weight[0], weight[1]);
        if (output <= input || output % input != 0 || context.Channels == input || context.IsGivenIn(place.Scope, input))
        {
            return (1, false);
        }

        // Few convolutions of one element are grouped: they mix channels.
        if (weight.Skip(2).All(k => k == 1))
        {
            return (1, true);
        }

        long[] given =
        [
            .. context.Channels is { } before && (ReferenceEquals(context.Scope, place.Scope) || before == output) ? [before] : Array.Empty<long>(),
            .. context.IsGivenBeside(place, output) ? [output] : Array.Empty<long>(),
        ];
        var channels = given.FirstOrDefault(c => c > input && c % input == 0 && output % (c / input) == 0);
        return (channels > 0 ? channels / input : 1, true);
    }

    private static bool? KeptDimension(LayerTensors tensors)
        => tensors.Norms.FirstOrDefault(n => n.Parameter == "weight") is { Dimension: { } kept, Function: var function } && tensors.Shapes["weight"] is var weight && weight[0] != weight[1]
            ? function.EndsWith("spectral_norm", StringComparison.Ordinal) ? kept == 1 : null
            : null;

    // Every square weight fits both, and few are transposed: those that lengthen their input by a factor have an even kernel or other channels.
    private static bool IsLikelyEither(IReadOnlyList<long> weight, bool hasBias, LayerPlace place, LayerContext context)
        => weight.Skip(2).All(k => k > 1 && k % 2 == 0)
            || (!hasBias && weight[0] != weight[1] && weight.Skip(2).All(k => k > 1) && context.Channels != weight[1] && !context.IsGivenIn(place.Scope, weight[1]));

    private static CallWriter Write(string function, IReadOnlyList<long> weight, long input, long output, long groups, bool hasBias)
    {
        var call = new CallWriter().Add(function + (weight.Count - 2) + "d(").Add("in_channels", input).Add(", ").Add("out_channels", output).Add(", kernel_size=")
            .AddTuple("kernel_size", [.. weight.Skip(2)], collapse: true);
        return (groups > 1 ? call.AddKeyword("groups", groups) : call).AddWhere(!hasBias, ", bias=False").Add(")");
    }
}
