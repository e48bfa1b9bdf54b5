namespace ModelGate.Signals.Audio.Voice;

/// <summary>A stretch of a recording in memory, and where in it it lies.</summary>
/// <param name="samples">The samples.</param>
/// <param name="start">The index of the first of them in the recording.</param>
/// <param name="total">The samples of the recording.</param>
internal readonly ref struct SampleWindow(ReadOnlySpan<float> samples, long start, long total)
{
    /// <summary>The samples.</summary>
    public ReadOnlySpan<float> Samples { get; } = samples;

    /// <summary>The index of the first of them.</summary>
    public long Start { get; } = start;

    /// <summary>The samples of the recording.</summary>
    public long Total { get; } = total;

    /// <summary>Whether a frame can be taken from it: the frame ends inside of it, or behind the recording.</summary>
    public bool Covers(long frameEnd) => frameEnd <= Start + Samples.Length || Start + Samples.Length == Total;

    /// <summary>The samples of a frame, with zeros before the recording and behind it.</summary>
    public void CopyTo(long frameStart, Span<double> destination, double mean)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var at = frameStart + i;
            destination[i] = at < 0 || at >= Total ? 0 : Samples[(int)(at - Start)] - mean;
        }
    }

    /// <summary>The samples of a frame, with the first and the last repeated before the recording and behind it.</summary>
    public void CopyHeldTo(long frameStart, Span<double> destination, double mean)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = Samples[(int)(Math.Clamp(frameStart + i, 0, Total - 1) - Start)] - mean;
        }
    }

    /// <summary>The samples of a frame, mirrored at both ends of the recording.</summary>
    public void CopyMirroredTo(long frameStart, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var at = Math.Abs(frameStart + i);
            at = at >= Total ? (2 * (Total - 1)) - at : at;
            destination[i] = Samples[(int)(at - Start)];
        }
    }
}
