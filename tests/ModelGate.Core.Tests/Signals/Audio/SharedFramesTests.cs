using ModelGate.Signals.Audio;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>The mel and pitch frames that a pass shares among its meters.</summary>
public class SharedFramesTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(40_000)]
    [InlineData(44_100)]
    [InlineData(96_000)]
    public void Pitch_frames_are_those_of_YIN_computed_sum_by_sum(int rate)
    {
        var random = new Random(rate);
        var samples = Enumerable.Range(0, Math.Max(4096, rate / 4)).Select(i => (0.3 * Math.Sin(2 * Math.PI * (150 + (100.0 * i / rate)) * i / rate)) + (0.05 * random.NextDouble()) + 0.1).ToArray();
        var clip = MadeClip.Of(samples) with { SampleRate = rate };
        var listener = new PitchListener();

        AudioPass.Run(clip, [listener], CancellationToken.None);

        var expected = SlowYin(samples.Select(s => (double)(float)s).ToArray(), rate);
        listener.Frames.Should().HaveCount(expected.Count);
        foreach (var (found, wanted) in listener.Frames.Zip(expected))
        {
            found.IsActive.Should().Be(wanted.IsActive);
            if (wanted.IsActive)
            {
                found.Aperiodicity.Should().BeApproximately(wanted.Aperiodicity, 1e-9);
                found.Frequency.Should().BeApproximately(wanted.Frequency, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(3071)]
    [InlineData(3072)]
    [InlineData(50_000)]
    public void There_are_as_many_mel_and_pitch_frames_as_librosa_has(int length)
    {
        var clip = MadeClip.Of(MadeClip.Noise(0.1, length)) with { SampleRate = 22_050 };
        var (mel, pitch) = (new MelListener(), new PitchListener());

        AudioPass.Run(clip, [mel, pitch], CancellationToken.None);

        mel.Frames.Should().Be(1 + ((length + 768 - 1024) / 256));
        pitch.Frames.Should().HaveCount(1 + (length / 256));
    }

    private static List<PitchFrame> SlowYin(double[] samples, int rate)
    {
        var mean = samples.Average();
        var length = (int)Math.Pow(2, Math.Ceiling(Math.Log2(0.04 * rate)));
        var (hop, low, high) = (length / 4, (int)Math.Floor(rate / 800.0), (int)Math.Ceiling(rate / 65.0));
        double At(int i) => i < 0 || i >= samples.Length ? 0 : samples[i] - mean;
        var result = new List<PitchFrame>();
        for (var start = -length / 2; start <= samples.Length - (length / 2); start += hop)
        {
            var frame = Enumerable.Range(start, length).Select(At).ToArray();
            double Correlation(int k) => Enumerable.Range(0, length - k).Sum(i => frame[i] * frame[i + k]);
            var zero = Correlation(0);
            var differences = Enumerable.Range(0, high + 1).Select(k => (2 * (zero - Correlation(k))) - frame.Take(k).Sum(s => s * s)).ToArray();
            var (sum, normal) = (0.0, new double[high + 1]);
            for (var k = 1; k <= high; k++)
            {
                sum += differences[k];
                normal[k] = differences[k] * k / (sum + double.Epsilon);
            }

            var isActive = Math.Sqrt(zero / length) > 0.001;
            var range = normal[low..];
            var at = range.Min() < 0.1
                ? Enumerable.Range(0, range.Length).First(k => range[k] < 0.1 && (k == 0 || range[k] < range[k - 1]) && (k == range.Length - 1 || (k == 0 ? range[k] < range[k + 1] : range[k] <= range[k + 1])))
                : Array.IndexOf(range, range.Min());
            var shift = 0.0;
            if (at > 0 && at < range.Length - 1)
            {
                var (curve, slope) = (range[at + 1] + range[at - 1] - (2 * range[at]), (range[at + 1] - range[at - 1]) / 2);
                shift = Math.Abs(slope) >= Math.Abs(curve) ? 0 : -slope / curve;
            }

            result.Add(new PitchFrame(isActive, range.Min(), isActive && range.Min() < 0.2 ? rate / (low + at + shift) : 0));
        }

        return result;
    }

    private sealed class PitchListener : AudioMeter
    {
        public List<PitchFrame> Frames { get; } = [];

        public override bool NeedsPitch => true;

        public override void Add(PitchFrame frame) => Frames.Add(frame);

        public override object Finish(long nonFinite) => this;
    }

    private sealed class MelListener : AudioMeter
    {
        public int Frames { get; private set; }

        public override ModelGate.Signals.Mathematics.MelSettings NeedsMel => ModelGate.Signals.Mathematics.MelSettings.HifiGan;

        public override void Add(MelFrames frames)
        {
            frames.First.Should().Be(Frames);
            Frames += frames.Count;
        }

        public override object Finish(long nonFinite) => this;
    }
}
