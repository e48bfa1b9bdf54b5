using System.Text.Json;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>Every signal of a recording against the values of librosa, numpy and, with the filters of BS.1770, pyloudnorm.</summary>
public class RecordingSignalsAgainstLibrosaTests
{
    private const double Tolerance = 1e-6;
    private const double LoudnessTolerance = 1e-4;

    [Theory]
    [InlineData("reference.wav")]
    [InlineData("converted_noise.wav")]
    [InlineData("u01-stereo.wav")]
    [InlineData("u06-8-bit.wav")]
    [InlineData("u10-24-bit.wav")]
    [InlineData("u15-float.wav")]
    [InlineData("u01-inf-some.wav")]
    public void A_value_is_that_of_librosa(string file)
    {
        var clip = WaveBytes.ReadFixture(file);
        using var expected = JsonDocument.Parse(Fixture.Bytes("audio/expected.json"));

        foreach (var (signal, value) in expected.RootElement.GetProperty(file).EnumerateObject().Select(p => (p.Name, p.Value)))
        {
            var found = Readings.OfWhole(signal, clip);
            if (value.ValueKind == JsonValueKind.Null)
            {
                found.Should().BeNull($"{signal} of {file}");
                continue;
            }

            var wanted = value.GetDouble();
            found.Should().NotBeNull($"{signal} of {file}");
            found!.Value.Should().BeApproximately(wanted, (signal == "integrated-loudness" ? LoudnessTolerance : Tolerance) * Math.Max(1, Math.Abs(wanted)), $"{signal} of {file}");
        }
    }
}
