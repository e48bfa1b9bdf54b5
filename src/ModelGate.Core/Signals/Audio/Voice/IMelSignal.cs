using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>A signal on log-mel frames, which can be measured in the settings of another trainer.</summary>
internal interface IMelSignal
{
    /// <summary>The signal in these settings.</summary>
    Signal In(MelSettings settings);
}
