using System.Text.Json;
using ModelGate.Tests.Readers;

namespace ModelGate.Tests.Signals.Weights;

/// <summary>The signals of weights against the statistics that PyTorch recorded beside the golden checkpoints.</summary>
public class WeightSignalsTests
{
    public static TheoryData<string> Names => [.. Fixture.Checkpoints()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_statistic_agrees_with_PyTorch_to_a_millionth(string name)
    {
        var checkpoint = Fixture.Checkpoint(name);
        var expected = Fixture.Expected(name);
        var weights = checkpoint.Weights.Where(w => expected.TryGetValue(w.Value.Name, out var e) && e.TryGetProperty("nan", out _))
            .ToDictionary(w => w.Key, w => expected[w.Value.Name], StringComparer.Ordinal);

        foreach (var (signal, member) in new[] { ("weight-min", "min"), ("weight-max", "max"), ("weight-mean", "mean"), ("weight-std", "std") })
        {
            var values = Readings.Of(signal, checkpoint);
            foreach (var (key, description) in weights)
            {
                values.Should().ContainKey(key, signal);
                // PyTorch records no extreme of a tensor without elements or without finite ones.
                var wanted = description.TryGetProperty(member, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : (double?)null;
                values[key].HasValue.Should().Be(wanted is not null, $"{key} {member}");
                if (wanted is { } expectedValue)
                {
                    values[key].Should().BeApproximately(expectedValue, Math.Max(1e-9, Math.Abs(expectedValue) * 1e-6), $"{key} {member}");
                }
            }
        }

        if (weights.Count == Readings.Of("weight-min", checkpoint).Count)
        {
            Readings.OfWhole("nan-weights", checkpoint).Should().Be(weights.Values.Sum(d => d.GetProperty("nan").GetInt64()));
            Readings.OfWhole("infinite-weights", checkpoint).Should().Be(weights.Values.Sum(d => d.GetProperty("inf").GetInt64()));
        }
    }

    [Fact]
    public void NaN_and_infinity_are_counted_over_the_whole_state_dict()
    {
        var checkpoint = Fixture.Checkpoint("torch1/nonfinite.pth");
        var expected = Fixture.Expected("torch1/nonfinite.pth").Values;

        Readings.OfWhole("nan-weights", checkpoint).Should().Be(expected.Sum(d => d.GetProperty("nan").GetInt64())).And.BePositive();
        Readings.OfWhole("infinite-weights", checkpoint).Should().Be(expected.Sum(d => d.GetProperty("inf").GetInt64())).And.BePositive();
    }

    // samples/lexi: 457 tensors of RVC's network with narrow layers, counted by PyTorch.
    [Fact]
    public void Tensors_and_parameters_are_counted()
    {
        var checkpoint = Fixture.Read(File.ReadAllBytes(Repository.PathOf("samples", "lexi", "lexi.pth")));

        Readings.OfWhole("tensor-count", checkpoint).Should().Be(457);
        Readings.OfWhole("parameter-count", checkpoint).Should().Be(154490);
    }
}
