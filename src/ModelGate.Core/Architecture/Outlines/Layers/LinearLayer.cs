namespace ModelGate.Architecture.Outlines.Layers;

/// <summary>Matrices: linear layers and tables of embeddings, which only names and a bias tell apart.</summary>
internal static class LinearLayer
{
    /// <summary>The layer; null where neither has these shapes.</summary>
    public static Layer? Of(LayerTensors tensors, LayerPlace place, LayerContext context)
    {
        var weight = tensors.Shapes["weight"];
        if (weight.Any(size => size <= 0))
        {
            return null;
        }

        if (tensors.Shapes.TryGetValue("bias", out var bias))
        {
            return bias is [var size] && size == weight[0] && !(weight[0] == weight[1] && context.RowsAreInputs.Contains(place.Attribute))
                ? Linear(weight, hasBias: true).ToLayer() with { Channels = weight[0], Dimensions = 0 }
                : null;
        }

        return place.IsTable && tensors.Norms.Count == 0
            ? new CallWriter().Add("nn.Embedding(").Add("num_embeddings", weight[0]).Add(", ").Add("embedding_dim", weight[1]).Add(")")
                .Remark("or Linear without bias?").ToLayer() with { Channels = weight[1] }
            : Linear(weight, hasBias: false).Remark("or Embedding?").ToLayer() with { Channels = weight[0], Dimensions = 0 };
    }

    private static CallWriter Linear(IReadOnlyList<long> weight, bool hasBias)
        => new CallWriter().Add("nn.Linear(").Add("in_features", weight[1]).Add(", ").Add("out_features", weight[0]).AddWhere(!hasBias, ", bias=False").Add(")");
}
