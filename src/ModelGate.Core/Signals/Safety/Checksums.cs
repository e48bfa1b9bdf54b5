namespace ModelGate.Signals.Safety;

/// <summary>What the checksums of a file say: verified, none recorded, or none in the format.</summary>
/// <remarks>CRC-32 of every record of a zip archive.</remarks>
[Signal(MeasuredOn.File)]
internal sealed partial class Checksums : Signal;
