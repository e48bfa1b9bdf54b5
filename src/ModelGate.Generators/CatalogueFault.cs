using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelGate.Generators;

/// <summary>What is wrong with a class that wants to be in a catalogue, and where; comparable by value.</summary>
internal readonly struct CatalogueFault(DiagnosticDescriptor rule, SourcePlace place, params string[] arguments) : IEquatable<CatalogueFault>
{
    /// <summary>An option that no configuration can hold.</summary>
    public static readonly DiagnosticDescriptor UnsupportedOption = Rule(
        "MGGEN001",
        "A gate's option has a type that a configuration cannot hold",
        "The option {0} has the type {1}; an option is a double, int, bool, string, enum, one of these nullable, or IReadOnlyList<string>");

    /// <summary>A class that cannot be made, or is of another kind.</summary>
    public static readonly DiagnosticDescriptor OtherKind = Rule("MGGEN002", "A class cannot be listed in its catalogue", "{0} has the attribute {1}, and {2}");

    /// <summary>Two classes of one name, id or place.</summary>
    public static readonly DiagnosticDescriptor Twice = Rule("MGGEN003", "Two classes want the same place in a catalogue", "{0} has the {1} {2} of {3}");

    /// <summary>A limit that no configuration can hold.</summary>
    public static readonly DiagnosticDescriptor UnsupportedLimit = Rule(
        "MGGEN004", "A limit has a type that a configuration cannot hold", "The limit {0} has the type {1}; a limit is an int, a long or a TimeSpan");

    private readonly DiagnosticDescriptor rule = rule;
    private readonly SourcePlace place = place;
    private readonly ImmutableArray<string> arguments = arguments.ToImmutableArray();

    /// <summary>What keeps a class from being listed: it has to derive from a base, and to be made without arguments; null where nothing does.</summary>
    public static CatalogueFault? OfClass(INamedTypeSymbol type, string attribute, params string[] bases)
    {
        var why = Base(type, bases) is null ? $"does not derive from {string.Join(" or ", bases)}"
            : type.IsAbstract ? "is abstract"
            : type.IsGenericType ? "is generic"
            : !type.InstanceConstructors.Any(c => c.Parameters.All(p => p.HasExplicitDefaultValue) && c.DeclaredAccessibility != Accessibility.Private) ? "has no constructor without parameters"
            : null;
        return why is null ? null : new CatalogueFault(OtherKind, SourcePlace.Of(type), type.ToDisplayString(), attribute, why);
    }

    /// <summary>The first of these bases that a class derives from; null where it does from none.</summary>
    public static string? Base(INamedTypeSymbol type, params string[] bases)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (bases.FirstOrDefault(b => b == at.ToDisplayString()) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    public void Report(SourceProductionContext output) => output.ReportDiagnostic(Diagnostic.Create(rule, place.ToLocation(), arguments.ToArray<object>()));

    public bool Equals(CatalogueFault other) => rule.Equals(other.rule) && place.Equals(other.place) && arguments.SequenceEqual(other.arguments);

    public override bool Equals(object? obj) => obj is CatalogueFault other && Equals(other);

    public override int GetHashCode() => place.GetHashCode();

    private static DiagnosticDescriptor Rule(string id, string title, string message) => new(id, title, message, "ModelGate", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
