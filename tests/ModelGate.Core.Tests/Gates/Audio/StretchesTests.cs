using ModelGate.Artifacts;
using ModelGate.Gates.Audio;
using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Voice;
using ModelGate.Tests.Readers.Wave;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

/// <summary>A minute that ends in twenty seconds of something else: its mean over the whole file is that of speech.</summary>
public class StretchesTests
{
    private const int Seconds = 60;
    private const int Sick = 20;

    private static readonly int Rate = Voices.Clip("u01-original").SampleRate;

    private static readonly double[] Speech = Repeated("u01-original");

    private static readonly double[] Other = Repeated("u12-whisper");

    [Fact]
    public void Speech_passes_as_a_whole_and_in_each_part()
    {
        Voices.Judge(new MelMustVary(), new MelMustVary.Options(), Of(Speech)).ShouldPass();
        Voices.Judge(new PitchMustVary(), new PitchMustVary.Options(), Of(Speech)).ShouldPass();
        Voices.Judge(new VoiceMustBePeriodic(), new VoiceMustBePeriodic.Options(), Of(Speech)).ShouldPass();
        Voices.Judge(new SpectralFlatnessMustStayBelow(), new SpectralFlatnessMustStayBelow.Options(), Of(Speech)).ShouldPass();
    }

    // From 40 to 50 s on, every stretch is sick from end to end.
    [Fact]
    public void Noise_at_the_end_is_found_where_it_is()
    {
        var clip = Tail(MadeClip.Noise(0.05, Sick * Rate));

        Voices.Judge(new MelMustVary(), new MelMustVary.Options(), clip).ShouldFail("hardly varies from 4");
        Voices.Judge(new SpectralFlatnessMustStayBelow(), new SpectralFlatnessMustStayBelow.Options { Limit = 0.3 }, clip).ShouldFail("from 4");
        Voices.Judge(new VoiceMustBePeriodic(), new VoiceMustBePeriodic.Options(), clip).ShouldFail("periodic from 4");
    }

    [Fact]
    public void A_beep_at_the_end_has_one_pitch_there()
    {
        var clip = Tail(Enumerable.Range(0, Sick * Rate).Select(i => 0.2 * Math.Sin(2 * Math.PI * 440 * i / Rate)));

        Voices.Judge(new PitchMustVary(), new PitchMustVary.Options(), clip).ShouldFail("never moves from 4");
        Voices.Judge(new MelMustVary(), new MelMustVary.Options(), clip).ShouldFail("hardly varies from 4");
    }

    [Fact]
    public void Other_words_at_the_end_are_found_beside_the_reference()
    {
        var reference = Of(Speech);

        Voices.Judge(new MelMustResembleReference(), new MelMustResembleReference.Options { Distortion = 100, Distance = 20 }, Tail(Other.Take(Sick * Rate)), reference).ShouldFail("from 4");
        Voices.Judge(new MelMustResembleReference(), new MelMustResembleReference.Options { Correlation = -1 }, Tail(Other.Take(Sick * Rate)), reference, ArtifactRole.Input).ShouldFail("from 4");
        Voices.Judge(new MelMustResembleReference(), new MelMustResembleReference.Options(), reference, reference).ShouldPass();
    }

    // The standard deviation, in dB, of the RMS of frames of 2048 samples whose centres, 512 apart, lie in the stretch.
    [Fact]
    public void The_deviation_of_a_stretch_is_that_of_the_frames_in_it()
    {
        var clip = Tail(MadeClip.Noise(0.05, Sick * Rate));
        var found = Levels(clip).Steadiest!.Value;

        double[] all = [.. Speech[..((Seconds - Sick) * Rate)], .. MadeClip.Noise(0.05, Sick * Rate)];
        double[] levels = [.. Enumerable.Range(0, all.Length / 512).Where(f => f * 512 >= found.Time.From * Rate && f * 512 < found.Time.To * Rate)
            .Select(f => 20 * Math.Log10(Math.Sqrt(all.Skip((f * 512) - 1024).Take(2048).Average(s => s * s))))];
        var mean = levels.Average();

        found.Time.To.Should().BeLessThan(Seconds, "no frame is filled up with zeros");
        levels.Should().HaveCountGreaterThan(300);
        found.Value.Should().BeApproximately(Math.Sqrt(levels.Average(l => (l - mean) * (l - mean))), 0.02);
        Levels(Of(Speech[..(5 * Rate)])).Should().Match<FrameLevels>(l => l.Steadiest!.Value.Value == l.Deviation);
    }

    [Theory]
    [InlineData(9.9, 0, 9.9)]
    [InlineData(10, 0, 10)]
    [InlineData(11, 0, 10)]
    [InlineData(32.5, 0, 10)]
    public void A_recording_is_covered_from_its_first_sample_to_its_last(double seconds, double from, double to)
    {
        var times = new List<TimeRange>();
        var stretches = new Stretches<Counted>(100, seconds, (_, time) => times.Add(time));
        for (var frame = 0; frame <= seconds * 100; frame++)
        {
            stretches.At(frame).Frames++;
        }

        stretches.Finish().Frames.Should().Be((int)(seconds * 100) + 1);
        times[0].Should().Be(new TimeRange(from, to));
        times[^1].To.Should().Be(seconds);
        times.Select(t => t.From).Should().Equal(times.Select((_, i) => 2.5 * i));
    }

    // Frames that do not count are left out: of any such recording every stretch is shown, with the frames that lie in it.
    [Theory]
    [InlineData(60, 0, 20)]
    [InlineData(60, 0, 59)]
    [InlineData(60, 31, 33)]
    [InlineData(60, 59.5, 60)]
    [InlineData(61, 3, 12)]
    [InlineData(8, 1, 2)]
    [InlineData(8, 9, 9)]
    public void Every_stretch_is_shown_with_its_own_frames_however_few_count(double seconds, double from, double to)
    {
        var shown = new List<(TimeRange Time, int Frames)>();
        var stretches = new Stretches<Counted>(100, seconds, (sums, time) => shown.Add((time, sums.Frames)));
        bool Counts(int frame) => frame >= from * 100 && frame < to * 100;
        foreach (var frame in Enumerable.Range(0, (int)(seconds * 100)).Where(Counts))
        {
            stretches.At(frame).Frames++;
        }

        stretches.Finish().Frames.Should().Be(Enumerable.Range(0, (int)(seconds * 100)).Count(Counts));
        var begins = Enumerable.Range(0, Math.Max(1, (int)Math.Ceiling((seconds - 10) / 2.5) + 1)).Select(i => 2.5 * i).ToArray();
        shown.Select(s => s.Time).Should().Equal(begins.Select(b => new TimeRange(b, Math.Min(seconds, b + 10))));
        shown.Select(s => s.Frames).Should().Equal(shown.Select(s => Enumerable.Range(0, (int)(seconds * 100)).Count(f => Counts(f) && f >= s.Time.From * 100 && f < s.Time.To * 100)));
    }

    // Other words for ten seconds, then a long silence: the frames that count end before the recording does, and the stretch with the least of them that counts is the worst.
    [Fact]
    public void Other_words_before_a_long_silence_are_found_beside_the_reference()
    {
        double[] silence = new double[30 * Rate];
        double[] output = [.. Speech[..(20 * Rate)], .. Other[..(10 * Rate)], .. silence];
        double[] reference = [.. Speech[..(30 * Rate)], .. silence];

        Voices.Judge(new MelMustResembleReference(), new MelMustResembleReference.Options { Distortion = 100, Distance = 20, AlignedCorrelation = -1, DistortionOfStretch = 100 }, Of(output), Of(reference)).ShouldFail("from 27.5 to 37.5 s");
        Voices.Judge(new MelMustVary(), new MelMustVary.Options(), Of([.. Speech[..(int)(17.5 * Rate)], .. Enumerable.Range(0, (int)(2.5 * Rate)).Select(i => 0.2 * Math.Sin(2 * Math.PI * 440 * i / Rate)), .. silence])).ShouldFail("from 1");
    }

    private static FrameLevels Levels(AudioClip clip) => (FrameLevels)AudioPass.Run(clip, [new FrameLevelsMeasure().Begin(clip)], TestContext.Current.CancellationToken)[0];

    private static AudioClip Tail(IEnumerable<double> tail) => Of([.. Speech[..((Seconds - Sick) * Rate)], .. tail]);

    private static AudioClip Of(double[] samples) => MadeClip.Of(samples) with { SampleRate = Rate };

    private static double[] Repeated(string voice)
    {
        var one = Voices.Clip(voice).Samples();
        return [.. Enumerable.Range(0, Seconds * Rate).Select(i => (double)one[i % one.Length])];
    }

    private sealed class Counted : IStretchSums<Counted>
    {
        public int Frames { get; set; }

        public static Counted Create() => new();

        public void Add(Counted other) => Frames += other.Frames;

        public void Clear() => Frames = 0;
    }
}
