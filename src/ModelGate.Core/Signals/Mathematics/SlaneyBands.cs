namespace ModelGate.Signals.Mathematics;

/// <summary>Triangular mel bands of equal area on Slaney's scale, as librosa.filters.mel makes them: linear up to 1 kHz, logarithmic above.</summary>
internal sealed class SlaneyBands
{
    private const double Break = 1000;
    private const double HertzPerMel = 200.0 / 3;
    private const double MelsAtBreak = Break / HertzPerMel;

    private static readonly double LogStep = Math.Log(6.4) / 27;

    /// <summary>Creates bands.</summary>
    /// <param name="rate">The sample rate.</param>
    /// <param name="length">Samples of a transform.</param>
    /// <param name="count">The number of bands.</param>
    /// <param name="highest">The upper edge of the last band in hertz.</param>
    /// <param name="lowest">The lower edge of the first band in hertz.</param>
    public SlaneyBands(int rate, int length, int count, double highest, double lowest = 0)
    {
        var (bottom, top) = (Mel(lowest), Mel(highest));
        double Edge(int i) => Hertz(bottom + ((top - bottom) * i / (count + 1)));
        Bands = [.. Enumerable.Range(0, count).Select(b => Band(Edge(b), Edge(b + 1), Edge(b + 2), (double)rate / length, length / 2))];
    }

    /// <summary>The first bin and the weights of each band; some have none, where a bin is wider than the band.</summary>
    public IReadOnlyList<(int First, double[] Weights)> Bands { get; }

    private static (int First, double[] Weights) Band(double low, double middle, double high, double width, int lastBin)
    {
        var first = (int)Math.Floor(low / width) + 1;
        var last = Math.Min(lastBin, (int)Math.Ceiling(high / width) - 1);
        return last < first
            ? (0, [])
            : (first, [.. Enumerable.Range(first, last - first + 1).Select(k => 2 / (high - low) * Math.Max(0, Math.Min(((k * width) - low) / (middle - low), (high - (k * width)) / (high - middle))))]);
    }

    private static double Mel(double hertz) => hertz < Break ? hertz / HertzPerMel : MelsAtBreak + (Math.Log(hertz / Break) / LogStep);

    private static double Hertz(double mel) => mel < MelsAtBreak ? mel * HertzPerMel : Break * Math.Exp(LogStep * (mel - MelsAtBreak));
}
