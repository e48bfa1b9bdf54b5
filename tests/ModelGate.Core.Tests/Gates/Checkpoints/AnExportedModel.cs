using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Checkpoints;

public class AnExportedModel
{
    private static readonly DateTimeOffset Start = new(2026, 1, 20, 4, 17, 0, TimeSpan.Zero);

    private readonly ArtifactFile<Checkpoint>[] checkpoints =
    [
        Lexi("G_2376.pth", Start.AddMinutes(23)),
        Lexi("G_396.pth", Start),
        Lexi("G_792.pth", Start.AddMinutes(30)),
    ];

    [Fact]
    public void Of_the_final_checkpoint_passes()
    {
        var judgement = Judge(Loaded.File<Checkpoint>(Repository.PathOf("samples", "lexi-fixed", "lexi.pth")));

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Be(
            "lexi.pth holds the weights of the final checkpoint G_2376.pth, step 2376, epoch 132: 154490 of 154490 elements in 457 tensors are equal");
    }

    [Fact]
    public void Of_an_early_checkpoint_fails_and_names_its_true_source()
    {
        var judgement = Judge(Loaded.Lexi("lexi.pth"));

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Be(
            "lexi.pth was exported from G_396.pth, step 396, epoch 22; the final one is G_2376.pth, step 2376, epoch 132");
    }

    [Fact]
    public void Says_which_checkpoint_each_other_way_of_choosing_would_have_taken()
    {
        var measurements = Judge(Loaded.Lexi("lexi.pth")).Measurements.ToDictionary(m => m.Signal, m => m.Text.Value);

        measurements["chosen-by-step"].Should().Be("G_2376.pth");
        measurements["chosen-by-name"].Should().Be("G_792.pth", "as text it is the last: 7 comes after 3 and 2");
        measurements["chosen-by-time"].Should().Be("G_792.pth", "it was copied last");
    }

    [Fact]
    public void Under_a_label_that_lies_fails_and_is_told_so()
    {
        var judgement = Judge(Loaded.Fixture("lexi_from_396_labelled_132epoch.pth"));

        judgement.Findings.Select(f => f.Message.Value).Should().Equal(
            "lexi_from_396_labelled_132epoch.pth was exported from G_396.pth, step 396, epoch 22; the final one is G_2376.pth, step 2376, epoch 132",
            "its label says 132epoch, and its weights are those of epoch 22");
    }

    [Fact]
    public void Passes_where_a_copy_of_the_final_checkpoint_lies_beside_it()
        => Judge(Loaded.Fixture("export.pth"), [Loaded.Fixture("train.pth", "G_10.pth"), Loaded.Fixture("train.pth", "G_10 (1).pth")])
            .Findings.Should().BeEmpty();

    [Fact]
    public void Rounded_by_PyTorch_equals_its_source_bit_for_bit()
        => Judge(Loaded.Fixture("export.pth"), [Loaded.Fixture("train.pth", "G_10.pth")]).Findings.Should().BeEmpty();

    [Fact]
    public void One_unit_in_the_last_place_away_is_not_its_source()
    {
        var judgement = Judge(Loaded.Fixture("export_altered.pth"), [Loaded.Fixture("train.pth", "G_10.pth")]);

        judgement.Findings.Should().ContainSingle().Which.Message.Value
            .Should().StartWith("export_altered.pth holds the weights of none of 1 checkpoints; the nearest is G_10.pth, step 10").And.Contain("7 of 10 tensors equal");
    }

    [Fact]
    public void Of_another_run_fails()
        => Judge(Loaded.Fixture("export.pth")).Findings.Should().ContainSingle().Which.Message.Value
            .Should().Be("export.pth shares no tensor with any of 3 checkpoints: it is not an export of this run");

    [Fact]
    public void That_lacks_tensors_which_inference_needs_fails()
    {
        var whole = Loaded.File<Checkpoint>(Repository.PathOf("samples", "lexi-fixed", "lexi.pth"));
        var half = whole with { Content = whole.Content with { Tensors = [.. whole.Content.Tensors.Where(t => !t.Name.StartsWith("weight.flow.", StringComparison.Ordinal))] } };

        Judge(half).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("lacks 100 of its tensors: flow.flows.");
    }

    [Fact]
    public void Cannot_be_called_final_where_a_checkpoint_was_renamed()
    {
        var judgement = Judge(Loaded.Lexi("lexi.pth"), [Loaded.Lexi("G_396.pth", "G_9999.pth"), Loaded.Lexi("G_2376.pth")]);

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Be(
            "the checkpoints' names and contents disagree about their order: G_9999.pth holds epoch 22 and optimizer step 396, and G_2376.pth holds epoch 132 and optimizer step 2376");
    }

    [Fact]
    public void Is_judged_by_the_optimizers_steps_where_the_names_say_latest_only()
        => Judge(Loaded.Lexi("lexi.pth"), [Loaded.Lexi("G_396.pth", "G_2333333.pth"), Loaded.Lexi("G_792.pth", "other.pth")])
            .Findings.Should().ContainSingle().Which.Message.Value
            .Should().Be("lexi.pth was exported from G_2333333.pth, step 396, epoch 22; the final one is other.pth, step 792, epoch 44");

    [Fact]
    public void Is_not_judged_where_no_checkpoint_states_a_step()
        => Judge(Loaded.Fixture("export.pth"), [Loaded.Weights("a.pth", ("w", [1]))]).IsInconclusive.Should().BeTrue();

    [Fact]
    public void Is_not_judged_while_a_checkpoint_is_unreadable()
    {
        var set = Loaded.Set((ArtifactRole.Model, [Loaded.Lexi("lexi.pth")]));
        set.Add(ArtifactRole.Checkpoints, ["G_*.pth"], [new RoleFile("G_2376.pth", 1, default, null, SafeText.Of($"it ends early"))]);

        var judgement = new FinalCheckpointMustBeExported().Judge(set, new FinalCheckpointMustBeExported.Options()).Should().ContainSingle().Subject;

        judgement.IsInconclusive.Should().BeTrue("an interrupted save is the newest checkpoint");
        judgement.Summary.Value.Should().Be("G_2376.pth cannot be read: it ends early");
    }

    private static ArtifactFile<Checkpoint> Lexi(string name, DateTimeOffset written) => Loaded.Lexi(name, null, written);

    private Judgement Judge(ArtifactFile<Checkpoint> model, ArtifactFile<Checkpoint>[]? candidates = null)
        => new FinalCheckpointMustBeExported().Judge(new ExportedModel(model, candidates ?? checkpoints), new FinalCheckpointMustBeExported.Options());
}
