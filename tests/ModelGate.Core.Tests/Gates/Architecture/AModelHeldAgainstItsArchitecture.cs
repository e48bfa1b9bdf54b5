using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Architecture;

public class AModelHeldAgainstItsArchitecture
{
    private static readonly ArtifactFile<Checkpoint> Grc = Loaded.File<Checkpoint>(Repository.PathOf("samples", "grc", "best_model.pth"));

    [Fact]
    public void Passes_where_every_key_and_shape_is_expected()
    {
        var judgement = Judge(Grc, Manifest("grc", "expected_nested.json"));

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Be("all keys align with expected_nested.json: 60 of 60, parameters equal (53353)");
    }

    [Fact]
    public void Fails_where_blocks_are_nested_and_the_architecture_is_flat()
    {
        var judgement = Judge(Grc, Manifest("grc", "expected_flat.json"));

        Counts(judgement).Should().Equal(8, 48, 0, 12);
        judgement.Findings.Select(f => f.Message.Value).Should().Equal(
            "8 expected keys are missing: mrfs.{0..3}.conv.bias x4, mrfs.{0..3}.conv.weight x4",
            "48 keys are not expected: mrfs.{0..3}.convs.{0..2}.conv1.bias x12, mrfs.{0..3}.convs.{0..2}.conv1.weight x12, mrfs.{0..3}.convs.{0..2}.conv2.bias x12, mrfs.{0..3}.convs.{0..2}.conv2.weight x12");
    }

    [Fact]
    public void Fails_where_only_a_shape_differs()
    {
        var expected = Manifest("lexi", "rvc_v2_48k_narrow.json");
        var keys = new Dictionary<string, ExpectedKey>(expected.Content.Keys, StringComparer.Ordinal) { ["dec.ups.0.weight_v"] = new([32, 16, 20], null) };

        var judgement = Judge(Loaded.Lexi("lexi.pth"), expected with { Content = new KeyManifest(keys) });

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Be(
            "1 keys have another shape: dec.ups.0.weight_v is [32, 16, 24] and should be [32, 16, 20]");
    }

    [Fact]
    public void Passes_against_a_checkpoint_of_the_same_network()
        => Judge(Loaded.Lexi("lexi.pth"), Loaded.File<Artifact>(Repository.PathOf("samples", "lexi-fixed", "lexi.pth"))).Findings.Should().BeEmpty();

    [Fact]
    public void Fails_against_the_training_checkpoint_whose_posterior_encoder_it_lacks()
        => Counts(Judge(Loaded.Lexi("lexi.pth"), Loaded.File<Artifact>(Repository.PathOf("samples", "lexi", "G_396.pth")))).Should().Equal(103, 0, 0, 457);

    [Fact]
    public void Is_the_final_checkpoint_where_no_model_is_named()
    {
        var set = Loaded.Set((ArtifactRole.Checkpoints, [Loaded.Lexi("G_396.pth"), Loaded.Lexi("G_2376.pth"), Loaded.Lexi("G_792.pth")]));
        set.Add(ArtifactRole.Architecture, ["G.pth"], [new RoleFile("G.pth", 1, default, Loaded.Lexi("G_396.pth").Content, SafeText.Empty)]);

        new KeysMustMatch().Judge(set, new KeysMustMatch.Options()).Should().ContainSingle()
            .Which.Artifact.Should().Be("G_2376.pth");
    }

    [Fact]
    public void Bears_as_many_differences_as_the_options_say()
        => new KeysMustMatch().Judge(new KeyedModel(Grc, Manifest("grc", "expected_flat.json").Content.Keys, "flat"), new KeysMustMatch.Options { Missing = 8, Unexpected = 48 })
            .Findings.Should().BeEmpty();

    [Theory]
    [InlineData("rvc_v1_40k")]
    [InlineData("rvc_v2_32k")]
    [InlineData("rvc_v2_40k")]
    public void Is_told_from_a_variant_whose_457_names_are_the_same(string variant)
    {
        var real = KeysOf("rvc_v2_48k");
        var other = KeysOf(variant);
        other.Keys.Should().BeEquivalentTo(real.Keys);

        var model = Loaded.Weights("lexi.pth", [.. real.Select(k => (k.Key, k.Value.Shape.ToArray()))]);
        var judgement = new KeysMustMatch().Judge(new KeyedModel(model, other, variant), new KeysMustMatch.Options());

        judgement.Measurements.Single(m => m.Signal == "different-shapes").Observed.Should().BePositive();
        judgement.Findings.Should().ContainSingle();
    }

    private static IReadOnlyDictionary<string, ExpectedKey> KeysOf(string variant)
        => Loaded.File<KeyManifest>(Path.Combine(AppContext.BaseDirectory, "Fixtures", "keys", variant + "_f0_infer.json")).Content.Keys;

    private static ArtifactFile<KeyManifest> Manifest(string sample, string name) => Loaded.File<KeyManifest>(Repository.PathOf("samples", sample, name));

    private static IEnumerable<int> Counts(Judgement judgement) => judgement.Measurements.Select(m => (int)m.Observed!.Value).Take(4);

    private static Judgement Judge<T>(ArtifactFile<Checkpoint> model, ArtifactFile<T> expected)
        where T : Artifact
        => new KeysMustMatch().Judge(
            new KeyedModel(model, ModelKeys.Of(expected.Content, withTypes: false)!, expected.Path), new KeysMustMatch.Options());
}
