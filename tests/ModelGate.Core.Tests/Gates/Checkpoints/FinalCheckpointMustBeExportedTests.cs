using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Checkpoints;
using ModelGate.Runs;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Checkpoints;

public class FinalCheckpointMustBeExportedTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 20, 4, 17, 0, TimeSpan.Zero);

    [Fact]
    public void An_export_of_the_final_checkpoint_passes()
    {
        var judgement = Judge(Repository.PathOf("samples", "lexi-fixed", "lexi.pth"), Lexi());

        judgement.Findings.Should().BeEmpty();
        Measured(judgement, "exported-step").Should().Match<Measurement>(m => m.Observed == 2376 && m.Margin == 0 && m.Text.Value == "G_2376.pth");
        Measured(judgement, "equal-tensors").Should().Match<Measurement>(m => m.Observed == 457 && m.Margin == 0);
    }

    [Fact]
    public void An_export_of_an_early_checkpoint_fails_and_its_true_source_is_named()
    {
        var judgement = Judge(LexiPath("lexi.pth"), Lexi());

        judgement.Findings.Should().ContainSingle().Which.Remedy.Value.Should().Contain("G_2376.pth");
        Measured(judgement, "exported-step").Should().Match<Measurement>(m => m.Observed == 396 && m.Required!.Limit == 2376 && m.Text.Value == "G_396.pth");
    }

    [Fact]
    public void The_checkpoint_that_each_other_way_of_choosing_would_have_taken_is_told()
    {
        var judgement = Judge(LexiPath("lexi.pth"), Lexi());

        Measured(judgement, "chosen-by-step").Text.Value.Should().Be("G_2376.pth");
        Measured(judgement, "chosen-by-name").Text.Value.Should().Be("G_792.pth", "as text it is the last: 7 comes after 3 and 2");
        Measured(judgement, "chosen-by-time").Text.Value.Should().Be("G_792.pth", "it was copied last");
    }

    [Fact]
    public void A_label_that_lies_is_a_finding_of_its_own()
    {
        var judgement = Judge(Exports("lexi_from_396_labelled_132epoch.pth"), Lexi());

        Measured(judgement, "exported-step").Observed.Should().Be(396);
        judgement.Findings.Should().HaveCount(2);
        judgement.Findings[1].Message.Value.Should().Contain("132epoch").And.Contain("epoch 22");
    }

    [Fact]
    public void A_copy_of_the_final_checkpoint_beside_it_changes_nothing()
        => Judge(Exports("export.pth"), Train("G_10.pth").With(ArtifactRole.Checkpoints, "G_10 (1).pth", Bytes("train.pth"))).Findings.Should().BeEmpty();

    // export.pth holds what PyTorch's half() made of train.pth: Fixtures/exports/README.md.
    [Fact]
    public void An_export_that_PyTorch_rounded_equals_its_source_bit_for_bit()
        => Measured(Judge(Exports("export.pth"), Train("G_10.pth")), "equal-tensors").Margin.Should().Be(0);

    [Fact]
    public void An_export_one_unit_in_the_last_place_away_is_not_its_source()
    {
        var judgement = Judge(Exports("export_altered.pth"), Train("G_10.pth"));

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("the nearest is G_10.pth");
        Measured(judgement, "equal-tensors").Should().Match<Measurement>(m => m.Observed == 7 && m.Required!.Limit == 10);
        Measured(judgement, "exported-step").Observed.Should().BeNull();
    }

    [Fact]
    public void An_export_of_another_run_fails()
    {
        var judgement = Judge(Exports("export.pth"), Lexi());

        judgement.Findings.Should().ContainSingle();
        Measured(judgement, "equal-tensors").Observed.Should().Be(0);
    }

    [Fact]
    public void An_export_that_lacks_tensors_which_inference_needs_fails()
    {
        var whole = Fixture.Read(File.ReadAllBytes(Repository.PathOf("samples", "lexi-fixed", "lexi.pth"))).Should().BeOfType<Checkpoint>().Subject;
        var half = whole with { Tensors = [.. whole.Tensors.Where(t => !t.Name.StartsWith("weight.flow.", StringComparison.Ordinal))] };

        var judgement = Judge(Lexi().With(ArtifactRole.Model, "lexi.pth", half));

        Measured(judgement, "exported-step").Margin.Should().Be(0);
        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain($"{whole.Tensors.Count - half.Tensors.Count} of its tensors: flow.flows.");
    }

    [Fact]
    public void Tensors_that_only_training_needs_may_be_left_out()
    {
        var run = Lexi().With(ArtifactRole.Model, "lexi.pth", File.ReadAllBytes(Repository.PathOf("samples", "lexi-fixed", "lexi.pth")));

        Judge(run, new() { TrainingOnly = [] }).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("enc_q.");
    }

    [Fact]
    public void Nothing_is_called_final_where_a_checkpoint_was_renamed()
    {
        var checkpoints = new GateRun()
            .With(ArtifactRole.Checkpoints, "G_9999.pth", File.ReadAllBytes(LexiPath("G_396.pth")))
            .With(ArtifactRole.Checkpoints, "G_2376.pth", File.ReadAllBytes(LexiPath("G_2376.pth")));

        Judge(LexiPath("lexi.pth"), checkpoints).Findings.Should().ContainSingle().Which.Message.Value
            .Should().Contain("G_9999.pth holds epoch 22 and optimizer step 396").And.Contain("G_2376.pth holds epoch 132 and optimizer step 2376");
    }

    [Fact]
    public void The_optimizers_steps_count_where_the_names_say_latest_only()
    {
        var checkpoints = new GateRun()
            .With(ArtifactRole.Checkpoints, "G_2333333.pth", File.ReadAllBytes(LexiPath("G_396.pth")))
            .With(ArtifactRole.Checkpoints, "other.pth", File.ReadAllBytes(LexiPath("G_792.pth")));

        Measured(Judge(LexiPath("lexi.pth"), checkpoints), "exported-step")
            .Should().Match<Measurement>(m => m.Observed == 396 && m.Required!.Limit == 792 && m.Text.Value == "G_2333333.pth");
    }

    [Fact]
    public void Checkpoints_that_state_no_step_are_inconclusive()
        => Judge(Exports("export.pth"), new GateRun().With(ArtifactRole.Checkpoints, "a.pth", Loaded.Weights("a.pth", ("w", [1])).Content)).IsInconclusive.Should().BeTrue();

    [Fact]
    public void A_checkpoint_that_is_unreadable_makes_it_inconclusive()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_2376.pth", File.ReadAllBytes(LexiPath("G_2376.pth"))[..100_000])
            .With(ArtifactRole.Checkpoints, "G_396.pth", File.ReadAllBytes(LexiPath("G_396.pth")));

        var judgement = Judge(LexiPath("lexi.pth"), run);

        judgement.IsInconclusive.Should().BeTrue("an interrupted save is the newest checkpoint");
        judgement.Summary.Value.Should().StartWith("G_2376.pth cannot be read");
    }

    // No digest of a checkpoint is of its bfloat16: the two files are read again and compared by element.
    [Theory]
    [InlineData(0x3F80, 0)]
    [InlineData(0x3F81, 1)]
    public void An_export_in_another_type_is_compared_element_by_element(int bits, int findings)
    {
        var run = new GateRun()
            .With(ArtifactRole.Model, "m.pth", MadeTensor.Checkpoint(MadeTensor.Of("w", DType.BFloat16, BitConverter.GetBytes((ushort)bits))))
            .With(ArtifactRole.Checkpoints, "G_10.pth", MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float32, BitConverter.GetBytes(1.001f))));

        var judgement = Judge(run);

        judgement.IsInconclusive.Should().BeFalse();
        judgement.Findings.Should().HaveCount(findings);
    }

    [Fact]
    public void The_choices_are_shown_as_a_table()
    {
        var run = Lexi().With(ArtifactRole.Model, "lexi.pth", File.ReadAllBytes(LexiPath("lexi.pth")));

        var table = run.Judge(new FinalCheckpointMustBeExported(), new FinalCheckpointMustBeExported.Options()).Single().Exhibits
            .Should().ContainSingle().Which.Should().BeOfType<TableExhibit>().Subject;

        table.Rows.Select(r => (r.Cells[2].Value, r.IsWrong)).Should().Equal(("2376", false), ("792", false), ("792", false), ("396", true));
    }

    private static Measurement Measured(Judgement judgement, string signal) => judgement.Measurements.Single(m => m.Signal == signal);

    private static string LexiPath(string name) => Repository.PathOf("samples", "lexi", name);

    private static string Exports(string name) => Fixture.PathOf("exports/" + name);

    private static byte[] Bytes(string name) => Fixture.Bytes("exports/" + name);

    private static GateRun Train(string name) => new GateRun().With(ArtifactRole.Checkpoints, name, Bytes("train.pth"));

    private static GateRun Lexi() => new GateRun()
        .With(ArtifactRole.Checkpoints, "G_2376.pth", File.ReadAllBytes(LexiPath("G_2376.pth")), Start.AddMinutes(23))
        .With(ArtifactRole.Checkpoints, "G_396.pth", File.ReadAllBytes(LexiPath("G_396.pth")), Start)
        .With(ArtifactRole.Checkpoints, "G_792.pth", File.ReadAllBytes(LexiPath("G_792.pth")), Start.AddMinutes(30));

    private static Judgement Judge(string model, GateRun checkpoints) => Judge(checkpoints.With(ArtifactRole.Model, Path.GetFileName(model), File.ReadAllBytes(model)));

    private static Judgement Judge(GateRun run, FinalCheckpointMustBeExported.Options? options = null)
        => run.Judge(new FinalCheckpointMustBeExported(), options ?? new()).Should().ContainSingle().Which.Judgement;
}
