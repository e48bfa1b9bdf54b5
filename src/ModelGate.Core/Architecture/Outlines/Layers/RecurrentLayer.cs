using System.Globalization;

namespace ModelGate.Architecture.Outlines.Layers;

/// <summary>LSTM, GRU and plain recurrent layers, told apart by how many gates stand in one matrix; and their cells.</summary>
internal static class RecurrentLayer
{
    private const int MostLayers = 64;

    /// <summary>The layer; null where the tensors are not exactly those of one.</summary>
    public static Layer? Of(LayerTensors tensors)
    {
        var shapes = tensors.Shapes;
        if (shapes.GetValueOrDefault("weight_hh_l0") is [var rows, var columns] && shapes.GetValueOrDefault("weight_ih_l0") is [_, var input])
        {
            var projection = shapes.GetValueOrDefault("weight_hr_l0") is [var projected, var inner] ? (Size: projected, Inner: inner) : default;
            var hidden = projection.Size > 0 ? projection.Inner : columns;
            if (hidden <= 0 || input <= 0 || Function(rows, hidden) is not { } function || (projection.Size > 0 && function != "nn.LSTM"))
            {
                return null;
            }

            var hasBias = shapes.ContainsKey("bias_ih_l0");
            var isBidirectional = shapes.ContainsKey("weight_ih_l0_reverse");
            var layers = Enumerable.Range(0, MostLayers).TakeWhile(l => shapes.ContainsKey(string.Create(CultureInfo.InvariantCulture, $"weight_ih_l{l}"))).Count();
            if (!IsWhole(shapes, rows, hidden, projection.Size, input, layers, hasBias, isBidirectional))
            {
                return null;
            }

            var call = new CallWriter().Add(function + "(").Add("input_size", input).Add(", ").Add("hidden_size", hidden);
            call = layers > 1 ? call.AddKeyword("num_layers", layers) : call;
            call = call.AddWhere(!hasBias, ", bias=False").AddWhere(isBidirectional, ", bidirectional=True");
            call = projection.Size > 0 ? call.AddKeyword("proj_size", projection.Size) : call;
            return call.Add(")").Remark("batch_first, dropout?").ToLayer() with { Channels = (projection.Size > 0 ? projection.Size : hidden) * (isBidirectional ? 2 : 1) };
        }

        return Cell(shapes);
    }

    private static Layer? Cell(IReadOnlyDictionary<string, IReadOnlyList<long>> shapes)
    {
        var hasBias = shapes.ContainsKey("bias_ih");
        if (shapes.Count != (hasBias ? 4 : 2) || shapes.GetValueOrDefault("weight_hh") is not [var rows, var hidden] || shapes.GetValueOrDefault("weight_ih") is not [var inputRows, var input]
            || inputRows != rows || hidden <= 0 || input <= 0 || Function(rows, hidden) is not { } function
            || (hasBias && !(shapes["bias_ih"] is [var one] && one == rows && shapes.GetValueOrDefault("bias_hh") is [var two] && two == rows)))
        {
            return null;
        }

        return new CallWriter().Add(function + "Cell(").Add("input_size", input).Add(", ").Add("hidden_size", hidden).AddWhere(!hasBias, ", bias=False").Add(")").ToLayer() with { Channels = hidden };
    }

    private static string? Function(long rows, long hidden) => rows == 4 * hidden ? "nn.LSTM" : rows == 3 * hidden ? "nn.GRU" : rows == hidden ? "nn.RNN" : null;

    private static bool IsWhole(IReadOnlyDictionary<string, IReadOnlyList<long>> shapes, long rows, long hidden, long projection, long input, int layers, bool hasBias, bool isBidirectional)
    {
        var given = projection > 0 ? projection : hidden;
        var count = 0;
        for (var layer = 0; layer < layers; layer++)
        {
            foreach (var direction in isBidirectional ? new[] { "", "_reverse" } : [""])
            {
                var end = string.Create(CultureInfo.InvariantCulture, $"_l{layer}{direction}");
                var comes = layer == 0 ? input : given * (isBidirectional ? 2 : 1);
                if (!Is("weight_ih" + end, rows, comes) || !Is("weight_hh" + end, rows, given)
                    || (hasBias && !(Is("bias_ih" + end, rows) && Is("bias_hh" + end, rows))) || (projection > 0 && !Is("weight_hr" + end, projection, hidden)))
                {
                    return false;
                }

                count += 2 + (hasBias ? 2 : 0) + (projection > 0 ? 1 : 0);
            }
        }

        return count == shapes.Count;

        bool Is(string name, params ReadOnlySpan<long> sizes) => shapes.GetValueOrDefault(name) is { } shape && shape.Count == sizes.Length && sizes.SequenceEqual([.. shape]);
    }
}
