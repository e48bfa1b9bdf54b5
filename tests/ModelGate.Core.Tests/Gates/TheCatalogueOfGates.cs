using System.Text.RegularExpressions;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;

namespace ModelGate.Tests.Gates;

public partial class TheCatalogueOfGates
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
            GatePage.FirstParagraph(gate, heading).Should().NotBeEmpty(heading);
        }

        GatePage.FirstParagraph(gate, "Why it matters").Length.Should().BeLessThan(400, "a report quotes it");
        File.ReadAllText(Repository.PathOf(gate.Help)).Should().Be(page);
    }

    [Theory]
    [MemberData(nameof(EveryGate))]
    public void Describes_every_option_on_the_page_with_its_default(string id)
    {
        var gate = GateCatalogue.Find(id)!;
        var page = GatePage.Text(gate);
        foreach (var option in gate.Options)
        {
            page.Should().Contain(option.Name, $"the page of {id} lists its options");
            option.Description.Should().NotBeEmpty();
        }

      
    }

    [Theory]
    [MemberData(nameof(EveryGate))]
    public void Has_a_test_for_each_gate(string id)
    {
        var name = GateCatalogue.Find(id)!.ClassName;

        Directory.EnumerateFiles(Repository.PathOf("tests", "ModelGate.Core.Tests", "Gates"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("TheCatalogueOfGates.cs", StringComparison.Ordinal))
            .Should().Contain(f => File.ReadAllText(f).Contains($"new {name}(", StringComparison.Ordinal));
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Words();

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
