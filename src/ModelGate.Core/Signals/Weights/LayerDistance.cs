namespace ModelGate.Signals.Weights;

/// <summary>How far a matrix is from the same matrix of another model, by their statistics.</summary>
/// <param name="Name">Its name. Text from the file.</param>
/// <param name="Own">Its statistics.</param>
/// <param name="Other">Those of the other model's.</param>
internal sealed record LayerDistance(string Name, TensorStatistics Own, TensorStatistics Other)
{
    private double Spread => Own.StandardDeviation!.Value;

    private double OtherSpread => Other.StandardDeviation!.Value;

    /// <summary>The spread's quotient; infinite or 0 where one of the two is one number throughout.</summary>
    public double Ratio => Spread == OtherSpread ? 1 : Spread / OtherSpread;

    /// <summary>The distance of the spreads in octaves; infinite where one of the two is one number throughout.</summary>
    public double Octaves => Math.Abs(Math.Log2(Ratio));

    /// <summary>The distance of the means in standard deviations; infinite where both are one number throughout, and not the same.</summary>
    public double Deviations => Own.Mean!.Value.Equals(Other.Mean!.Value) ? 0 : Math.Abs(Own.Mean.Value - Other.Mean.Value) / Math.Max(Spread, OtherSpread);

    /// <summary>Whether it is one number throughout where the other is not.</summary>
    public bool IsDead => Spread == 0 && OtherSpread > 0;
}
