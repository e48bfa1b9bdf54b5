namespace ModelGate.Gates.Curves;

/// <summary>How a loss curve ends.</summary>
internal enum ConvergenceVerdict
{
    /// <summary>Too few points to tell.</summary>
    TooFewPoints,

    /// <summary>Level, and low: under the ceiling, or far below where it started.</summary>
    Converged,

    /// <summary>Still falling: more training would help, and what there is has learned.</summary>
    Converging,

    /// <summary>Level, and high.</summary>
    Stagnant,

    /// <summary>Neither level nor falling: it swings by a large part of its height, and is high.</summary>
    Oscillating,

    /// <summary>Rising.</summary>
    Diverging,

    /// <summary>It is stuck at the value at which the trainer cuts losses off.</summary>
    Saturated,

    /// <summary>It repeats one value exactly.</summary>
    Frozen,

    /// <summary>There are points, and they do not tell: too few for a level that is not far too high, or cut off where it counts.</summary>
    Undecided,

    /// <summary>It ends in NaN or infinity.</summary>
    NotFinite,
}
