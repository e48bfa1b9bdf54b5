using ModelGate.Runs;

namespace ModelGate.Signals.Audio;

/// <summary>How much is left when the channels of a recording are mixed down to one: 0 dB where they are alike, far below where one is the other inverted.</summary>
/// <remarks>20 log10 of the RMS of the mean of the channels over the root of the mean of their squared RMS, the means removed. n channels that have nothing to do with each other are at -10 log10(n) dB. One channel is at 0 dB. No value for silence, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "dB", Better = Better.Higher)]
internal sealed partial class ChannelCancellation() : Signal<SampleLevels>(new SampleMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SampleLevels result) => [Reading.Of(result.CancellationDecibels)];
}
