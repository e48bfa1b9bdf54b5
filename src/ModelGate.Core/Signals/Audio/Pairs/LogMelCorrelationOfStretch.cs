using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The correlation over time of the ten seconds in which it is lowest.</summary>
/// <remarks>What log-mel-correlation is, of each stretch of 10 seconds, every 2.5 seconds, in which the reference is active for 2 seconds.</remarks>
[Signal(MeasuredOn.OutputAndReference, Better = Better.Higher)]
internal sealed partial class LogMelCorrelationOfStretch : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.Mel?.LeastCorrelated?.Value;
}
