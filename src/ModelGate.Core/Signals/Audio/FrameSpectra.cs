using System.Runtime.Intrinsics;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>The power spectra of frames under a periodic Hann window, four frames at a time.</summary>
/// <param name="frameLength">Samples a frame: a power of two.</param>
/// <param name="hopLength">Samples from a frame to the next.</param>
internal sealed class FrameSpectra(int frameLength = FrameSeries.FrameLength, int hopLength = FrameSeries.HopLength)
{
    /// <summary>Frequencies of the spectrum of a frame of <see cref="FrameSeries"/>, from zero to half the sample rate.</summary>
    public const int Bins = (FrameSeries.FrameLength / 2) + 1;

    private readonly RealFourierTransform transform = new(frameLength);
    private readonly double[] window = [.. Enumerable.Range(0, frameLength).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / frameLength)))];
    private readonly LaneBuffer windowed = new(frameLength);
    private readonly LaneBuffer powers = new((frameLength / 2) + 1);

    /// <summary>The spectra of the current frames, a lane each; they hold until the next call.</summary>
    public ReadOnlySpan<Vector256<double>> Power(FrameSeries frames) => Power(frames.Current);

    /// <summary>The spectra of four frames, a lane each; they hold until the next call.</summary>
    /// <param name="samples">The samples under them: frame j begins at j times the hop.</param>
    public ReadOnlySpan<Vector256<double>> Power(ReadOnlySpan<double> samples)
    {
        ReadOnlySpan<double> frame0 = samples[..frameLength], frame1 = samples.Slice(hopLength, frameLength);
        ReadOnlySpan<double> frame2 = samples.Slice(2 * hopLength, frameLength), frame3 = samples.Slice(3 * hopLength, frameLength);
        ReadOnlySpan<double> weights = window;
        var destination = windowed.Span;
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = Vector256.Create(frame0[i], frame1[i], frame2[i], frame3[i]) * weights[i];
        }

        var spectrum = powers.Span;
        transform.Power(destination, spectrum);
        return spectrum;
    }
}
