using ModelGate.Architecture.Comparison;
using ModelGate.Architecture.Diagnoses;
using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Remapping;
using ModelGate.Artifacts;

namespace ModelGate.Tests.Architecture.Causes;

public class MismatchesOfPublicReportsTests
{
    public static TheoryData<string> Cases => [.. MismatchCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Are_counted_as_they_are(string name)
    {
        var (left, right, counts, _, _) = MismatchCase.Read(name);

        var difference = KeyComparison.Of(left, right);

        new[] { difference.Common, difference.Missing.Count, difference.Unexpected.Count, difference.Shapes.Count, difference.DTypeDifferences.Count }.Should().Equal(counts);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Have_the_true_causes_named(string name)
    {
        var (left, right, _, _, truth) = MismatchCase.Read(name);

        var names = Diagnosis.Of(KeyComparison.Of(left, right)).Causes.Select(c => c.Name.Replace('-', '_')).ToArray();

        names.Should().Contain(truth);
        (truth.Length == 1 ? names : names.Skip(1)).Should().BeEquivalentTo(truth);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Are_resolved_as_far_as_they_can_be(string name)
    {
        var (left, right, _, remaining, _) = MismatchCase.Read(name);

        var diagnosis = Diagnosis.Of(KeyComparison.Of(left, right));

        diagnosis.Remaining.Should().Be(remaining);
        var mapped = diagnosis.Mapped.Keys.ToDictionary(k => k.Key, k => k.Value.Key);
        KeyComparison.Of(mapped, right).Mismatches.Should().Be(remaining);
    }

    [Fact]
    public void Share_the_mismatches_among_their_causes()
    {
        var (left, right, _, _, _) = MismatchCase.Read("two-compiled-ddp-and-parametrized");

        var causes = Diagnosis.Of(KeyComparison.Of(left, right)).Causes;

        causes.Select(c => (c.Name, c.Explains, c.Remaining)).Should().Equal(
            ("prefix-stack + weight-norm-spelling", 138, 0), ("weight-norm-spelling", 92, 0), ("prefix-stack", 46, 92));
        causes[0].Message.Value.Should().Contain("every key begins with \"_orig_mod.module.\"").And.Contain("weight_g and weight_v in the model");
    }

    [Fact]
    public void Say_how_many_blocks_are_nested()
    {
        var diagnosis = Diagnosis.Of(KeyComparison.Of(MismatchCase.Keys("grc_expected_nested"), MismatchCase.Keys("grc_expected_flat")));

        diagnosis.Causes.Should().ContainSingle().Which.Should().Match<DiagnosedCause>(c => c.Name == "nested-module-list" && c.Explains == 56 && c.Mapped == null);
        diagnosis.Causes[0].Message.Value.Should().Contain("3 blocks of conv1 and conv2 in each of 4 mrfs").And.Contain("no renaming resolves that");
    }

    [Fact]
    public void Name_both_variants_by_their_shapes()
        => Diagnosis.Of(KeyComparison.Of(MismatchCase.Keys("rvc_v2_40k_f0_infer"), MismatchCase.Keys("rvc_v2_48k_f0_infer"))).Causes[0].Message.Value
            .Should().Be("these shapes are rvc v2-40k, and rvc v2-48k is expected");

    [Fact]
    public void Say_so_where_names_and_shapes_cannot_tell_two_variants()
    {
        var left = new KeyManifest(MismatchCase.Keys("rvc_v1_32k_nof0_infer"));
        var right = new KeyManifest(MismatchCase.Keys("rvc_v1_48k_nof0_infer"));

        var difference = ModelDifference.Of(left, right, TestContext.Current.CancellationToken)!;

        difference.Differs.Should().BeFalse();
        difference.Notes.Should().HaveCount(2).And.Subject.First().Value.Should()
            .Be("the left side is rvc v1-32k or rvc v1-48k: names and shapes cannot tell which");
        Diagnosis.Of(KeyComparison.Of(left.Keys, MismatchCase.Keys("rvc_v1_40k_nof0_infer"))).Causes[0].Message.Value.Should().Contain("cannot tell rvc v1-32k from rvc v1-48k");
    }

    [Fact]
    public void List_in_the_mapping_only_what_changes()
    {
        var (left, right, _, _, _) = MismatchCase.Read("hifigan-parametrized");

        var mapping = KeyMapping.Of(Diagnosis.Of(KeyComparison.Of(left, right)).Mapped);

        mapping.Keys.Should().HaveCount(156).And.ContainKey("conv_pre.weight_g").WhoseValue.From.Should().Equal("conv_pre.parametrizations.weight.original0");
        mapping.Dropped.Should().BeEmpty();
    }
}
