namespace ModelGate.Tool;

/// <summary>The user asked wrongly: one plain sentence says what would be right.</summary>
internal sealed class UsageException(SafeText message) : Exception(message.Value);
