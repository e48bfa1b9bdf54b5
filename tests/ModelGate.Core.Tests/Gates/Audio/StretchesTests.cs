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

    // What a stretch measures is what a file of that stretch alone would.
    [Fact]
    public void A_stretch_is_measured_as_a_recording_of_its_own()
    {
        var clip = Tail(MadeClip.Noise(0.05, Sick * Rate));
        var found = Levels(clip).Steadiest!.Value;

        double[] all = [.. Speech[..((Seconds - Sick) * Rate)], .. MadeClip.Noise(0.05, Sick * Rate)];
        var alone = Levels(Of(all[(int)(found.Time.From * Rate)..(int)(found.Time.To * Rate)]));

        found.Value.Should().BeApproximately(alone.Deviation!.Value, 0.3);
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
