namespace ModelGate.Signals.Audio;

/// <summary>The power of a recording over time and frequency, coarse enough for a picture.</summary>
/// <remarks>
/// The frames of <see cref="FrameSeries"/>, of the mean of the channels. A cell holds the mean power of its frames and bins in decibels below the loudest
/// cell, and none under <see cref="Floor"/>: recordings of different levels look alike where their spectra are. Memory does not depend
/// on the length.
/// </remarks>
/// <param name="Seconds">The duration that the columns span.</param>
/// <param name="HighestFrequency">Half the sample rate, in hertz, that the rows span from zero.</param>
/// <param name="Columns">A column a time, from the lowest frequency up; dB, from <see cref="Floor"/> to 0.</param>
internal sealed record Spectrogram(double Seconds, double HighestFrequency, IReadOnlyList<float[]> Columns)
{
    /// <summary>The lowest value, in dB.</summary>
    public const float Floor = -80;
}
