namespace ModelGate.Architecture.Keys;

/// <summary>A key whose shape is not the expected one.</summary>
/// <param name="Name">The key. Text from the file.</param>
/// <param name="Found">The shape that there is.</param>
/// <param name="Expected">The shape that there should be.</param>
internal sealed record ShapeDifference(string Name, IReadOnlyList<long> Found, IReadOnlyList<long> Expected);
