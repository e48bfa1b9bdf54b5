namespace ModelGate.Readers.Safetensors;

/// <summary>A tensor cannot be written as safetensors: one sentence says why.</summary>
internal sealed class UnwritableTensorException(SafeText message) : Exception(message.Value);
