using ModelGate.Artifacts;
using ModelGate.Signals.Audio;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>What a page shows and plays of a recording.</summary>
public class PicturesOfSoundTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(959)]
    [InlineData(961)]
    [InlineData(48_000)]
    [InlineData(100_003)]
    public void A_waveform_holds_the_lowest_and_the_highest_sample_of_each_stretch(int count)
    {
        var samples = MadeClip.Noise(0.1, count).Select(s => (float)s).ToArray();
        var found = Run<Waveform>(MadeClip.Of(samples.Select(s => (double)s)), new WaveformMeasure());

        found.Columns.Should().HaveCount(Math.Min(960, count));
        for (var column = 0; column < found.Columns.Count; column++)
        {
            var part = samples.Where((_, i) => (int)((long)i * found.Columns.Count / count) == column).ToArray();
            found.Columns[column].Should().Be(new SampleExtent(part.Min(), part.Max()));
        }
    }

    [Fact]
    public void A_recording_to_play_is_a_wave_of_its_samples()
    {
        var voice = WaveBytes.ReadFixture("voices/u01-original.wav");
        var played = Run<Playable>(voice, new PlayableMeasure());

        var read = WaveBytes.Read(played.Wave);
        (read.SampleRate, read.Channels, read.Frames).Should().Be((voice.SampleRate, voice.Channels, voice.Frames));
        read.Samples().Should().Equal(voice.Samples());
        played.Seconds.Should().Be(played.Of);
    }

    [Fact]
    public void Of_a_long_recording_the_beginning_is_played_and_what_no_player_takes_is_brought_into_range()
    {
        var played = Run<Playable>(MadeClip.Of([7, -7, double.NaN, .. MadeClip.Noise(0.1, 3_000_000)]), new PlayableMeasure());

        played.Wave.Should().HaveCount((2 << 20) + 44);
        played.Seconds.Should().BeLessThan(played.Of);
        WaveBytes.Read(played.Wave).Samples().Take(3).Should().Equal(32767 / 32768f, -1, 0);
    }

    private static T Run<T>(AudioClip clip, AudioMeasure<T> measure)
        where T : class
        => (T)AudioPass.Run(clip, [measure.Begin(clip)], TestContext.Current.CancellationToken)[0];
}
