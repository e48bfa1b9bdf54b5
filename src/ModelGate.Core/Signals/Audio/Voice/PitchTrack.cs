namespace ModelGate.Signals.Audio.Voice;

/// <summary>F0 over time.</summary>
/// <param name="Frequencies">F0 of each frame in hertz; 0 where it is not periodic.</param>
/// <param name="Step">Seconds from a frame to the next; the first is centred on the first sample.</param>
internal sealed record PitchTrack(IReadOnlyList<float> Frequencies, double Step)
{
    /// <summary>No track.</summary>
    public static PitchTrack None { get; } = new([], 1);

    /// <summary>The median of 1200 log2 of the quotient of this track and another, over the times at which both are periodic, in cents; null without any.</summary>
    /// <param name="other">The track that this is held against.</param>
    /// <returns>The offset, and of how many frames it is the median.</returns>
    public (double? Cents, int Frames) OffsetFrom(PitchTrack other)
    {
        var cents = new List<double>();
        for (var frame = 0; frame < Frequencies.Count; frame++)
        {
            var at = (int)Math.Round(frame * Step / other.Step);
            if (at < other.Frequencies.Count && Frequencies[frame] > 0 && other.Frequencies[at] > 0)
            {
                cents.Add(1200 * Math.Log2(Frequencies[frame] / (double)other.Frequencies[at]));
            }
        }

        cents.Sort();
        return (cents.Count == 0 ? null : (cents[(cents.Count - 1) / 2] + cents[cents.Count / 2]) / 2, cents.Count);
    }
}
