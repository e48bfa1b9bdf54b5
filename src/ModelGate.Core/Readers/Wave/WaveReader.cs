using ModelGate.Artifacts;

namespace ModelGate.Readers.Wave;

/// <summary>
/// Reads WAVE files (RIFF, RF64, BW64): PCM of 8 to 32 bits, float, A-law and mu-law, up to 64 channels. The container is walked
/// here under guard; NAudio sees nothing but bounded sample bytes.
/// </summary>
[Reader(ReaderAttribute.BySignature + 30)]
internal sealed class WaveReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => "wave";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
        => head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var walk = new WaveWalk(source, budget);
        walk.Run();
        var form = walk.Form!;
        var samples = new WaveSamples(source, form, walk.DataOffset, walk.DataBytes);
        return new AudioClip(Format, form.Encoding, form.SampleRate, form.Channels, samples.Frames, samples) { Warnings = walk.Warnings };
    }
}
