namespace ModelGate.Signals;

/// <summary>A quantity that artifacts are judged by: a name, a unit, a definition, and how its values are read off what was measured.</summary>
/// <remarks>
/// A signal on one file names the <see cref="Measure"/> that it is read from; several signals may share one, which is then computed once.
/// A signal on two files has none: a gate computes it from what was measured on each.
/// </remarks>
internal abstract class Signal
{
    /// <summary>The signal's description.</summary>
    public abstract SignalInfo Description { get; }

    /// <summary>What has to be measured, with default parameters; null where one file is not enough.</summary>
    public virtual Measure? Source => null;

    /// <summary>The values: one for the whole file, or one for each of its parts.</summary>
    /// <param name="result">What <see cref="Source"/> gave.</param>
    public virtual IEnumerable<Reading> Read(object result) => [];
}

/// <summary>A signal that is read off one measure.</summary>
/// <param name="source">The measure with its default parameters.</param>
/// <typeparam name="TResult">What the measure gives.</typeparam>
internal abstract class Signal<TResult>(Measure<TResult> source) : Signal
    where TResult : class
{
    /// <inheritdoc/>
    public sealed override Measure Source => source;

    /// <inheritdoc/>
    public sealed override IEnumerable<Reading> Read(object result) => Read((TResult)result);

    /// <summary>The values: one for the whole file, or one for each of its parts.</summary>
    protected abstract IEnumerable<Reading> Read(TResult result);
}

/// <summary>A value of a signal.</summary>
/// <param name="Part">The part of the file: a tensor, a series, a channel; empty for the whole.</param>
/// <param name="Value">The number; null where there is none.</param>
/// <param name="Text">Why there is not a number; beside one, what has to be known of it.</param>
internal readonly record struct Reading(SafeText Part, double? Value, SafeText Text = default)
{
    /// <summary>A number for the whole file.</summary>
    public static Reading Of(double? value) => new(default, value is { } number && double.IsFinite(number) ? number : null);
}
