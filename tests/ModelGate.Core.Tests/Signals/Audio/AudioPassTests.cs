using ModelGate.Artifacts;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>One pass feeds every meter, however a recording is cut into blocks and whatever it holds.</summary>
public class AudioPassTests
{
    [Fact]
    public void All_signals_at_once_are_each_by_itself()
    {
        var clip = WaveBytes.ReadFixture("voices/u01-original.wav");
        var together = Readings.OfAll(clip);

        foreach (var signal in together.Keys)
        {
            Readings.OfWhole(signal, clip).Should().Be(together[signal], signal);
        }
    }

    // Three channels move the borders of every block.
    [Fact]
    public void Equal_channels_measure_as_one()
    {
        var mono = WaveBytes.ReadFixture("voices/u01-original.wav");
        var three = new AudioClip("made", mono.Encoding, mono.SampleRate, 3, mono.Frames, new Copies(mono.Samples, 3));
        var expected = Readings.OfAll(mono);

        var found = Readings.OfAll(three);

        foreach (var (signal, value) in found.Where(v => v.Key is not ("integrated-loudness" or "channel-cancellation")))
        {
            value.Should().Be(expected[signal], signal);
        }

        found["channel-cancellation"].Should().BeApproximately(0, 1e-12);
        found["integrated-loudness"].Should().BeApproximately(expected["integrated-loudness"]!.Value + (10 * Math.Log10(3)), 1e-9);
    }

    [Fact]
    public void One_sample_that_is_not_finite_leaves_no_value_but_what_counts_it()
    {
        foreach (var (signal, value) in Readings.OfAll(WaveBytes.ReadFixture("u01-inf-some.wav")))
        {
            value.Should().Be(signal == "non-finite-samples" ? 3 : null, signal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(2047)]
    public void Below_a_frame_nothing_is_said_of_frames(int samples)
    {
        var values = Readings.OfAll(MadeClip.Of(MadeClip.Noise(0.1, samples)));

        foreach (var signal in new[] { "silent-share", "level-deviation", "mel-deviation", "periodic-share", "spectral-centroid", "zero-crossings-active", "kilohertz-lines" })
        {
            values[signal].Should().BeNull(signal);
        }

        values["peak"].HasValue.Should().Be(samples > 0);
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(5000)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(35_000)]
    public void Every_length_has_all_values(int samples)
    {
        // A saw of 200 Hz.
        var values = Readings.OfAll(MadeClip.Of(MadeClip.Saw(200, samples)));

        values["periodic-share"].Should().BeGreaterThan(0.3);
        values["voice-pitch"].Should().BeApproximately(200, 0.5);
        values["mel-contrast"].Should().BeGreaterThan(0);
        values["zero-crossings"].Should().BeApproximately(400, 20);
        values["silent-share"].Should().Be(0);
    }

    [Fact]
    public void Digital_silence_has_no_voice()
    {
        var values = Readings.OfAll(MadeClip.Of(MadeClip.Silence(48_000)));

        values["silent-share"].Should().Be(1);
        values["longest-silence"].Should().BeApproximately(1, 0.02);
        values["zero-crossings"].Should().Be(0);
        values["plateau-run"].Should().Be(48_000);
        foreach (var signal in new[]
        {
            "crest-factor", "level-deviation", "mel-deviation", "mel-contrast", "mel-delta", "periodic-share", "voice-pitch", "pitch-range", "pitch-span", "noise-floor", "silence-level",
            "active-level", "spectral-centroid", "spectral-rolloff", "integrated-loudness", "true-peak", "zero-crossings-active", "frame-rate-pitch", "frame-rate-lines", "kilohertz-lines",
        })
        {
            values[signal].Should().BeNull(signal);
        }
    }

    // What is short is held after it was decoded; what is long is decoded twice. Neither changes a value.
    [Theory]
    [InlineData(1 << 20, 1)]
    [InlineData((1 << 20) + 1, 2)]
    public void The_mean_is_known_before_the_pass(int samples, int decoded)
    {
        var source = new CountingSource();
        var clip = new AudioClip("made", "pcm_f32le", 48_000, 1, samples, source);

        // 0.25 with a third of the samples 0.75 above it changes its sign only where the mean is removed.
        Readings.OfWhole("zero-crossings", clip).Should().BeApproximately(32_000, 1);
        source.Samples.Should().Be((long)samples * decoded);
    }

    [Fact]
    public void Without_a_meter_that_needs_the_mean_a_recording_is_decoded_once()
    {
        var source = new CountingSource();
        Readings.OfWhole("rms", new AudioClip("made", "pcm_f32le", 48_000, 1, 2 << 20, source));

        source.Samples.Should().Be(2 << 20);
    }

    private sealed class Copies(ISampleSource source, int channels) : ISampleSource
    {
        public int Read(long firstFrame, Span<float> destination)
        {
            var samples = new float[destination.Length / channels];
            var read = source.Read(firstFrame, samples);
            for (var i = 0; i < read * channels; i++)
            {
                destination[i] = samples[i / channels];
            }

            return read;
        }
    }

    private sealed class CountingSource : ISampleSource
    {
        public long Samples { get; private set; }

        public int Read(long firstFrame, Span<float> destination)
        {
            for (var i = 0; i < destination.Length; i++)
            {
                destination[i] = (firstFrame + i) % 3 == 0 ? 1 : 0.25f;
            }

            Samples += destination.Length;
            return destination.Length;
        }
    }
}
