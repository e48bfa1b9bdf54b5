using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelGate.Generators;

/// <summary>What a catalogue says of one class, comparable by value so that an unchanged class costs nothing in the next build.</summary>
internal readonly struct CatalogueEntry(string id, string code, INamedTypeSymbol type, params CatalogueFault?[] faults) : IEquatable<CatalogueEntry>
{
    /// <summary>By which entries are sorted, and which no two may share.</summary>
    public string Id { get; } = id;

    public string Code { get; } = code;

    /// <summary>The class by its full name, as code refers to it.</summary>
    public string Type { get; } = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    public SourcePlace Place { get; } = SourcePlace.Of(type);

    public ImmutableArray<CatalogueFault> Faults { get; } = faults.OfType<CatalogueFault>().ToImmutableArray();

    /// <summary>Reports what is wrong with the entries, whose ids are called <paramref name="what"/>, and returns those that can be listed, in order.</summary>
    public static CatalogueEntry[] Sound(SourceProductionContext output, IEnumerable<CatalogueEntry> entries, string what)
    {
        var sound = new List<CatalogueEntry>();
        foreach (var entry in entries.OrderBy(e => e.Id, StringComparer.Ordinal).ThenBy(e => e.Type, StringComparer.Ordinal))
        {
            foreach (var fault in entry.Faults)
            {
                fault.Report(output);
            }

            if (sound.Count > 0 && sound[sound.Count - 1].Id == entry.Id)
            {
                new CatalogueFault(CatalogueFault.Twice, entry.Place, Plain(entry.Type), what, entry.Id.TrimStart('0'), Plain(sound[sound.Count - 1].Type)).Report(output);
            }
            else if (entry.Faults.IsEmpty)
            {
                sound.Add(entry);
            }
        }

        return sound.ToArray();
    }

    public bool Equals(CatalogueEntry other)
        => Id == other.Id && Code == other.Code && Type == other.Type && Place.Equals(other.Place) && Faults.SequenceEqual(other.Faults);

    public override bool Equals(object? obj) => obj is CatalogueEntry other && Equals(other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Type);

    private static string Plain(string type) => type.StartsWith("global::", StringComparison.Ordinal) ? type.Substring("global::".Length) : type;
}
