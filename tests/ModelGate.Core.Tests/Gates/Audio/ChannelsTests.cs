using ModelGate.Artifacts;
using ModelGate.Gates.Audio;
using ModelGate.Signals.Audio.Pairs;
using ModelGate.Tests.Readers.Wave;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

/// <summary>A channel that is sick beside one that is not: the mean of both hides it, and the message has to name it.</summary>
public class ChannelsTests
{
    private static readonly double[] Speech = [.. Voices.Clip("u01-original").Samples().Select(s => (double)s)];

    private static readonly int Rate = Voices.Clip("u01-original").SampleRate;

    [Fact]
    public void Noise_a_hum_and_a_beep_beside_speech_stand_still()
    {
        foreach (var other in new[] { Noise(), Tone(50), Tone(440) })
        {
            Voices.Judge(new MelMustVary(), new MelMustVary.Options(), Stereo(Speech, other)).ShouldFail("of channel 2 of the output hardly varies");
        }

        Voices.Judge(new MelMustVary(), new MelMustVary.Options(), Stereo(Speech, Speech)).ShouldPass();
    }

    [Fact]
    public void A_beep_beside_speech_has_no_pitch_that_moves()
        => Voices.Judge(new PitchMustVary(), new PitchMustVary.Options(), Stereo(Speech, Tone(440))).ShouldFail("the pitch of channel 2 of the output never moves");

    [Fact]
    public void Noise_beside_speech_is_not_periodic_and_crosses_zero_too_often()
    {
        Voices.Judge(new VoiceMustBePeriodic(), new VoiceMustBePeriodic.Options(), Stereo(Speech, Noise())).ShouldFail("in channel 2");
        Voices.Judge(new ZeroCrossingsMustMatchReference(), new ZeroCrossingsMustMatchReference.Options(), Stereo(Speech, Noise()), Stereo(Speech)).ShouldFail("channel 2 of the output crosses zero");
    }

    // Clipped at half scale and in one channel only: in the mean of both nothing is level.
    [Fact]
    public void A_channel_that_was_clipped_and_turned_down_has_plateaus()
    {
        var clipped = Speech.Select(s => Math.Clamp(s * 8, -0.5, 0.5)).ToArray();

        Voices.Judge(new AudioMustNotClip(), new AudioMustNotClip.Options(), Stereo(Speech, clipped)).ShouldFail("in channel 2 stand at its own peak");
        Voices.Judge(new AudioMustNotClip(), new AudioMustNotClip.Options(), Stereo(Speech, Speech)).ShouldPass();
    }

    [Fact]
    public void A_click_in_one_channel_is_found_there()
    {
        var clicked = Speech.ToArray();
        clicked[Rate] += 0.9;

        Voices.Judge(new AudioMustNotClick(), new AudioMustNotClick.Options(), Stereo(Speech, clicked)).ShouldFail("channel 2 of the output clicks");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-0.7)]
    public void Channels_that_cancel_each_other_out_fail(double gain)
        => Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options(), Stereo(Speech, [.. Speech.Select(s => s * gain)])).ShouldFail("the channels cancel each other out");

    // The second 0.2 ms late and quieter, as two microphones hear one voice; and two voices that have nothing to do with each other.
    [Fact]
    public void Channels_that_differ_as_those_of_a_room_pass()
    {
        double[] late = [0, 0, 0, .. Speech.SkipLast(3).Select(s => 0.8 * s)];
        double[] turned = [.. Speech.Reverse()];

        Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options(), Stereo(Speech, late)).ShouldPass();
        Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options(), Stereo(Speech, turned)).ShouldPass();
    }

    [Fact]
    public void One_of_two_channels_that_is_silent_fails_unless_it_is_meant()
    {
        var half = Stereo(Speech, new double[Speech.Length]);

        Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options(), half).ShouldFail("channel 2 of 2 is silent");
        Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options { SilentChannels = 1 }, half).ShouldPass();
        Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options(), Stereo(Speech, new double[Speech.Length], Speech)).ShouldPass();
    }

    // The comb of two channels that are 0.2 ms apart is a distance of 5 dB to either of them.
    [Fact]
    public void Each_channel_is_compared_with_the_reference_and_not_their_mean()
    {
        double[] late = [0, 0, 0, .. Speech.SkipLast(3)];
        double[] babble = [.. Voices.Clip("u01-octave-up").Samples().Select(s => (double)s).Reverse().Take(Speech.Length)];
        var reference = Stereo(Speech);

        Voices.Judge(new MelMustResembleReference(), new MelMustResembleReference.Options { Distortion = 1 }, Stereo(Speech, late), reference).ShouldPass();
        Voices.Judge(new MelMustResembleReference(), new MelMustResembleReference.Options(), Stereo(Speech, [.. babble, .. new double[Speech.Length - babble.Length]]), reference)
            .ShouldFail("channel 2 of the output");
    }

    // A dull channel is further from the reference than other words are, and says the same words.
    [Fact]
    public void In_each_signal_the_channel_that_is_worst_in_it_decides()
    {
        double[] babble = [.. Voices.Clip("u01-octave-up").Samples().Select(s => (double)s).Reverse().Take(Speech.Length)];
        babble = [.. babble, .. new double[Speech.Length - babble.Length]];
        double[] dull = [.. Speech];
        for (var pass = 0; pass < 12; pass++)
        {
            dull = [.. dull.Select((s, i) => (s + (i > 0 ? dull[i - 1] : 0)) / 2)];
        }

        var reference = Stereo(Speech);
        double Distortion(double[] samples) => ((RecordingComparison)new RecordingComparisonMeasure().Of(Stereo(samples), reference, TestContext.Current.CancellationToken)).Distortion!.Value;
        Distortion(dull).Should().BeGreaterThan(Distortion(babble));
        var options = new MelMustResembleReference.Options { Distortion = 100, Distance = 20, AlignedCorrelation = 0.5 };

        Voices.Judge(new MelMustResembleReference(), options, Stereo(babble), reference).ShouldFail("the output does not follow what");
        Voices.Judge(new MelMustResembleReference(), options, Stereo(dull), reference).ShouldPass();
        foreach (var (output, channel) in new[] { (Stereo(babble, dull), 1), (Stereo(dull, babble), 2) })
        {
            Voices.Judge(new MelMustResembleReference(), options, output, reference).ShouldFail($"channel {channel} of the output does not follow what");
        }

        Voices.Judge(new BandMustMatchReference(), new BandMustMatchReference.Options(), Stereo(babble, dull), reference).ShouldFail("channel 2 of the output is duller");
    }

    [Fact]
    public void A_pause_is_filled_and_a_sound_is_lost_in_the_channel_that_is_named()
    {
        double[] paused = [.. Speech, .. new double[Rate], .. Speech];
        double[] hissing = [.. paused.Zip(MadeClip.Noise(0.02, paused.Length), (a, b) => a + b)];
        double[] torn = [.. paused.Select((s, i) => i < Speech.Length / 2 ? 0 : s)];

        Voices.Judge(new SilenceMustStaySilent(), new SilenceMustStaySilent.Options(), Stereo(torn, hissing), Stereo(paused)).ShouldFail("channel 2 of the output is only");
        Voices.Judge(new AudioMustNotBeSilent(), new AudioMustNotBeSilent.Options { MoreThanReference = 1 }, Stereo(torn, hissing), Stereo(paused)).ShouldFail("channel 1 of the output is all but silent");
    }

    // The first channel of the reference is an octave above the second, and the mean of both is periodic at the lower pitch.
    [Fact]
    public void A_mono_output_is_compared_with_the_mean_of_a_stereo_reference()
    {
        double[] low = Partials(200), other = Partials(400);
        double[] mean = [.. low.Zip(other, (a, b) => (a + b) / 2)];

        Voices.Judge(new PitchMustVary(), new PitchMustVary.Options(), Stereo(mean), Stereo(other, low)).Findings.Should().BeEmpty();
        Voices.Judge(new PitchMustVary(), new PitchMustVary.Options(), Stereo(mean), Stereo(other)).ShouldFail("semitones from that of");
    }

    // A tone of eight partials whose pitch sways by 3 %.
    private static double[] Partials(double pitch)
        => [.. Enumerable.Range(0, 3 * Rate).Select(i => Enumerable.Range(1, 8).Sum(k => 0.05 / k * Math.Sin(k * pitch * ((2 * Math.PI * i / Rate) - (0.03 * Math.Cos(2 * Math.PI * i / Rate))))))];

    private static double[] Noise() => [.. MadeClip.Noise(0.1, Speech.Length)];

    private static double[] Tone(double frequency) => [.. Enumerable.Range(0, Speech.Length).Select(i => 0.2 * Math.Sin(2 * Math.PI * frequency * i / Rate))];

    private static AudioClip Stereo(params double[][] channels)
        => MadeClip.Of(Enumerable.Range(0, channels[0].Length).SelectMany(i => channels.Select(c => c[i])), channels.Length) with { SampleRate = Rate };
}
