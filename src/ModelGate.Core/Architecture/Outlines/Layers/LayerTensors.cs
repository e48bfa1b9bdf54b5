using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Outlines.Tree;

namespace ModelGate.Architecture.Outlines.Layers;

/// <summary>A reparametrization that stands before a layer's parameter.</summary>
/// <param name="Function">The function that applies it.</param>
/// <param name="Parameter">The parameter that it computes.</param>
/// <param name="Arguments">Arguments after the parameter's name, such as <c>, dim=2</c>.</param>
/// <param name="Dimension">The dimension that is kept; null where nothing says it.</param>
internal sealed record AppliedNorm(string Function, string Parameter, string Arguments, int? Dimension);

/// <summary>A module's tensors as its layer names them: weight norm and spectral norm, in both spellings, are taken off.</summary>
/// <param name="Shapes">By name, without the norms' own.</param>
/// <param name="Norms">What was taken off.</param>
internal sealed record LayerTensors(IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes, IReadOnlyList<AppliedNorm> Norms)
{
    // A bidirectional LSTM of thirty layers.
    private const int Most = 256;

    /// <summary>The module that holds what computes another module's parameters.</summary>
    public const string Parametrizations = "parametrizations";

    /// <summary>The tensors of a module that may be a layer; null where it is none.</summary>
    public static LayerTensors? Of(ModuleNode node)
    {
        var parametrized = node.Modules is [{ Name: Parametrizations } only] ? only : null;
        if (node.Tensors.Count > Most || parametrized?.Modules.Count > Most || parametrized?.Tensors.Count > 0 || (node.Tensors.Count == 0 && parametrized is null))
        {
            return null;
        }

        var shapes = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        foreach (var tensor in node.Tensors)
        {
            // num_batches_tracked counts; no other tensor of a layer holds integers.
            if (!shapes.TryAdd(tensor.Name, tensor.Shape) || (tensor.Name != "num_batches_tracked" && TensorTypes.IsExact(tensor.DType)))
            {
                return null;
            }
        }

        var norms = new List<AppliedNorm>();
        foreach (var tensor in node.Tensors)
        {
            TakeOff(tensor.Name, shapes, norms);
        }

        foreach (var parameter in parametrized?.Modules ?? [])
        {
            if (shapes.ContainsKey(parameter.Name) || TakeOff(parameter) is not var (norm, shape))
            {
                return null;
            }

            norms.Add(norm);
            shapes.Add(parameter.Name, shape);
        }

        return new LayerTensors(shapes, norms);
    }

    private static void TakeOff(string name, Dictionary<string, IReadOnlyList<long>> shapes, List<AppliedNorm> norms)
    {
        if (name.Length > 2 && name.EndsWith("_g", StringComparison.Ordinal) && name[..^2] is var weight && !shapes.ContainsKey(weight)
            && shapes.GetValueOrDefault(weight + "_v") is { } direction && Kept(shapes[name], direction) is { } kept)
        {
            shapes.Remove(name);
            shapes.Remove(weight + "_v");
            shapes.Add(weight, direction);
            norms.Add(new AppliedNorm("weight_norm", weight, kept.Arguments, kept.Dimension));
        }
        else if (name.Length > 5 && name.EndsWith("_orig", StringComparison.Ordinal) && name[..^5] is var spectral && !shapes.ContainsKey(spectral)
            && shapes.GetValueOrDefault(spectral + "_u") is [var height] && shapes.GetValueOrDefault(spectral + "_v") is [var width]
            && KeptBy(height, width, shapes[name]) is var dimension and >= 0)
        {
            var shape = shapes[name];
            shapes.Remove(name);
            shapes.Remove(spectral + "_u");
            shapes.Remove(spectral + "_v");
            shapes.Add(spectral, shape);
            norms.Add(new AppliedNorm("spectral_norm", spectral, "", dimension));
        }
    }

    private static (AppliedNorm Norm, IReadOnlyList<long> Shape)? TakeOff(ModuleNode parameter)
    {
        var originals = parameter.Tensors.ToDictionary(t => t.Name, t => t, StringComparer.Ordinal);
        if (originals.Count == 2 && parameter.Modules.Count == 0 && originals.TryGetValue("original0", out var magnitude) && originals.TryGetValue("original1", out var direction))
        {
            return Kept(magnitude.Shape, direction.Shape) is { } kept
                ? (new AppliedNorm("parametrizations.weight_norm", parameter.Name, kept.Arguments, kept.Dimension), direction.Shape)
                : null;
        }

        return originals.Count == 1 && originals.TryGetValue("original", out var original) && parameter.Modules is [{ Name: "0", Modules.Count: 0, Tensors.Count: 2 } vectors]
            && vectors.Tensors.Find(t => t.Name == "_u").Shape is [var height] && vectors.Tensors.Find(t => t.Name == "_v").Shape is [var width]
            && KeptBy(height, width, original.Shape) is var dimension and >= 0
            ? (new AppliedNorm("parametrizations.spectral_norm", parameter.Name, "", dimension), original.Shape)
            : null;
    }

    // Weight norm keeps the first dimension unless told otherwise.
    private static (string Arguments, int? Dimension)? Kept(IReadOnlyList<long> magnitude, IReadOnlyList<long> direction)
    {
        if (magnitude.Count == 0)
        {
            return (", dim=None", null);
        }

        if (!WeightNormKeys.Fit(magnitude, direction))
        {
            return null;
        }

        for (var i = 0; i < magnitude.Count; i++)
        {
            if (magnitude[i] == direction[i] && magnitude.Where((size, d) => d != i && size != 1).FirstOrDefault(1) == 1)
            {
                return (i == 0 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $", dim={i}"), i);
            }
        }

        return null;
    }

    // PyTorch takes dimension 1 of transposed convolutions and 0 of all else.
    private static int KeptBy(long height, long width, IReadOnlyList<long> shape)
    {
        for (var i = 0; i < Math.Min(2, shape.Count); i++)
        {
            if (shape[i] == height && shape.Where((_, d) => d != i).Aggregate(1m, (product, size) => product * size) == width)
            {
                return i;
            }
        }

        return -1;
    }
}
