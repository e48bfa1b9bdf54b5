using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Remapping;

/// <summary>A checkpoint's weights under a mapping: names, shapes, and elements that are computed when they are read.</summary>
internal static class Remapped
{
    /// <summary>Applies a mapping.</summary>
    /// <returns>The new tensors, sorted by name.</returns>
    /// <exception cref="RemappingException">The mapping does not fit the file.</exception>
    public static IReadOnlyList<TensorEntry> Of(IReadOnlyDictionary<string, TensorEntry> weights, KeyMapping mapping)
    {
        var used = mapping.Keys.Values.SelectMany(k => k.From).Concat(mapping.Dropped).ToHashSet(StringComparer.Ordinal);
        if (used.FirstOrDefault(n => !weights.ContainsKey(n)) is { } absent)
        {
            throw new RemappingException(SafeText.Of($"the mapping uses {absent}, which the file does not hold: it was written for another file"));
        }

        var made = new SortedDictionary<string, TensorEntry>(StringComparer.Ordinal);
        foreach (var (name, tensor) in weights.Where(w => !used.Contains(w.Key)))
        {
            made.Add(name, tensor with { Name = name });
        }

        foreach (var (name, origin) in mapping.Keys)
        {
            if (!made.TryAdd(name, Make(name, origin, [.. origin.From.Select(f => weights[f])], mapping)))
            {
                throw new RemappingException(SafeText.Of($"the mapping makes {name}, and the file holds another key of that name which would be lost"));
            }
        }

        return [.. made.Values];
    }

    private static TensorEntry Make(string name, KeyOrigin origin, TensorEntry[] from, KeyMapping mapping)
    {
        if (from.Any(f => f.Data is null))
        {
            throw new RemappingException(SafeText.Of($"the file does not hold the elements of {from.First(f => f.Data is null).Name}"));
        }

        if (origin.Operation != KeyOperation.Copy && Array.Find(from, f => f.IsEndless) is { } endless)
        {
            throw new RemappingException(SafeText.Of($"{endless.Name} shows few elements as {endless.Elements}: nothing is computed from so many"));
        }

        if (origin.Operation is not (KeyOperation.Copy or KeyOperation.Reshape) && from.Any(f => f.Data is IQuantizedData))
        {
            throw new RemappingException(SafeText.Of($"{name} cannot be computed from quantized tensors"));
        }

        var shape = mapping.Shapes.GetValueOrDefault(name);
        return (origin.Operation, from) switch
        {
            (KeyOperation.Copy, [var one]) => one with { Name = name },
            (KeyOperation.Reshape, [var one]) => Shaped(name, one, shape, one.Data!),
            (KeyOperation.Fold, [var g, var v]) => FoldedWeight.Of(name, g, v),
            (KeyOperation.Magnitude, [var weight]) => WeightMagnitude.Of(name, weight, Needed(name, shape)),
            (KeyOperation.MergeAdapter, [var a, var b, var weight]) => MergedAdapter.Of(name, a, b, weight, mapping.AdapterScale),
            (KeyOperation.Permute, [var one]) => PermutedTensor.Of(name, one, origin.Numbers),
            (KeyOperation.Concatenate, _) => JoinedRows.Of(name, from),
            (KeyOperation.Slice, [var one]) when origin.Numbers is [var first] => RowRange.Of(name, one, first, Needed(name, shape)),
            _ => throw new RemappingException(SafeText.Of($"{name} is made of {from.Length} tensors, which its operation does not take")),
        };
    }

    private static IReadOnlyList<long> Needed(string name, IReadOnlyList<long>? shape)
        => shape ?? throw new RemappingException(SafeText.Of($"the mapping does not say the shape of {name}"));

    private static TensorEntry Shaped(string name, TensorEntry source, IReadOnlyList<long>? shape, ITensorData data)
        => Needed(name, shape).Aggregate((Int128)1, (p, s) => p * s) == source.Elements
            ? source with { Name = name, Shape = shape!, Data = data }
            : throw new RemappingException(SafeText.Of($"{name} cannot have another number of elements than {source.Name}"));
}
