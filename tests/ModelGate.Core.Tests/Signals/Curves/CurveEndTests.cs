using ModelGate.Artifacts;
using ModelGate.Signals.Curves;
using ModelGate.Tests.Readers.TextLogs;

namespace ModelGate.Tests.Signals.Curves;

public class CurveEndTests
{
    // The last six of twelve points: 18.319, 19.645, 17.020, 17.169, 18.173 and 18.542, 200 steps apart. The median by Python's statistics,
    // the slope as the median of the fifteen slopes between them, the spread as 1.4826 times the median absolute deviation of the residuals.
    [Fact]
    public void The_numbers_of_a_log_are_those_of_its_definition()
    {
        var log = RvcLogs.ReadFile("train_converging.log");
        double? Value(string signal) => Readings.Of(signal, log)["loss_mel"];

        Value("loss-points").Should().Be(12);
        Value("loss-first").Should().Be(30.915);
        Value("loss-last").Should().Be(18.542);
        Value("loss-last-step").Should().Be(2200);
        Value("loss-min").Should().Be(17.020);
        Value("loss-min-step").Should().Be(1600);
        Value("window-step").Should().Be(1200);
        Value("loss-level").Should().BeApproximately(18.246, 1e-12);
        Value("loss-trend").Should().BeApproximately(0.223, 1e-9);
        Value("loss-change").Should().BeApproximately(0.223, 1e-9);
        Value("loss-trend-z").Should().Be(0);
        Value("loss-spread").Should().BeApproximately(0.951682364058748, 1e-9);
    }

    [Fact]
    public void Every_series_of_a_log_is_measured()
        => Readings.Of("loss-level", RvcLogs.ReadFile("train_converging.log")).Keys.Should().Contain(["loss_mel", "loss_kl", "loss_disc", "loss_gen", "loss_fm"]);

    [Fact]
    public void A_series_without_a_point_has_no_numbers()
        => CurveEnd.Of(new ScalarSeries("loss", []), 0.5, 6).Should().Match<CurveEnd>(e => e.Points == 0 && e.End == null && double.IsNaN(e.Level));

    [Fact]
    public void Values_that_are_not_finite_before_the_window_are_left_out_of_first_and_lowest()
    {
        var end = CurveEnd.Of(new ScalarSeries("loss", [.. Enumerable.Range(0, 20).Select(i => new ScalarPoint(i, i < 3 ? double.PositiveInfinity : 20 - i))]), 0.5, 6);

        (end.First.Step, end.First.Value, end.Lowest.Value, end.NotFiniteSince).Should().Be((3, 17.0, 1.0, null));
    }

    // Transformers logs a window of NaN as exactly 0.
    [Theory]
    [InlineData(3, 17L)]
    [InlineData(2, null)]
    public void Zeros_that_a_loss_jumps_to_hide_a_NaN(int zeros, long? since)
        => CurveEnd.Of(new ScalarSeries("loss", [.. Enumerable.Range(0, 20).Select(i => new ScalarPoint(i, i < 20 - zeros ? 2 : 0))]), 0.5, 6).NotFiniteSince.Should().Be(since);
}
