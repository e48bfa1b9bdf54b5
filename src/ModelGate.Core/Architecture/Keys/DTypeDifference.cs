namespace ModelGate.Architecture.Keys;

/// <summary>A key whose element type is not the expected one.</summary>
/// <param name="Name">The key. Text from the file.</param>
/// <param name="Found">The type that there is.</param>
/// <param name="Expected">The type that there should be. Text from the file.</param>
internal sealed record DTypeDifference(string Name, string Found, string Expected);
