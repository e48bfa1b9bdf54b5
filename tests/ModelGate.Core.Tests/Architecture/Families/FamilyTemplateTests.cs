using System.Text;
using ModelGate.Architecture.Causes.Variants;
using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Architecture.Families.Hyperparameters;
using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;

namespace ModelGate.Tests.Architecture.Families;

/// <summary>A family is one JSON: no C# knows this one, and it is compared with what is declared and told apart all the same.</summary>
public class FamilyTemplateTests
{
    private const string Template = """
        {
          "title": "A tower of linear layers, from its tower.json",
          "parameters": {
            "width": { "kind": "integer", "from": ["net.width", "1"], "default": 4, "about": "Width of a floor." },
            "floors": { "kind": "integer", "from": ["net.floors", "0"], "about": "Floors." },
            "roof": { "kind": "choice", "choices": ["flat", "gable"], "scalar": "roof", "default": "'flat'", "about": "The last layer." }
          },
          "variants": {
            "hut": { "floors": 1 },
            "tower": { "floors": 5 }
          },
          "requires": { "a tower without floors": "floors > 0" },
          "recognized": "has('floor.0')",
          "carried": { "at": "plan", "items": 3 },
          "stated": {
            "height": { "kind": "integer", "from": ["height", "2"], "scalar": "label", "scalarAs": "number(height)", "about": "Metres." }
          },
          "agrees": { "the roof would not be on top": "floors * 3 == height" },
          "measured": {
            "width": "size('floor.0', 0)",
            "floors": "count('floor.*')",
            "roof": "'gable' if has('ridge') else 'flat'"
          },
          "keys": {
            "for i in range(floors)": { "floor.{i}": "linear(width, width)" },
            "if roof == 'gable'": { "ridge.weight": ["width"] }
          }
        }
        """;

    private static readonly ModelFamily Towers = FamilyTemplateReader.Family("tower", new MemoryStream(Encoding.UTF8.GetBytes(Template)), ModelFamilies.Parts, ModelFamilies.Measures);

    [Fact]
    public void Has_its_configuration_held_against_its_tensors()
        => Check("""{ "net": { "width": 4, "floors": 3 }, "height": 9 }""", [], Tensors("tower")).Should().BeEquivalentTo(
            "floors is 3 by tower.json (net.floors), and 5 by the tensors (floor)");

    [Fact]
    public void Has_the_values_of_one_configuration_held_against_each_other()
        => Check("""{ "net": { "floors": 5 }, "height": 14 }""", [], Tensors("tower")).Should().BeEquivalentTo(
            "floors * 3 is 15 by tower.json (net.floors), and height is 14 by tower.json (height): the roof would not be on top");

    [Fact]
    public void Has_what_its_export_carries_held_against_all_else()
        => Check("""{ "height": 12 }""", [("plan", List(5, 4, 15)), ("roof", new MetadataValue.Text("gable")), ("label", new MetadataValue.Text("15"))], Tensors("tower")).Should().BeEquivalentTo(
            "roof is gable by the model's roof, and flat by the tensors (no ridge)",
            "height is 15 by the model's plan[2], and 12 by tower.json (height)");

    [Fact]
    public void Has_a_list_of_fixed_places_whose_length_and_kinds_are_known()
        => Check("{}", [("plan", new MetadataValue.List([new MetadataValue.Text("five"), new MetadataValue.Integer(4)]))], Tensors("tower")).Should().BeEquivalentTo(
            "plan has 2 items, and tower's has 3",
            "plan[0]: floors is the text \"five\"; it has to be a whole number from 0 to 100000000");

    [Fact]
    public void Has_its_variants_named_where_one_stands_in_place_of_another()
    {
        var proposal = new WrongVariant([Towers]).Propose(KeyComparison.Of(Towers.Expect("hut").Keys, Towers.Expect("tower").Keys)).Should().ContainSingle().Subject;

        proposal.Message.Value.Should().Be("these shapes are tower hut, and tower tower is expected");
        proposal.Accounts.Should().HaveCount(8, "four floors of weight and bias are missing");
    }

    private static IEnumerable<string> Check(string configuration, (string Path, MetadataValue Value)[] scalars, FamilyTensors tensors)
    {
        var checkpoint = new Checkpoint("pytorch-zip", [], "", [.. scalars.Select(s => KeyValuePair.Create(s.Path, s.Value))], []);
        var family = new[] { Towers }.Recognize(tensors)!;
        IEnumerable<Declaration> export = Declaration.OfExport(family, checkpoint) is { } carried ? [carried, Declaration.OfScalars(family, checkpoint)] : [];
        return new DeclarationCheck(family, tensors, [.. export, Declaration.OfFile(family, FamilyLists.Json(configuration), "tower.json")]).Contradictions.Select(c => c.Value);
    }

    private static FamilyTensors Tensors(string variant) => FamilyLists.Tensors(Towers.Expect(variant));

    private static MetadataValue.List List(params long[] values) => new([.. values.Select(v => new MetadataValue.Integer(v))]);
}
