using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>A measure on the elements of a model's or checkpoint's tensors.</summary>
/// <typeparam name="TResult">What is computed.</typeparam>
internal abstract record WeightMeasure<TResult> : Measure<TResult>, IWeightMeasure
    where TResult : class
{
    /// <inheritdoc/>
    public abstract WeightMeter Begin(Checkpoint checkpoint);
}

/// <summary>The part of a <see cref="WeightMeasure{TResult}"/> that needs no types.</summary>
internal interface IWeightMeasure
{
    /// <summary>A meter for one pass over the tensors.</summary>
    WeightMeter Begin(Checkpoint checkpoint);
}

/// <summary>Listens to the one pass over a file's tensors: tensor after tensor in the order of the file, each in blocks.</summary>
internal abstract class WeightMeter
{
    /// <summary>Whether a tensor is wanted.</summary>
    /// <param name="name">The name in the state_dict; null for a tensor outside of it.</param>
    /// <param name="tensor">The tensor.</param>
    public abstract bool Wants(string? name, TensorEntry tensor);

    /// <summary>Whether the order of elements matters. Where nobody cares, a transposed tensor is read as it lies in the file.</summary>
    public virtual bool NeedsOrder => true;

    /// <summary>Begins a tensor.</summary>
    /// <param name="repeats">How often the tensor shows each element that is added: those that an expanded dimension repeats come once.</param>
    public abstract void Begin(string? name, TensorEntry tensor, long repeats);

    /// <summary>Takes the next elements, little-endian, <see cref="DTypes.ItemSize"/> bytes each.</summary>
    /// <param name="first">The index of the first of them.</param>
    public abstract void Add(long first, ReadOnlySpan<byte> elements);

    /// <summary>Ends the tensor.</summary>
    public abstract void End();

    /// <summary>What was measured, after the last tensor.</summary>
    public abstract object Finish();
}
