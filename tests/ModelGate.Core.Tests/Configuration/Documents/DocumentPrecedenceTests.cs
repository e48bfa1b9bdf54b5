using System.Globalization;
using CsCheck;
using ModelGate.Configuration;
using ModelGate.Gates.Curves;
using ModelGate.Runs;

namespace ModelGate.Tests.Configuration.Documents;

/// <summary>Merging is compared with a fold that knows no documents: all assignments in order, the last one of each member counts.</summary>
public class DocumentPrecedenceTests
{
    private static readonly string[] Paths = ["a/x.log", "b/x.log"];
    private static readonly string[] Globs = ["a/*", "b/*", "**/x.log"];

    // What a file says of the gate: an option, its severity, both, or nothing at all.
    private static readonly Gen<Rule?> Rules = Gen.Select(Gen.Bool, Gen.Int[-1, 9], Gen.Int[0, 3].Select(i => new[] { "", "off", "warning", "error" }[i]))
        .Select((isThere, window, severity) => isThere ? new Rule(window < 0 ? null : (window + 1) / 10.0, severity) : null);

    private static readonly Gen<Text> Texts = Gen.Select(Rules, Gen.Select(Gen.Int[0, 2], Rules).Array[0, 2], Gen.Int[0, 4], Gen.Int[0, 7].Array[0, 3])
        .Select((rule, overrides, log, extends) => new Text(rule, [.. overrides.Where(o => o.Item2 is not null).Select(o => (Globs[o.Item1], o.Item2!))], log, extends));

    [Fact]
    public void Is_that_of_their_assignments_in_order()
        => Texts.Array[1, 6].Sample(texts =>
        {
            var files = new ConfigurationsInMemory();
            for (var i = 1; i < texts.Length; i++)
            {
                files[$"{i}.json"] = texts[i].Json(i, texts.Length);
            }

            var configuration = files.Read(texts[0].Json(0, texts.Length));
            var order = Flat(texts, 0).ToArray();
            Assert(configuration, null, order);
            foreach (var path in Paths)
            {
                Assert(configuration, path, order);
            }

            configuration.Artifacts.GetValueOrDefault(ArtifactRole.Log)?.Patterns.Single()
                .Should().Be(order.Select(t => t.Log).LastOrDefault(l => l > 0) is > 0 and var log ? $"{log}.log" : null);
        }, iter: 2000);

    private static void Assert(GateConfiguration configuration, string? path, Text[] order)
    {
        var rules = order.SelectMany(t => new[] { t.Everywhere }.Concat(t.Overrides.Where(o => path is not null && Fits(o.Glob, path)).Select(o => o.Rule))).OfType<Rule>().ToArray();
        var gate = configuration.Gates.SingleOrDefault() is { } configured ? configuration.For(configured, path) : null;
        var severity = rules.Select(r => r.Severity).LastOrDefault(s => s.Length > 0) ?? "error";
        if (rules.Length == 0 || severity == "off")
        {
            gate.Should().BeNull();
            return;
        }

        gate!.Severity.Should().Be(Enum.Parse<Severity>(severity, ignoreCase: true));
        ((LossMustConverge.Options)gate.Options).Window.Should().Be(rules.Select(r => r.Window).LastOrDefault(w => w is not null) ?? 0.5);
    }

    private static bool Fits(string glob, string path) => glob.StartsWith("**", StringComparison.Ordinal) || glob[0] == path[0];

    private static IEnumerable<Text> Flat(Text[] texts, int index)
        => texts[index].ExtendsOf(index, texts.Length).SelectMany(i => Flat(texts, i)).Append(texts[index]);

    private sealed record Rule(double? Window, string Severity)
    {
        public string Json => Window is null && Severity.Length > 0
            ? $"\"{Severity}\""
            : "{ " + string.Join(", ", new[]
            {
                Window is { } window ? string.Create(CultureInfo.InvariantCulture, $"\"window\": {window}") : "",
                Severity.Length > 0 ? $"\"severity\": \"{Severity}\"" : "",
            }.Where(m => m.Length > 0)) + " }";
    }

    private sealed record Text(Rule? Everywhere, (string Glob, Rule Rule)[] Overrides, int Log, int[] Extends)
    {
        // Only later files, so that there is no circle.
        public IEnumerable<int> ExtendsOf(int index, int count) => Extends.Select(e => index + 1 + e).Where(e => e < count);

        public string Json(int index, int count)
        {
            var members = new List<string> { $"\"gates\": {{ {(Everywhere is null ? "" : $"\"loss-must-converge\": {Everywhere.Json}")} }}" };
            if (ExtendsOf(index, count).ToArray() is { Length: > 0 } extends)
            {
                members.Add($"\"extends\": [{string.Join(", ", extends.Select(e => $"\"{e}.json\""))}]");
            }

            if (Log > 0)
            {
                members.Add($"\"artifacts\": {{ \"log\": \"{Log}.log\" }}");
            }

            if (Overrides.Length > 0)
            {
                members.Add($"\"overrides\": [{string.Join(", ", Overrides.Select(o => $"{{ \"files\": \"{o.Glob}\", \"gates\": {{ \"loss-must-converge\": {o.Rule.Json} }} }}"))}]");
            }

            return "{ " + string.Join(", ", members) + " }";
        }
    }
}
