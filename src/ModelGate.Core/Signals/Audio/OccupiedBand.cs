namespace ModelGate.Signals.Audio;

/// <summary>
/// Which part of a spectrum is occupied. A recording that was resampled or filtered is empty above its old band, and a spectrum is
/// not flat where most of it is empty, whatever fills the rest.
/// </summary>
/// <remarks>
/// A frequency is occupied where the geometric mean of its power over the active frames is at most 40 dB below the largest. The band reaches from
/// the first occupied one to the last, moved inwards to the edges below, which leaves out the slopes of filters; where less than
/// 1 kHz is left, it is the smallest band between such edges that holds it and is 1 kHz wide: a tone is not narrow noise.
/// </remarks>
internal static class OccupiedBand
{
    /// <summary>How far below the loudest frequency an occupied one may be, in dB.</summary>
    public const double Depth = 40;

    /// <summary>The least width, in Hz.</summary>
    public const double LeastWidth = 1000;

    private const int Bins = FrameSpectra.Bins;

    /// <summary>Where a band may begin: the first of its bins.</summary>
    public static IReadOnlyList<int> Lower { get; } = [0, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 320, 384, 448, 512, 640, 768];

    /// <summary>Where a band may end: the bin after its last.</summary>
    public static IReadOnlyList<int> Upper { get; } =
        [.. Enumerable.Range(1, 31).Select(i => i * 16), .. Enumerable.Range(16, 16).Select(i => i * 32), Bins];

    /// <summary>The occupied band.</summary>
    /// <param name="logarithms">The mean logarithm of each bin's power.</param>
    /// <param name="sampleRate">The sample rate in Hz.</param>
    /// <returns>The places of its edges in <see cref="Lower"/> and <see cref="Upper"/>.</returns>
    public static (int Lower, int Upper) Of(ReadOnlySpan<double> logarithms, int sampleRate)
    {
        var least = double.NegativeInfinity;
        foreach (var value in logarithms)
        {
            least = Math.Max(least, value);
        }

        least -= Depth / 10 * Math.Log(10);
        var first = 0;
        while (logarithms[first] < least)
        {
            first++;
        }

        var last = logarithms.Length - 1;
        while (logarithms[last] < least)
        {
            last--;
        }

        var width = Math.Min(LeastWidth * FrameSeries.FrameLength / sampleRate, Bins);
        var inner = (Lower: IndexOf(Lower, e => e >= first), Upper: LastIndexOf(Upper, e => e <= last + 1));
        if (inner is { Lower: >= 0, Upper: >= 0 } && Upper[inner.Upper] - Lower[inner.Lower] >= width)
        {
            return inner;
        }

        var lower = LastIndexOf(Lower, e => e <= first);
        var upper = IndexOf(Upper, e => e > last && e >= Lower[lower] + width);
        return upper >= 0 ? (lower, upper) : (LastIndexOf(Lower, e => e <= first && e <= Bins - width), Upper.Count - 1);
    }

    private static int IndexOf(IReadOnlyList<int> edges, Func<int, bool> fits)
    {
        for (var i = 0; i < edges.Count; i++)
        {
            if (fits(edges[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static int LastIndexOf(IReadOnlyList<int> edges, Func<int, bool> fits)
    {
        for (var i = edges.Count - 1; i >= 0; i--)
        {
            if (fits(edges[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
