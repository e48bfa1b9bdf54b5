namespace ModelGate.Configuration;

/// <summary>A mistake of the user: one plain sentence says what is wrong and what would be right. The exit code is 2.</summary>
/// <param name="message">The sentence, without a full stop.</param>
internal class UsageException(SafeText message) : Exception(message.Value);
