using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGate.Generators;

namespace ModelGate.Tests.Generators;

/// <summary>What is wrong with a class that wants to be in a catalogue is an error at its place in the source.</summary>
public class CatalogueGeneratorsTests
{
    private const string Kinds = """
        using System; using System.Collections.Generic;
        namespace ModelGate.Gates { internal sealed class GateIdAttribute(string id) : Attribute { public string Id => id; } internal abstract class Gate; internal sealed class RangeAttribute(double low, double high) : Attribute { public double Low => low; public double High => high; } }
        namespace ModelGate.Readers { internal sealed class ReaderAttribute(int order) : Attribute { public int Order => order; } internal abstract class ArtifactReader; internal abstract class ArchiveReader; }
        namespace ModelGate.Signals { internal sealed class SignalAttribute(int on) : Attribute { public int On => on; } internal abstract class Signal; }
        namespace ModelGate.Architecture.Causes { internal sealed class KeyCauseOrderAttribute(int order) : Attribute { public int Order => order; } internal abstract class KeyCause; }
        namespace Other { internal sealed class ReaderAttribute(int order) : Attribute { public int Order => order; } internal sealed class RangeAttribute(double low, double high) : Attribute { public double Low => low; public double High => high; } internal interface IReadOnlyList<T>; }
        """;

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "MGGEN001", "Odd", "[ModelGate.Gates.GateId(\"MG1\")] class G : ModelGate.Gates.Gate { public record Options { public System.DateTime Odd { get; init; } } }" },
        { "MGGEN001", "Odd", "[ModelGate.Gates.GateId(\"MG1\")] class G : ModelGate.Gates.Gate { public record Options { public Other.IReadOnlyList<string>? Odd { get; init; } } }" },
        { "MGGEN002", "G", "[ModelGate.Gates.GateId(\"MG1\")] class G { }" },
        { "MGGEN002", "R", "[ModelGate.Readers.Reader(1)] class R { }" },
        { "MGGEN002", "R", "[ModelGate.Readers.Reader(1)] abstract class R : ModelGate.Readers.ArtifactReader { }" },
        { "MGGEN002", "R", "[ModelGate.Readers.Reader(1)] class R(int size) : ModelGate.Readers.ArtifactReader { public int Size => size; }" },
        { "MGGEN002", "S", "namespace N { [ModelGate.Signals.Signal(1)] partial class S { } }" },
        { "MGGEN002", "C", "[ModelGate.Architecture.Causes.KeyCauseOrder(1)] class C { }" },
        { "MGGEN003", "H", "[ModelGate.Gates.GateId(\"MG1\")] class G : ModelGate.Gates.Gate { } [ModelGate.Gates.GateId(\"MG1\")] class H : ModelGate.Gates.Gate { }" },
        { "MGGEN003", "B", "[ModelGate.Readers.Reader(10)] class A : ModelGate.Readers.ArtifactReader { } [ModelGate.Readers.Reader(10)] class B : ModelGate.Readers.ArtifactReader { }" },
        { "MGGEN003", "D", "[ModelGate.Architecture.Causes.KeyCauseOrder(1)] class C : ModelGate.Architecture.Causes.KeyCause { } [ModelGate.Architecture.Causes.KeyCauseOrder(1)] class D : ModelGate.Architecture.Causes.KeyCause { }" },
        { "MGGEN004", "Share", "namespace ModelGate.Bytes { public sealed partial record ReadLimits { public double Share { get; init; } } }" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Says_at_the_place_what_is_wrong(string id, string at, string code)
    {
        var error = Run(code).Should().ContainSingle(d => d.Id == id).Which;

        error.Severity.Should().Be(DiagnosticSeverity.Error);
        error.Location.GetLineSpan().Path.Should().Be("code.cs");
        code.Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length).Should().Be(at);
    }

    [Theory]
    [InlineData("[Other.Reader(1)] class R { }")]
    [InlineData("[ModelGate.Readers.Reader(1)] class A : ModelGate.Readers.ArtifactReader { } [ModelGate.Readers.Reader(1)] class B : ModelGate.Readers.ArchiveReader { }")]
    [InlineData("[ModelGate.Gates.GateId(\"MG1\")] class G : ModelGate.Gates.Gate { public record Options { [Other.Range(1, 2)] public double X { get; init; } } }")]
    [InlineData("namespace Other { public sealed partial record ReadLimits { public double Share { get; init; } } }")]
    public void Goes_by_full_names(string code) => Run(code).Should().BeEmpty();

    [Fact]
    public void The_range_is_in_the_catalogue()
        => Generated("[ModelGate.Gates.GateId(\"MG1\")] class G : ModelGate.Gates.Gate { public record Options { [ModelGate.Gates.Range(1, 2.5)] public double X { get; init; } } }")
            .Should().Contain("Lowest = 1, Highest = 2.5");

    [Fact]
    public void An_attribute_of_another_namespace_sets_no_range()
        => Generated("[ModelGate.Gates.GateId(\"MG1\")] class G : ModelGate.Gates.Gate { public record Options { [Other.Range(1, 2)] public double X { get; init; } } }")
            .Should().Contain("new OptionDescriptor(\"x\"").And.NotContain("Lowest");

    private static ImmutableArray<Diagnostic> Run(string code) => Drive(code).GetRunResult().Diagnostics;

    private static string Generated(string code) => string.Join('\n', Drive(code).GetRunResult().GeneratedTrees.Select(t => t.ToString()));

    private static GeneratorDriver Drive(string code)
    {
        var compilation = CSharpCompilation.Create(
            "Catalogues",
            [
                CSharpSyntaxTree.ParseText(Kinds, path: "kinds.cs", cancellationToken: TestContext.Current.CancellationToken),
                CSharpSyntaxTree.ParseText(code, path: "code.cs", cancellationToken: TestContext.Current.CancellationToken),
            ],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        ISourceGenerator[] generators =
        [
            new GateCatalogueGenerator().AsSourceGenerator(), new ReaderCatalogueGenerator().AsSourceGenerator(), new SignalCatalogueGenerator().AsSourceGenerator(),
            new KeyCauseGenerator().AsSourceGenerator(), new ReadLimitsGenerator().AsSourceGenerator(),
        ];
        return CSharpGeneratorDriver.Create(generators).RunGenerators(compilation, TestContext.Current.CancellationToken);
    }
}
