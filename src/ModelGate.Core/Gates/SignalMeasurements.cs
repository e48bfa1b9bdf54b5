using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Gates;

/// <summary>Makes measurements of signals.</summary>
internal static class SignalMeasurements
{
    /// <summary>A value of a signal on a file.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="file">The path of the file.</param>
    /// <param name="observed">The value; null where there is none.</param>
    /// <param name="part">The part of the file that was measured; empty for all of it.</param>
    public static Measurement Of(this SignalInfo signal, string file, double? observed, SafeText part = default)
        => new(signal.Name, part, observed is { } value && double.IsFinite(value) ? observed : null, signal.Unit)
        {
            Path = SafeText.From(file),
            Revision = signal.Revision,
            Better = signal.Better,
        };
}
