using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>Periodicity and pitch by YIN (de Cheveigné and Kawahara 2002) with librosa's difference function, shown to every meter that listens to it.</summary>
/// <remarks>
/// <para>
/// Frames of n = 2^⌈log2(0.04 rate)⌉ samples every n/4, n/2 zeros at both ends, the mean removed; a = autocorrelation in the frame; d(k) = 2(a0 - ak) - Σ of the first k squares;
/// d'(k) = d(k) k / Σ d(1..k); lags ⌊rate/800⌋ to ⌈rate/65⌉. A frame is periodic where its RMS is above -60 dBFS and d' falls below 0.2; F0 is that of the first trough below 0.1, else of
/// the least d', with a parabola through its neighbours.
/// </para>
/// <para>
/// A frame is four blocks of n/4 samples, and the lags are below n/2. So its autocorrelation is the sum of the correlations of each block with itself and the two that follow in the frame, and
/// spectra of single blocks, padded to n, are enough: each is computed once for the four frames that hold it, and nothing wraps around into the lags.
/// </para>
/// </remarks>
internal sealed class PitchFrameSeries : AudioMeter
{
    private const double LowestPitch = 65;
    private const double HighestPitch = 800;
    private const double FrameSeconds = 0.04;
    private const int ShortestFrame = 64;
    private const int Lanes = RealFourierTransform.Lanes;

    private readonly IReadOnlyList<AudioMeter> listeners;
    private readonly int rate;
    private readonly int hop;
    private readonly int shortest;
    private readonly int longest;
    private readonly long total;
    private readonly RealFourierTransform transform;

    // Four blocks, and the four that follow them. The spectra stand likewise: eight numbers a frequency, a block each.
    private readonly double[] samples;
    private readonly double[] realParts;
    private readonly double[] imaginaryParts;
    private readonly LaneBuffer input;
    private readonly LaneBuffer real;
    private readonly LaneBuffer imaginary;
    private readonly LaneBuffer differences;
    private double mean;
    private long next = -Lanes;
    private int filled;

    public PitchFrameSeries(AudioClip clip, IReadOnlyList<AudioMeter> listeners)
    {
        this.listeners = listeners;
        rate = clip.SampleRate;
        var length = LengthOf(rate);
        hop = length / 4;
        shortest = Math.Max(1, (int)Math.Floor(rate / HighestPitch));
        longest = (int)Math.Ceiling(rate / LowestPitch);
        total = 1 + (clip.Frames / hop);
        transform = new RealFourierTransform(length);
        samples = new double[2 * Lanes * hop];
        (realParts, imaginaryParts) = (new double[2 * Lanes * transform.Bins], new double[2 * Lanes * transform.Bins]);
        (input, real, imaginary, differences) = (new LaneBuffer(length), new LaneBuffer(transform.Bins), new LaneBuffer(transform.Bins), new LaneBuffer(longest + 1));

        // The zeros in front of the first sample.
        filled = (Lanes * hop) + (2 * hop);
    }

    /// <inheritdoc/>
    public override bool NeedsMean => true;

    /// <summary>Samples from a frame to the next.</summary>
    public static int HopOf(int rate) => LengthOf(rate) / 4;

    /// <inheritdoc/>
    public override void Begin(double mean) => this.mean = mean;

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<double> mono)
    {
        while (!mono.IsEmpty)
        {
            var part = mono[..Math.Min(mono.Length, samples.Length - filled)];
            TensorPrimitives.Subtract(part, mean, samples.AsSpan(filled));
            filled += part.Length;
            mono = mono[part.Length..];
            Go();
        }
    }

    /// <summary>Shows the last frames.</summary>
    public override object Finish(long nonFinite)
    {
        while (nonFinite == 0 && next < total)
        {
            samples.AsSpan(filled).Clear();
            filled = samples.Length;
            Go();
        }

        return this;
    }

    private static int LengthOf(int rate) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(ShortestFrame, Math.Ceiling(FrameSeconds * rate)));

    private void Go()
    {
        if (filled < samples.Length)
        {
            return;
        }

        TransformBlocks();
        if (next >= 0)
        {
            Show();
        }

        samples.AsSpan(Lanes * hop).CopyTo(samples);
        filled = Lanes * hop;
        next += Lanes;
    }

    private void TransformBlocks()
    {
        var target = input.Span;
        ReadOnlySpan<double> first = samples.AsSpan(4 * hop, hop), second = samples.AsSpan(5 * hop, hop), third = samples.AsSpan(6 * hop, hop), fourth = samples.AsSpan(7 * hop, hop);
        for (var i = 0; i < first.Length; i++)
        {
            target[i] = Vector256.Create(first[i], second[i], third[i], fourth[i]);
        }

        target[hop..].Clear();
        transform.Transform(target, real.Span, imaginary.Span);
        Keep(real.Span, realParts);
        Keep(imaginary.Span, imaginaryParts);
    }

    private static void Keep(ReadOnlySpan<Vector256<double>> spectrum, Span<double> parts)
    {
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(parts);
        for (var k = 0; k < spectrum.Length; k++)
        {
            vectors[2 * k] = vectors[(2 * k) + 1];
            vectors[(2 * k) + 1] = spectrum[k];
        }
    }

    private void Show()
    {
        var powers = Powers();
        var active = false;
        for (var lane = 0; lane < Lanes; lane++)
        {
            active |= IsActive(powers[lane]);
        }

        var least = Vector256.Create(double.NaN);
        if (active)
        {
            Correlate();
            least = Normalise(powers);
        }

        for (var lane = 0; lane < Lanes && next + lane < total; lane++)
        {
            var isActive = IsActive(powers[lane]);
            var frame = new PitchFrame(isActive, isActive ? least[lane] : double.NaN, isActive && least[lane] < PitchFrame.PeriodicBelow ? rate / Period(lane, least[lane]) : 0);
            foreach (var listener in listeners)
            {
                listener.Add(frame);
            }
        }
    }

    private bool IsActive(double power) => Math.Sqrt(power / (4 * hop)) > FrameSeries.ActiveLevel;

    // The sum of the squares of each frame.
    private Vector256<double> Powers()
    {
        Span<double> squares = stackalloc double[2 * Lanes];
        for (var i = 0; i < squares.Length; i++)
        {
            squares[i] = LaneSums.Squares(samples.AsSpan(i * hop, hop));
        }

        var sum = Vector256<double>.Zero;
        for (var i = 0; i < 4; i++)
        {
            sum += Vector256.Create<double>(squares[i..]);
        }

        return sum;
    }

    // The correlation of x with y is conj(X)·Y, and a block that begins j quarters later is turned by (-i)^jk. What comes of it is the spectrum R + iI of a real sequence: the
    // inverse transform of that is the Hartley transform of R - I, which is the difference of the parts of the Fourier transform.
    private void Correlate()
    {
        ReadOnlySpan<double> re = realParts, im = imaginaryParts;
        var target = input.Span;
        var length = 4 * hop;
        for (var k = 0; k <= length / 2; k++)
        {
            ReadOnlySpan<double> reAt = re.Slice(2 * Lanes * k, 2 * Lanes), imAt = im.Slice(2 * Lanes * k, 2 * Lanes);
            Vector256<double> re0 = Vector256.Create(reAt), re1 = Vector256.Create(reAt[1..]), re2 = Vector256.Create(reAt[2..]), re3 = Vector256.Create(reAt[3..]);
            Vector256<double> im0 = Vector256.Create(imAt), im1 = Vector256.Create(imAt[1..]), im2 = Vector256.Create(imAt[2..]), im3 = Vector256.Create(imAt[3..]);
            var own = (re0 * re0) + (im0 * im0) + (re1 * re1) + (im1 * im1) + (re2 * re2) + (im2 * im2) + (re3 * re3) + (im3 * im3);
            var nextRe = (re0 * re1) + (im0 * im1) + (re1 * re2) + (im1 * im2) + (re2 * re3) + (im2 * im3);
            var nextIm = (re0 * im1) - (im0 * re1) + (re1 * im2) - (im1 * re2) + (re2 * im3) - (im2 * re3);
            var secondRe = (re0 * re2) + (im0 * im2) + (re1 * re3) + (im1 * im3);
            var secondIm = (re0 * im2) - (im0 * re2) + (re1 * im3) - (im1 * re3);
            var (sumRe, sumIm) = (k & 3) switch
            {
                0 => (own + nextRe + secondRe, nextIm + secondIm),
                1 => (own + nextIm - secondRe, -nextRe - secondIm),
                2 => (own - nextRe + secondRe, secondIm - nextIm),
                _ => (own - nextIm - secondRe, nextRe - secondIm),
            };
            target[k] = sumRe - sumIm;
            if (k > 0)
            {
                target[length - k] = sumRe + sumIm;
            }
        }

        transform.Transform(target, real.Span, imaginary.Span);
    }

    // Computes d' for all lags, and returns the least of each frame in the range of pitch.
    private Vector256<double> Normalise(Vector256<double> powers)
    {
        ReadOnlySpan<Vector256<double>> re = real.Span, im = imaginary.Span;
        ReadOnlySpan<double> first = samples.AsSpan(0, 4 * hop), second = samples.AsSpan(hop, 4 * hop), third = samples.AsSpan(2 * hop, 4 * hop), fourth = samples.AsSpan(3 * hop, 4 * hop);
        var target = differences.Span;
        var scale = Vector256.Create(1.0 / (4 * hop));
        var tiny = Vector256.Create(2.2250738585072014e-308);
        Vector256<double> squares = default, sum = default;
        var least = Vector256.Create(double.PositiveInfinity);
        for (var k = 1; k <= longest; k++)
        {
            var sample = Vector256.Create(first[k - 1], second[k - 1], third[k - 1], fourth[k - 1]);
            squares += sample * sample;
            var difference = ((powers - ((re[k] - im[k]) * scale)) * 2) - squares;
            sum += difference;
            if (k >= shortest)
            {
                var normalised = difference * k / (sum + tiny);
                target[k] = normalised;
                least = Vector256.MinNative(least, normalised);
            }
        }

        return least;
    }

    private double Period(int lane, double least)
    {
        var differences = MemoryMarshal.Cast<Vector256<double>, double>(this.differences.Span);
        double At(ReadOnlySpan<double> values, int k) => values[(k * Lanes) + lane];
        var at = shortest;
        while (!At(differences, at).Equals(least) && at < longest)
        {
            at++;
        }

        for (var k = shortest; least < PitchFrame.TroughBelow && k < at; k++)
        {
            var value = At(differences, k);
            if (value < PitchFrame.TroughBelow
                && (k == shortest ? value < At(differences, k + 1) : value < At(differences, k - 1) && value <= At(differences, k + 1)))
            {
                at = k;
            }
        }

        if (at == shortest || at == longest)
        {
            return at;
        }

        var curve = At(differences, at + 1) + At(differences, at - 1) - (2 * At(differences, at));
        var slope = (At(differences, at + 1) - At(differences, at - 1)) / 2;
        return Math.Abs(slope) >= Math.Abs(curve) ? at : at - (slope / curve);
    }
}

/// <summary>What YIN says of a frame.</summary>
/// <param name="IsActive">Whether its RMS is above -60 dBFS.</param>
/// <param name="Aperiodicity">The least normalised difference; NaN where the frame is not active.</param>
/// <param name="Frequency">F0 in hertz; 0 where the frame is not periodic.</param>
internal readonly record struct PitchFrame(bool IsActive, double Aperiodicity, double Frequency)
{
    /// <summary>The aperiodicity below which an active frame is periodic.</summary>
    public const double PeriodicBelow = 0.2;

    /// <summary>The normalised difference below which the first trough is taken.</summary>
    public const double TroughBelow = 0.1;

    /// <summary>Whether it is periodic.</summary>
    public bool IsPeriodic => Frequency > 0;
}
