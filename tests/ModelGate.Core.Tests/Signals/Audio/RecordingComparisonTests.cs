using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Frames;
using ModelGate.Signals.Audio.Pairs;
using ModelGate.Signals.Audio.Voice;
using ModelGate.Signals.Mathematics;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>An output against its reference, against values that librosa, soxr and numpy computed: Fixtures/audio/voices/expected.json.</summary>
public class RecordingComparisonTests
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var pair in VoiceSignalsTests.Expected().GetProperty("pairs").EnumerateArray())
            {
                data.Add(pair.GetProperty("output").GetString()!, pair.GetProperty("reference").GetString()!);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_distance_is_that_of_librosa_and_numpy(string output, string reference)
    {
        var expected = VoiceSignalsTests.Expected().GetProperty("pairs").EnumerateArray().Single(p => p.GetProperty("output").GetString() == output);
        var found = Compare(output, reference);

        // Of different rates, the one is resampled: not by soxr here.
        var resampled = expected.GetProperty("outputRate").GetInt32() != expected.GetProperty("referenceRate").GetInt32();
        void Agree(string field, double? value, double tolerance, double toleranceResampled)
        {
            var wanted = expected.GetProperty(field);
            if (wanted.ValueKind == JsonValueKind.Null)
            {
                value.Should().BeNull(field);
            }
            else
            {
                value.Should().BeApproximately(wanted.GetDouble(), resampled ? toleranceResampled : tolerance, field);
            }
        }

        Agree("logMelL1", found.Mel!.All, 1e-4, 2e-3);
        Agree("logMelL1Active", found.Mel.Active, 1e-4, 2e-3);
        Agree("logMelL1ActiveLevelled", found.Mel.Levelled, 1e-4, 2e-3);
        Agree("mcdMfcc", found.Distortion, 1e-4, 0.05);
        Agree("stftConvergence", found.StftConvergence, 1e-5, 2e-3);
        Agree("stftLogMagnitude", found.StftLogMagnitude, 1e-5, 0.02);
        Agree("outputWhereReferenceSilentDb", found.Pauses!.PauseDecibels, 1e-4, 1e-3);
        Agree("dropoutShare", found.Pauses.DropoutShare, 1e-9, 1e-3);
        Agree("yinF0OffsetCents", Voice(output).Track.OffsetFrom(Voice(reference).Track).Cents, 1e-3, 5);
    }

    [Fact]
    public void A_recording_is_itself()
    {
        var found = Compare("u06-original.wav", "u06-original.wav");

        found.Mel!.All.Should().Be(0);
        found.Distortion.Should().Be(0);
        found.StftConvergence.Should().Be(0);
        found.CentroidRatio.Should().Be(1);
        found.Pauses!.DropoutShare.Should().Be(0);
        found.Mel.Correlation.Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void Above_a_minute_alignments_stay_near_the_diagonal_and_that_is_said()
    {
        // The same minute and more, once with two seconds of silence before it: within the band.
        var speech = Repeated("u01-original.wav", 62);
        var late = speech with { Samples = [.. new float[2 * speech.SampleRate], .. speech.Samples] };
        var (mel, lateMel) = (Mel(speech), Mel(late));

        var path = MelCepstralDistance.Of(lateMel, mel, speech.SampleRate, TestContext.Current.CancellationToken);

        path.IsBanded.Should().BeTrue();
        path.Decibels.Should().BeLessThan(1.5);
        MelCepstralDistance.Of(Mel(Repeated("u01-original.wav", 5)), Mel(Repeated("u01-original.wav", 5)), 16_000, TestContext.Current.CancellationToken).IsBanded.Should().BeFalse();
    }

    // At 100 Hz, 2 MB of samples are an hour and more, and a frame is longer than the steps between marks: every row is one, and all columns of all rows would be 256 MB.
    [Fact]
    public void An_hour_at_a_low_rate_takes_little_memory()
    {
        const int Samples = 1 << 20;
        var random = new Random(1);
        var mel = Mel(new MonoRecording([.. Enumerable.Range(0, Samples).Select(_ => (float)(random.NextDouble() - 0.5))], 100, 0, true));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var path = MelCepstralDistance.Of(mel, mel, 100, TestContext.Current.CancellationToken);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(16 << 20);
        path.Decibels.Should().Be(0);
        path.Frames.Should().Equal(Enumerable.Range(0, mel.Frames).Select(i => (i, i)));
        path.Furthest!.Value.Time.To.Should().BeLessThanOrEqualTo(Samples / 100.0 + 2.56);
    }

    [Theory]
    [InlineData(48_000, 16_000, 1000)]
    [InlineData(44_100, 16_000, 3000)]
    [InlineData(48_000, 44_100, 15_000)]
    [InlineData(24_000, 22_050, 9000)]
    [InlineData(48_000, 47_999, 5000)]
    public void A_sine_is_the_same_sine_at_a_lower_rate(int from, int to, double frequency)
    {
        float[] Sine(int rate) => [.. Enumerable.Range(0, rate / 2).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * frequency * i / rate)))];

        var found = new Resampler(from, to).Resample(Sine(from), TestContext.Current.CancellationToken);
        var expected = Sine(to);

        // The ends are those of zeros that begin and end: half a filter is left out.
        for (var i = to / 20; i < expected.Length - (to / 20); i++)
        {
            found[i].Should().BeApproximately(expected[i], 2e-5f);
        }
    }

    [Fact]
    public void What_the_lower_rate_cannot_hold_is_gone()
    {
        float[] tone = [.. Enumerable.Range(0, 24_000).Select(i => (float)Math.Sin(2 * Math.PI * 9000 * i / 48_000))];

        var found = new Resampler(48_000, 16_000).Resample(tone, TestContext.Current.CancellationToken);

        found.Skip(500).SkipLast(500).Max(Math.Abs).Should().BeLessThan(1e-6f);
    }

    [Fact]
    public void One_sample_that_is_not_finite_leaves_only_the_count()
    {
        var found = (RecordingComparison)new RecordingComparisonMeasure().Of(
            WaveBytes.ReadFixture("u01-inf-some.wav"), WaveBytes.ReadFixture("voices/u01-original.wav"), TestContext.Current.CancellationToken);

        found.NonFinite.Should().Be(3);
        found.Mel.Should().BeNull();
        found.Pauses.Should().BeNull();
    }

    // mel-must-resemble-reference judges stretches of more than ten seconds only, and compares frame by frame only what lasts as long within 2 %.
    [Theory]
    [InlineData(8, 8, true, false)]
    [InlineData(12, 12, true, true)]
    [InlineData(12, 11.9, true, true)]
    [InlineData(12, 11, false, true)]
    public void A_signal_of_a_pair_has_a_value_only_where_its_gate_judges(double output, double reference, bool isOfOneTiming, bool isLonger)
    {
        var speech = Repeated("u01-original.wav", 12);
        AudioClip Speech(double seconds) => MadeClip.Of(speech.Samples.Take((int)(seconds * speech.SampleRate)).Select(s => (double)s)) with { SampleRate = speech.SampleRate };
        RecordingFacts Facts(AudioClip clip) => new(new ClipForm(clip.Seconds, clip.SampleRate, clip.Channels, clip.Frames), null, null, null, null);
        var (left, right) = (Speech(output), Speech(reference));
        var pair = new RecordingPair((RecordingComparison)new RecordingComparisonMeasure().Of(left, right, TestContext.Current.CancellationToken), Facts(left), Facts(right));

        new LogMelDistanceLevelled().Of(pair).HasValue.Should().Be(isOfOneTiming);
        new DropoutShare().Of(pair).HasValue.Should().Be(isOfOneTiming);
        new PauseLevel().Of(pair).HasValue.Should().Be(isOfOneTiming && pair.Comparison.Pauses!.RelativeDecibels is not null);
        new LogMelDistanceOfStretch().Of(pair).HasValue.Should().Be(isOfOneTiming && isLonger);
        new MelCepstralDistortionOfStretch().Of(pair).HasValue.Should().Be(isLonger);
        new MelCepstralDistortion().Of(pair).Should().NotBeNull();
    }

    private static RecordingComparison Compare(string output, string reference) => (RecordingComparison)new RecordingComparisonMeasure().Of(
        WaveBytes.ReadFixture(Path.Combine("voices", output)), WaveBytes.ReadFixture(Path.Combine("voices", reference)), TestContext.Current.CancellationToken);

    private static PitchStatistics Voice(string file)
    {
        var clip = WaveBytes.ReadFixture(Path.Combine("voices", file));
        return (PitchStatistics)AudioPass.Run(clip, [new PitchMeasure().Begin(clip)], TestContext.Current.CancellationToken)[0];
    }

    private static LogMelSpectrogram Mel(MonoRecording recording) => LogMelSpectrogram.Of(recording, 1, TestContext.Current.CancellationToken)!;

    private static MonoRecording Repeated(string file, int seconds)
    {
        var one = MonoRecording.Of(WaveBytes.ReadFixture(Path.Combine("voices", file)), 1000, TestContext.Current.CancellationToken);
        return one with { Samples = [.. Enumerable.Range(0, seconds * one.SampleRate).Select(i => one.Samples[i % one.Samples.Length])] };
    }
}
