using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio;

/// <summary>What the header of a recording says of it.</summary>
internal sealed record ClipFormMeasure : ContentMeasure<AudioClip, ClipForm>
{
    /// <inheritdoc/>
    protected override ClipForm Compute(FileStamp file, AudioClip content, CancellationToken cancellation)
        => new(content.Seconds, content.SampleRate, content.Channels, content.Frames);
}

/// <summary>The form of a recording.</summary>
/// <param name="Seconds">The duration in seconds.</param>
/// <param name="SampleRate">Frames a second.</param>
/// <param name="Channels">Samples a frame.</param>
/// <param name="Samples">Samples of a channel.</param>
internal sealed record ClipForm(double Seconds, int SampleRate, int Channels, long Samples);
