using System.Collections.Immutable;

namespace ModelGate.Generators;

/// <summary>What the catalogue says of one gate, comparable by value so that an unchanged gate costs nothing in the next build.</summary>
internal readonly struct CatalogueEntry(string id, string code, ImmutableArray<string> faults) : IEquatable<CatalogueEntry>
{
    public string Id { get; } = id;

    public string Code { get; } = code;

    public ImmutableArray<string> Faults { get; } = faults;

    public bool Equals(CatalogueEntry other) => Id == other.Id && Code == other.Code && Faults.SequenceEqual(other.Faults);

    public override bool Equals(object? obj) => obj is CatalogueEntry other && Equals(other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Code);
}
