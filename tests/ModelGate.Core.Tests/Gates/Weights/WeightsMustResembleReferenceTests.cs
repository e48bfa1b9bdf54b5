using System.Text.Json;
using ModelGate.Gates;
using ModelGate.Gates.Weights;
using ModelGate.Runs;
using ModelGate.Tests.Readers;

namespace ModelGate.Tests.Gates.Weights;

/// <summary>Fixtures/weights/README.md says what the files are; expected.json is PyTorch's.</summary>
public class WeightsMustResembleReferenceTests
{
    private static readonly JsonElement Expected = JsonDocument.Parse(Fixture.Bytes("weights/expected.json")).RootElement.GetProperty("statistics");

    [Fact]
    public void Another_voice_of_the_same_network_is_like_it_and_what_differs_is_said()
    {
        var judgement = Judge("export");

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().StartWith("export.pth is like works.pth: 0 of 6 matrices are unlike").And.EndWith("; 48000 Hz against 40000 Hz; epoch 132 against 500");
    }

    [Theory]
    [InlineData("export", "fine", "enc_p.emb.weight")]
    [InlineData("grown", "grown", "dec.conv_pre.weight")]
    [InlineData("off", "off", "dec.conv_pre.weight")]
    public void The_distances_of_a_layer_are_those_of_PyTorchs_statistics(string file, string statistics, string layer)
    {
        var (own, works) = (Of(statistics, layer), Of("works", layer));
        var row = Run(file).Judge(new WeightsMustResembleReference(), new WeightsMustResembleReference.Options()).Single().Exhibits.OfType<TableExhibit>().Last().Rows.Single(r => r.Cells[0].Value == layer);

        double.Parse(row.Cells[5].Value).Should().BeApproximately(Math.Abs(Math.Log2(own.Std / works.Std)), 0.0051);
        double.Parse(row.Cells[6].Value).Should().BeApproximately(Math.Abs(own.Mean - works.Mean) / Math.Max(own.Std, works.Std), 0.0051);
    }

    [Fact]
    public void A_decoder_that_has_grown_fails_and_the_layers_that_differ_most_are_told_first()
    {
        var judgement = Judge("grown");

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().StartWith("3 of 6 matrices of grown.pth are unlike those of works.pth: ").And.Contain("times the spread");
        judgement.Measurements.Single(m => m.Signal == "unlike-layers").Observed.Should().Be(0.5);
        judgement.Measurements.Where(m => m.Signal == "layer-spread-distance").Select(m => m.Observed).Should().BeInDescendingOrder().And.Subject.First().Should()
            .BeApproximately(Layers("grown").Max(l => Math.Abs(Math.Log2(Of("grown", l).Std / Of("works", l).Std))), 1e-6);
    }

    [Fact]
    public void A_mean_that_is_off_counts_too()
        => Judge("off", new WeightsMustResembleReference.Options { Layers = 0 }).Findings.Should().ContainSingle().Which.Message.Value
            .Should().StartWith("1 of 6 matrices of off.pth are unlike those of works.pth: dec.conv_pre.weight with a mean").And.EndWith("deviations off");

    [Fact]
    public void A_layer_of_zeros_fails_by_itself()
        => Judge("dead").Findings[0].Message.Value.Should().Be("flow.flows.0.post.weight of dead.pth is 0 throughout, and that of works.pth is not");

    [Fact]
    public void A_config_of_another_length_fails()
        => Judge("short_config").Findings.Should().ContainSingle().Which.Message.Value.Should().Be("the config that short_config.pth carries has 17 items, and that of works.pth has 18");

    [Fact]
    public void Other_names_fail_and_are_folded()
        => Judge("lacks_flow").Findings[0].Message.Value.Should().Be("lacks_flow.pth has other weights than works.pth: it lacks 3 (flow.flows.0.pre.weight, flow.flows.0.pre.bias, flow.flows.0.post.weight), and has 0 more");

    [Fact]
    public void A_rate_may_differ_unless_it_is_asked_for()
        => Judge("export", new WeightsMustResembleReference.Options { SameSampleRate = true }).Findings.Should().ContainSingle().Which.Message.Value.Should().Be("export.pth speaks at 48000 Hz, and works.pth at 40000 Hz");

    [Fact]
    public void Other_widths_are_compared_by_their_statistics()
        => Judge("wide").Summary.Value.Should().StartWith("wide.pth is like works.pth: 0 of 6 matrices are unlike").And.Contain("10 tensors have other shapes");

    [Fact]
    public void Weights_that_only_training_needs_are_no_difference()
        => new GateRun().With(ArtifactRole.Model, "m.pth", Fixture.Bytes("weights/export.pth")).With(ArtifactRole.ReferenceModel, "G_10.pth", Fixture.Bytes("weights/fine.pth"))
            .Judge(new WeightsMustResembleReference(), new WeightsMustResembleReference.Options()).Single().Judgement.Findings.Should().BeEmpty();

    [Fact]
    public void A_reference_of_another_network_is_inconclusive()
        => new GateRun().With(ArtifactRole.Model, "m.pth", Fixture.Bytes("weights/export.pth")).With(ArtifactRole.ReferenceModel, "foreign.pth", Fixture.Bytes("weights/foreign.pth"))
            .Judge(new WeightsMustResembleReference(), new WeightsMustResembleReference.Options()).Single().Judgement.Should().Match<Judgement>(j => j.IsInconclusive && j.Summary.Value.Contains("no name of a weight in common"));

    [Fact]
    public void Of_several_references_the_nearest_counts()
        => Run("grown").With(ArtifactRole.ReferenceModel, "other_grown.pth", Fixture.Bytes("weights/grown.pth"))
            .Judge(new WeightsMustResembleReference(), new WeightsMustResembleReference.Options()).Single().Judgement.Findings.Should().BeEmpty();

    [Fact]
    public void The_strip_and_the_tables_show_what_is_unlike()
    {
        var exhibits = Run("grown").Judge(new WeightsMustResembleReference(), new WeightsMustResembleReference.Options()).Single().Exhibits;

        exhibits.OfType<StripExhibit>().Single().Cells.Where(c => c.IsWrong).Select(c => c.Name.Value).Should().OnlyContain(n => n.StartsWith("dec.")).And.HaveCount(3);
        exhibits.OfType<TableExhibit>().First().Rows.Single(r => r.Cells[0].Value == "info").Cells.Select(c => c.Value).Should().Equal("info", "132epoch", "500epoch");
        exhibits.OfType<TableExhibit>().Last().Rows.Count(r => r.IsWrong).Should().Be(3);
    }

    [Fact]
    public void The_reference_says_how_long_it_was_trained()
        => Judge("grown").Measurements.Single(m => m.Signal == "training-epoch").Should().Match<Measurement>(m => m.Observed == 500 && m.Role == ArtifactRole.ReferenceModel && m.Path.Value == "works.pth");

    private static IEnumerable<string> Layers(string file) => Expected.GetProperty(file).EnumerateObject().Select(p => p.Name).Where(n => n.EndsWith("weight") || n.EndsWith("weight_v"));

    private static (double Mean, double Std) Of(string file, string layer)
        => Expected.GetProperty(file).GetProperty(layer) is var found ? (found.GetProperty("mean").GetDouble(), found.GetProperty("std").GetDouble()) : default;

    private static Judgement Judge(string file, WeightsMustResembleReference.Options? options = null)
        => Run(file).Judge(new WeightsMustResembleReference(), options ?? new WeightsMustResembleReference.Options()).Should().ContainSingle().Which.Judgement;

    private static GateRun Run(string file)
        => new GateRun().With(ArtifactRole.Model, file + ".pth", Fixture.Bytes($"weights/{file}.pth")).With(ArtifactRole.ReferenceModel, "works.pth", Fixture.Bytes("weights/works.pth"));
}
