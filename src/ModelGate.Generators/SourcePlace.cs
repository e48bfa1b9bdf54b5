using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ModelGate.Generators;

/// <summary>Where a symbol is declared, comparable by value: a <see cref="Location"/> would keep a whole compilation alive between builds.</summary>
internal readonly struct SourcePlace(string path, TextSpan span, LinePositionSpan lines) : System.IEquatable<SourcePlace>
{
    private readonly string path = path;
    private readonly TextSpan span = span;
    private readonly LinePositionSpan lines = lines;

    public static SourcePlace Of(ISymbol symbol)
    {
        var location = symbol.Locations.FirstOrDefault(l => l.IsInSource) ?? Location.None;
        return new SourcePlace(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);
    }

    public Location ToLocation() => string.IsNullOrEmpty(path) ? Location.None : Location.Create(path, span, lines);

    public bool Equals(SourcePlace other) => path == other.path && span == other.span && lines == other.lines;

    public override bool Equals(object? obj) => obj is SourcePlace other && Equals(other);

    public override int GetHashCode() => span.GetHashCode();
}
