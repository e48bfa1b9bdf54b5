using ModelGate.Artifacts;

namespace ModelGate.Signals;

/// <summary>What is computed from two files that are read together: an output against its reference, an export against a checkpoint.</summary>
/// <typeparam name="TLeft">The kind of the first artifact.</typeparam>
/// <typeparam name="TRight">The kind of the second artifact.</typeparam>
/// <typeparam name="TResult">What is computed.</typeparam>
internal abstract record PairMeasure<TLeft, TRight, TResult> : IPairMeasure
    where TLeft : Artifact
    where TRight : Artifact
    where TResult : class
{
    /// <inheritdoc/>
    public virtual bool IsShared => false;

    /// <inheritdoc/>
    public bool Fits(Artifact left, Artifact right) => left is TLeft && right is TRight;

    /// <inheritdoc/>
    public object Of(Artifact left, Artifact right, CancellationToken cancellation) => Compute((TLeft)left, (TRight)right, cancellation);

    /// <summary>Computes it.</summary>
    protected abstract TResult Compute(TLeft left, TRight right, CancellationToken cancellation);
}

/// <summary>The part of a <see cref="PairMeasure{TLeft,TRight,TResult}"/> that needs no types.</summary>
internal interface IPairMeasure
{
    /// <summary>Whether several gates ask for it, so that the result is small and is kept; else it is computed anew each time.</summary>
    bool IsShared { get; }

    /// <summary>Whether the artifacts are of the kinds that are measured.</summary>
    bool Fits(Artifact left, Artifact right);

    /// <summary>Computes it.</summary>
    object Of(Artifact left, Artifact right, CancellationToken cancellation);
}
