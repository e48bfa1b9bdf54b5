using ModelGate.Architecture.Outlines.Tree;

namespace ModelGate.Architecture.Outlines.Layers;

/// <summary>PyTorch's own multi-head attention, whose keys no other module has.</summary>
internal static class AttentionLayer
{
    private const long UsualHead = 64;

    /// <summary>The layer; null where the tensors are not exactly those of one.</summary>
    public static Layer? Of(ModuleNode node)
    {
        if (node.Modules is not [{ Name: "out_proj", Modules.Count: 0 } output] || node.Tensors.Count > 6
            || Shape(output, "weight") is not [var size, var columns] || size <= 0 || columns != size)
        {
            return null;
        }

        var hasBias = Shape(output, "bias") is [var bias] && bias == size;
        var isPacked = Is(Shape(node, "in_proj_weight"), 3 * size, size);
        var (query, key, value) = (Shape(node, "q_proj_weight"), Shape(node, "k_proj_weight"), Shape(node, "v_proj_weight"));
        var isApart = !isPacked && Is(query, size, size) && key is [var keyRows, > 0] && keyRows == size && value is [var valueRows, > 0] && valueRows == size;
        var hasKeyBias = Is(Shape(node, "bias_k"), 1, 1, size) && Is(Shape(node, "bias_v"), 1, 1, size);
        if (!(isPacked || isApart) || (hasBias && !Is(Shape(node, "in_proj_bias"), 3 * size)) || output.Tensors.Count != (hasBias ? 2 : 1)
            || node.Tensors.Count != (isPacked ? 1 : 3) + (hasBias ? 1 : 0) + (hasKeyBias ? 2 : 0))
        {
            return null;
        }

        var call = new CallWriter().Add("nn.MultiheadAttention(").Add("embed_dim", size).Add(", num_heads=").Add("num_heads", size % UsualHead == 0 ? size / UsualHead : 1)
            .AddWhere(!hasBias, ", bias=False").AddWhere(hasKeyBias, ", add_bias_kv=True");
        call = isApart ? call.AddKeyword("kdim", key![1]).AddKeyword("vdim", value![1]) : call;
        return call.Add(")").Remark("how many heads? batch_first, dropout?").ToLayer() with { Channels = size };
    }

    private static IReadOnlyList<long>? Shape(ModuleNode node, string name) => node.Tensors.Find(t => t.Name == name && !TensorTypes.IsExact(t.DType)).Shape;

    private static bool Is(IReadOnlyList<long>? shape, params ReadOnlySpan<long> sizes) => shape is not null && shape.Count == sizes.Length && sizes.SequenceEqual([.. shape]);
}
