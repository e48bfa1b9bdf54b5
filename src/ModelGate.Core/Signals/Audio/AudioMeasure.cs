using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>A measure on the samples of a recording.</summary>
/// <typeparam name="TResult">What is computed.</typeparam>
internal abstract record AudioMeasure<TResult> : Measure<TResult>, IAudioMeasure
    where TResult : class
{
    /// <inheritdoc/>
    public abstract AudioMeter Begin(AudioClip clip);
}

/// <summary>The part of an <see cref="AudioMeasure{TResult}"/> that needs no types.</summary>
internal interface IAudioMeasure
{
    /// <summary>A meter for one pass over a recording.</summary>
    AudioMeter Begin(AudioClip clip);
}

/// <summary>Listens to the one pass over a recording. It overrides what it listens to: samples, frames, spectra, mel bands, pitch.</summary>
internal abstract class AudioMeter
{
    /// <summary>Whether it listens to spectra, which are computed only where somebody does.</summary>
    public virtual bool NeedsSpectra => false;

    /// <summary>Whether it listens to frames, with their levels.</summary>
    public virtual bool NeedsFrames => false;

    /// <summary>The settings of the mel frames that it listens to, which are computed only where somebody does; null for none.</summary>
    public virtual MelSettings? NeedsMel => null;

    /// <summary>Whether it listens to pitch frames, which are computed only where somebody does.</summary>
    public virtual bool NeedsPitch => false;

    /// <summary>Whether it has to know the mean of the recording before the first sample.</summary>
    public virtual bool NeedsMean => false;

    /// <summary>Takes the mean of all samples, before the first of them, where it <see cref="NeedsMean"/>.</summary>
    public virtual void Begin(double mean)
    {
    }

    /// <summary>Takes the next samples of all channels, interleaved, in file order; integers are scaled to [-1, 1), floats are as they are.</summary>
    public virtual void Add(ReadOnlySpan<float> interleaved)
    {
    }

    /// <summary>Takes the next samples of the mean of the channels, or of the channel that it measures. It is not called from the first block on that holds a sample that is not finite; nor are those below.</summary>
    public virtual void Add(ReadOnlySpan<double> mono)
    {
    }

    /// <summary>Takes the next mel frames.</summary>
    public virtual void Add(MelFrames frames)
    {
    }

    /// <summary>Takes the next pitch frame.</summary>
    public virtual void Add(PitchFrame frame)
    {
    }

    /// <summary>Takes the next frames.</summary>
    public virtual void Add(FrameSeries frames)
    {
    }

    /// <summary>Takes the next frames with their power spectra. It is not called from the first sample on that is not finite.</summary>
    public virtual void Add(FrameSeries frames, SpectrumBlock spectra)
    {
    }

    /// <summary>What was measured, after the last sample.</summary>
    /// <param name="nonFinite">The samples, over all channels, that are NaN or infinite.</param>
    public abstract object Finish(long nonFinite);
}
