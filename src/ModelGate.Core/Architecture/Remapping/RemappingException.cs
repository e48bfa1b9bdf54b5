
namespace ModelGate.Architecture.Remapping;

/// <summary>A mapping cannot be read, or does not fit the file: one sentence says why.</summary>
internal sealed class RemappingException(SafeText message) : Exception(message.Value);
