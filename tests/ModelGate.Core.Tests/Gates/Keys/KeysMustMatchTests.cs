using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Keys;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Keys;

public class KeysMustMatchTests
{
    private static readonly string Grc = Repository.PathOf("samples", "grc", "best_model.pth");

    private static readonly string Flat = Repository.PathOf("samples", "grc", "expected_flat.json");

    [Fact]
    public void Passes_where_every_key_and_shape_is_expected()
    {
        var judgement = Judge(Grc, Repository.PathOf("samples", "grc", "expected_nested.json"));

        judgement.Findings.Should().BeEmpty();
        judgement.IsInconclusive.Should().BeFalse();
        Counts(judgement).Should().Equal(0, 0, 0, 60, 0);
    }

    [Fact]
    public void Fails_where_blocks_are_nested_and_the_architecture_is_flat()
    {
        var judgement = Judge(Grc, Flat);

        Counts(judgement).Should().Equal(8, 48, 0, 12, 0);
        judgement.Findings.Should().HaveCount(2);
        judgement.Findings[0].Message.Value.Should().Contain("mrfs.{0..3}.conv.bias x4, mrfs.{0..3}.conv.weight x4", "equal numbered parts are folded");
    }

    [Fact]
    public void Fails_where_only_a_shape_differs()
    {
        var expected = Loaded.File<KeyManifest>(Repository.PathOf("samples", "lexi", "rvc_v2_48k_narrow.json")).Content;
        var keys = new Dictionary<string, ExpectedKey>(expected.Keys, StringComparer.Ordinal) { ["dec.ups.0.weight_v"] = new([32, 16, 20], null) };

        var judgement = Judge(Lexi("lexi.pth"), new KeyManifest(keys));

        Counts(judgement).Should().Equal(0, 0, 1, 457, 0);
        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("dec.ups.0.weight_v is [32, 16, 24] and should be [32, 16, 20]");
    }

    [Fact]
    public void Passes_against_a_checkpoint_of_the_same_network()
        => Judge(Lexi("lexi.pth"), Repository.PathOf("samples", "lexi-fixed", "lexi.pth")).Findings.Should().BeEmpty();

    [Fact]
    public void Fails_against_the_training_checkpoint_whose_posterior_encoder_the_model_lacks()
        => Counts(Judge(Lexi("lexi.pth"), Lexi("G_396.pth"))).Should().Equal(103, 0, 0, 457, 0);

    [Fact]
    public void Judges_the_final_checkpoint_where_no_model_is_named()
    {
        var run = new GateRun().With(ArtifactRole.Architecture, "G.pth", File.ReadAllBytes(Lexi("G_396.pth")));
        foreach (var name in new[] { "G_396.pth", "G_2376.pth", "G_792.pth" })
        {
            run.With(ArtifactRole.Checkpoints, name, File.ReadAllBytes(Lexi(name)));
        }

        run.Judge(new KeysMustMatch(), new KeysMustMatch.Options()).Should().ContainSingle().Which.Path.Should().Be("G_2376.pth");
    }

    [Fact]
    public void Tolerates_as_many_differences_as_the_options_say()
    {
        Judge(Grc, Flat, new() { Missing = 8, Unexpected = 48 }).Findings.Should().BeEmpty();
        Judge(Grc, Flat, new() { Missing = 7, Unexpected = 48 }).Findings.Should().ContainSingle();
        Judge(Grc, Flat, new() { Missing = 8, Unexpected = 47 }).Findings.Should().ContainSingle();
    }

    [Fact]
    public void Compares_one_layer_where_the_options_say_so()
        => Counts(Judge(Grc, Flat, new() { Only = ["mrfs.1"] })).Should().Equal(2, 12, 0, 0, 0);

    [Fact]
    public void Passes_where_the_differences_are_ignored()
    {
        var judgement = Judge(Grc, Flat, new() { Ignore = ["mrfs.*"] });

        judgement.Findings.Should().BeEmpty();
        Counts(judgement).Should().Equal(0, 0, 0, 12, 0);
    }

    [Fact]
    public void Is_inconclusive_where_the_options_leave_nothing_to_compare()
        => Judge(Grc, Flat, new() { Only = ["mrf.1"] }).IsInconclusive.Should().BeTrue();

    [Fact]
    public void Counts_element_types_where_the_architecture_states_them()
    {
        var flat = Loaded.File<KeyManifest>(Flat).Content;
        var half = new KeyManifest(flat.Keys.ToDictionary(
            k => k.Key, k => k.Value with { DType = k.Key.StartsWith("ups.", StringComparison.Ordinal) ? "float16" : null }, StringComparer.Ordinal));
        var options = new KeysMustMatch.Options { Ignore = ["mrfs.*"] };

        var judgement = Judge(Grc, half, options);
        Counts(judgement).Should().Equal(0, 0, 0, 12, 8);
        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("float32 in place of float16");
        Judge(Grc, half, options with { Dtype = 8 }).Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("rvc_v1_40k")]
    [InlineData("rvc_v2_32k")]
    [InlineData("rvc_v2_40k")]
    public void Tells_a_variant_from_another_whose_457_names_are_the_same(string variant)
    {
        var real = KeysOf("rvc_v2_48k");
        var other = KeysOf(variant);
        other.Keys.Keys.Should().BeEquivalentTo(real.Keys.Keys);
        var model = Loaded.Weights("lexi.pth", [.. real.Keys.Select(k => (k.Key, k.Value.Shape.ToArray()))]).Content;

        var judgement = Single(new GateRun().With(ArtifactRole.Model, "lexi.pth", model).With(ArtifactRole.Architecture, variant, other), new());

        judgement.Measurements.Single(m => m.Signal == "different-shapes").Observed.Should().BePositive();
        judgement.Findings.Should().ContainSingle();
    }

    [Fact]
    public void Shows_the_tree_of_the_keys()
        => Run(Grc, Flat).Judge(new KeysMustMatch(), new KeysMustMatch.Options()).Single().Exhibits.Should().ContainSingle().Which.Should().BeOfType<TreeExhibit>();

    [Fact]
    public void Is_inconclusive_where_the_architecture_states_no_keys()
        => Single(new GateRun().With(ArtifactRole.Model, "m.pth", File.ReadAllBytes(Grc)).With(ArtifactRole.Architecture, "a.wav", Signals.MadeClip.Of(Signals.MadeClip.Silence(10))), new())
            .IsInconclusive.Should().BeTrue();

    private static string Lexi(string name) => Repository.PathOf("samples", "lexi", name);

    private static KeyManifest KeysOf(string variant)
        => Loaded.File<KeyManifest>(Path.Combine(AppContext.BaseDirectory, "Fixtures", "keys", variant + "_f0_infer.json")).Content;

    // Missing, unexpected, differently shaped, common, differently typed.
    private static IEnumerable<int> Counts(Judgement judgement) => judgement.Measurements.Select(m => (int)m.Observed!.Value);

    private static Judgement Judge(string model, string expected, KeysMustMatch.Options? options = null) => Single(Run(model, expected), options);

    private static Judgement Judge(string model, KeyManifest expected, KeysMustMatch.Options? options = null)
        => Single(new GateRun().With(ArtifactRole.Model, Path.GetFileName(model), File.ReadAllBytes(model)).With(ArtifactRole.Architecture, "expected.json", expected), options);

    private static GateRun Run(string model, string expected) => new GateRun()
        .With(ArtifactRole.Model, Path.GetFileName(model), File.ReadAllBytes(model))
        .With(ArtifactRole.Architecture, Path.GetFileName(expected), File.ReadAllBytes(expected));

    private static Judgement Single(GateRun run, KeysMustMatch.Options? options)
        => run.Judge(new KeysMustMatch(), options ?? new()).Should().ContainSingle().Which.Judgement;
}
