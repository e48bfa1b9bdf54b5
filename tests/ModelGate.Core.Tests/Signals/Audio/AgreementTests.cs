using System.Text.Json;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Readers.Wave;

namespace ModelGate.Tests.Signals.Audio;

/// <summary>The signals of single recordings against librosa, scipy and numpy in double precision (Fixtures/audio/expected.json), on speech, whisper, hum, a beep, silence, damage and odd formats.</summary>
public class AgreementTests
{
    private static readonly Dictionary<string, Dictionary<string, double?>> Expected =
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double?>>>(Fixture.Bytes("audio/expected.json"))!;

    public static TheoryData<string> Files => [.. Expected.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_signal_is_that_of_librosa_scipy_and_numpy(string file)
    {
        var clip = WaveBytes.Read(Fixture.Bytes($"audio/{file}"));
        var values = Readings.OfAll(clip);
        values["duration"] = Readings.OfWhole("duration", clip);

        foreach (var (signal, expected) in Expected[file])
        {
            var found = values[signal];
            found.HasValue.Should().Be(expected.HasValue, $"{signal} of {file} is {expected}");
            (found ?? 0).Should().BeApproximately(expected ?? 0, Math.Max(1e-7, 1e-5 * Math.Abs(expected ?? 0)), $"{signal} of {file}");
        }
    }

    [Fact]
    public void Every_kind_of_value_is_compared()
        => Expected.Values.SelectMany(v => v).Where(v => v.Value is not null).Select(v => v.Key).Distinct().Should().HaveCountGreaterThan(30);
}
