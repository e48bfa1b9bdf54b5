namespace ModelGate.Readers.Wave;

/// <summary>How samples are coded; the values are the format tags of the fmt chunk.</summary>
internal enum WaveCodec
{
    Pcm = 1,
    Float = 3,
    ALaw = 6,
    MuLaw = 7,
}

/// <summary>What a fmt chunk says of the samples.</summary>
/// <param name="Codec">How a sample is coded.</param>
/// <param name="Channels">Samples a frame.</param>
/// <param name="SampleRate">Frames a second.</param>
/// <param name="Container">Bytes a sample.</param>
internal sealed record WaveForm(WaveCodec Codec, int Channels, int SampleRate, int Container)
{
    /// <summary>Bytes a frame.</summary>
    public int FrameBytes => Channels * Container;

    /// <summary>The encoding as FFmpeg calls it.</summary>
    public string Encoding => (Codec, Container) switch
    {
        (WaveCodec.ALaw, _) => "pcm_alaw",
        (WaveCodec.MuLaw, _) => "pcm_mulaw",
        (WaveCodec.Float, 4) => "pcm_f32le",
        (WaveCodec.Float, _) => "pcm_f64le",
        (_, 1) => "pcm_u8",
        (_, 2) => "pcm_s16le",
        (_, 3) => "pcm_s24le",
        _ => "pcm_s32le",
    };
}
