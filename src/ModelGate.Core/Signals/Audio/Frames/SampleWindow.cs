namespace ModelGate.Signals.Audio.Frames;

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
