using System.Globalization;
using System.Text.RegularExpressions;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;

namespace ModelGate.Tests.Gates.Catalogue;

public partial class GateCatalogueTests
{
    public static TheoryData<string> EveryGate => [.. GateCatalogue.All.Select(g => g.Id)];

    [Fact]
    public void Holds_every_class_that_has_an_id()
        => GateCatalogue.All.Select(g => g.Create().GetType()).Should().BeEquivalentTo(
            typeof(Gate).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Gate)) && !t.IsAbstract));

    [Fact]
    public void Is_sorted_by_ids_that_are_unique()
        => GateCatalogue.All.Select(g => g.Id).Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();

    [Theory]
    [MemberData(nameof(EveryGate))]
    public void Gives_a_gate_an_id_of_its_block_and_a_name_that_states_its_requirement(string id)
    {
        var gate = GateCatalogue.Find(id)!;

        id.Should().MatchRegex("^MG[1-9][0-9]{3}$");
        gate.ClassName.Should().Contain("Must");
        gate.Name.Should().Be(Words().Replace(gate.ClassName, m => (m.Index == 0 ? "" : "-") + m.Value.ToLowerInvariant()));
        gate.Summary.Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryGate))]
    public void Gives_a_gate_a_page_with_all_headings(string id)
    {
        var gate = GateCatalogue.Find(id)!;
        var page = GatePage.Text(gate);

        page.Should().StartWith($"# {id} {gate.ClassName}\n");
        Headings().Matches(page).Select(m => m.Groups[1].Value).Should().Equal(GatePage.Headings);
        foreach (var heading in GatePage.Headings.Where(h => h != "Options"))
        {
            GatePage.FirstParagraph(gate.Ref, heading).Should().NotBeEmpty(heading);
        }

        GatePage.FirstParagraph(gate.Ref, "Why it matters").Should().NotContain("PyTorch", "it is quoted under GGUF files too");
        GatePage.FirstParagraph(gate.Ref, "Why it matters").Length.Should().BeLessThan(400, "a report quotes it");
        File.ReadAllText(Repository.PathOf(gate.Help)).Should().Be(page);
    }

    [Theory]
    [MemberData(nameof(EveryGate))]
    public void Gives_every_option_a_row_on_the_page_with_its_default(string id)
    {
        var gate = GateCatalogue.Find(id)!;
        var rows = GatePage.Text(gate).Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal))
            .Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries)).ToLookup(c => c[0].Trim('`'), StringComparer.Ordinal);
        foreach (var option in gate.Options)
        {
            option.Description.Should().NotBeEmpty();
            rows[option.Name].Should().ContainSingle($"the page of {id} describes {option.Name}").Which[1..]
                .Should().Contain(cell => IsDefault(cell.Trim('`'), option), $"the default of {option.Name} is {option.Default}");
        }
    }

    [Theory]
    [MemberData(nameof(EveryGate))]
    public void Finds_a_test_class_of_the_gates_name(string id)
        => typeof(GateCatalogueTests).Assembly.GetTypes().Select(t => t.Name).Should().Contain(GateCatalogue.Find(id)!.ClassName + "Tests");

    private static bool IsDefault(string cell, OptionDescriptor option) => option.Default switch
    {
        null => cell is "null" or "none" || cell.EndsWith(", else none", StringComparison.Ordinal),
        IReadOnlyList<string> { Count: 0 } => cell is "[]" or "none",
        IReadOnlyList<string> list => cell == $"[{string.Join(", ", list.Select(i => $"\"{i}\""))}]",
        bool truth => cell == (truth ? "true" : "false"),
        var value => cell.Equals(Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase),
    };

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Words();

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
