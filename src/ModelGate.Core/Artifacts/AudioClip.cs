namespace ModelGate.Artifacts;

/// <summary>A recording: its form, and its samples on demand.</summary>
/// <param name="Format">The container, such as <c>wave</c>.</param>
/// <param name="Encoding">The sample encoding, such as <c>pcm_s16le</c> or <c>pcm_f32le</c> (FFmpeg's names).</param>
/// <param name="SampleRate">Frames a second.</param>
/// <param name="Channels">Samples a frame.</param>
/// <param name="Frames">The number of frames.</param>
/// <param name="Samples">The decoded samples.</param>
internal sealed record AudioClip(string Format, string Encoding, int SampleRate, int Channels, long Frames, ISampleSource Samples)
    : Artifact(Format)
{
    /// <inheritdoc/>
    public override string Kind => "audio";

    /// <summary>Duration in seconds.</summary>
    public double Seconds => (double)Frames / SampleRate;
}

/// <summary>Samples of a recording, read on demand.</summary>
internal interface ISampleSource
{
    /// <summary>
    /// Copies interleaved samples, integers scaled to [-1, 1), floats as they are, from <paramref name="firstFrame"/> on, and returns
    /// the number of whole frames copied, which is smaller than what <paramref name="destination"/> holds only at the end.
    /// </summary>
    int Read(long firstFrame, Span<float> destination);
}
