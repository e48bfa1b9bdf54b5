using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Voice;
using ModelGate.Signals.Mathematics;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>Mel signals in trainers' settings, against numpy and scipy: Fixtures/audio/mel_settings.py prints the expected values.</summary>
public class MelSettingsTests
{
    [Theory]
    [InlineData("hifigan", 1.638837547, 1.701513046, 0.642814828)]
    [InlineData("vits", 1.631649997, 1.695802624, 0.639372963)]
    [InlineData("rvc-32k", 1.667710875, 1.690791433, 0.786790525)]
    [InlineData("rvc-40k", 1.599767377, 1.574104997, 0.643173874)]
    [InlineData("rvc-48k", 1.599681766, 1.570238339, 0.731771604)]
    [InlineData("applio-24k", 1.683355774, 1.677770456, 0.628624163)]
    [InlineData("so-vits-svc", 1.681182526, 1.518916077, 0.801931143)]
    public void A_trainers_mel_is_that_of_numpy(string name, double deviation, double contrast, double delta)
    {
        var clip = WaveBytes.ReadFixture("voices/u01-original.wav");
        var measure = new MelMeasure(MelSettings.All.Single(m => m.Name == name));

        // All settings at once: each listener has frames of its own.
        var found = (MelStatistics)AudioPass.Run(clip, [.. MelSettings.All.Select(s => new MelMeasure(s).Begin(clip)), measure.Begin(clip)], TestContext.Current.CancellationToken)[^1];

        found.Temporal.Should().BeApproximately(deviation, 1e-7);
        found.Spectral.Should().BeApproximately(contrast, 1e-7);
        found.Delta.Should().BeApproximately(delta, 1e-7);
    }
}
