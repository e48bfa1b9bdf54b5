namespace ModelGate.Architecture.Families;

/// <summary>Keys that several places have in common, by name and arguments.</summary>
/// <param name="Name">The name.</param>
/// <param name="Arguments">The names of its arguments.</param>
/// <param name="Body">Its members.</param>
internal sealed record FamilyPart(string Name, IReadOnlyList<string> Arguments, IReadOnlyList<FamilyStatement> Body);
