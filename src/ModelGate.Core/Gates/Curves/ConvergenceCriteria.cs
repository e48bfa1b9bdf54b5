namespace ModelGate.Gates.Curves;

/// <summary>Where the lines are drawn between the ways in which a loss curve can end.</summary>
internal sealed record ConvergenceCriteria
{
    /// <summary>The fewest points of a series that is judged. With four, no order of them is significant at 5 %.</summary>
    public int MinimumPoints { get; init; } = 5;

    /// <summary>The level under which a level curve has converged, in the loss's unit; null where the loss has no known scale.</summary>
    public double? Ceiling { get; init; }

    /// <summary>The values at which the trainer cuts this loss off before it writes it.</summary>
    public IReadOnlyList<double> Clamps { get; init; } = [];

    /// <summary>Without a ceiling: the part of its first value by which a curve must have fallen to count as low.</summary>
    public double MinimumFall { get; init; } = 0.25;

    /// <summary>How much a curve must fall over the window to count as falling, as a part of its height.</summary>
    public double MinimumChange { get; init; } = 0.125;

    /// <summary>How much a curve must rise over the window to count as rising, as a part of its level.</summary>
    public double MinimumRise { get; init; } = 0.2;

    /// <summary>The spread around the trend, as a part of the level, above which a curve swings.</summary>
    public double WideSpread { get; init; } = 0.3;

    /// <summary>A swing is wide only where the spread is also this part of what the curve began with: noise that a deep fall has left behind is not one.</summary>
    public double WideSpreadOfFirst { get; init; } = 0.12;

    /// <summary>From trough to crest, as a part of the level: a regular wave of such a swing oscillates.</summary>
    public double WideSwing { get; init; } = 0.26;

    /// <summary>The part of the variance around the fall that a wave has to explain.</summary>
    public double WaveShare { get; init; } = 0.35;

    /// <summary>The chance of error when noise is called a wave.</summary>
    public double WaveSignificance { get; init; } = 0.05;

    /// <summary>The same, for a curve that has come down: what a fitted fall leaves is not white.</summary>
    public double WaveSignificanceBesideFall { get; init; } = 0.0001;

    /// <summary>How many spreads a curve must rise over the window to count as rising.</summary>
    public double RiseSpreads { get; init; } = 3;

    /// <summary>The one-sided chance of error when a curve is called falling.</summary>
    public double FallingSignificance { get; init; } = 0.05;

    /// <summary>The same above a known ceiling, where a fall that is none would pass a run that stands.</summary>
    public double FallingSignificanceAbove { get; init; } = 0.005;

    /// <summary>Above a known ceiling: how many spreads a curve must fall over the window to count as falling.</summary>
    public double FallSpreadsAbove { get; init; } = 2;

    /// <summary>The one-sided chance of error when a curve is called rising: stricter, because it fails a build.</summary>
    public double RisingSignificance { get; init; } = 0.01;

    /// <summary>From so many points on, a level above the ceiling is told from a slow fall; before, only a high one is.</summary>
    public int ManyPoints { get; init; } = 50;

    /// <summary>With fewer points: so many times the ceiling is high, where the curve began near it.</summary>
    public double HighLevel { get; init; } = 1.3;

    /// <summary>With fewer points: so many times the ceiling is high, where the curve began far above it and most of its fall was the beginning's.</summary>
    public double HighLevelAfterFall { get; init; } = 1.7;

    /// <summary>So many times the ceiling is far above it.</summary>
    public double FarAbove { get; init; } = 3.3;

    /// <summary>Without a ceiling: the fewest points on which a level curve is called stagnant.</summary>
    public int FewestForStagnation { get; init; } = 8;
}
