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

    // model_last may be a copy, and then it does not matter what it is called; with other weights it may be the last one.
    [Theory]
    [InlineData("model_last.pth", 1, false)]
    [InlineData("model_last.pth", 7, true)]
    [InlineData("model_99999999999999999999.pth", 7, true)]
    [InlineData("model_\u0665\u0660\u0660.pth", 7, true)]
    [InlineData("model_best.pth", 7, false)]
    public void A_checkpoint_of_other_weights_that_states_no_step_may_be_later(string name, int seed, bool isInconclusive)
    {
        var run = new GateRun()
            .With(ArtifactRole.Checkpoints, "model_100.pth", MadeTensor.Checkpoint(Numbers("a", 1, 64), Numbers("b", 2, 64)))
            .With(ArtifactRole.Checkpoints, name, MadeTensor.Checkpoint(Numbers("a", seed, 64), Numbers("b", 2, 64)))
            .With(ArtifactRole.Model, "export.pth", MadeTensor.Checkpoint(Numbers("a", 1, 64), Numbers("b", 2, 64)));

        var judgement = Judge(run);

        judgement.Findings.Should().BeEmpty();
        judgement.IsInconclusive.Should().Be(isInconclusive, judgement.Summary.Value);
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
        => Measured(Judge(Exports("export.pth"), Train("G_10.pth").With(ArtifactRole.Checkpoints, "G_10 (1).pth", Bytes("train.pth"))), "exported-step").Margin.Should().Be(0);

    // export.pth holds what PyTorch's half() made of train.pth: Fixtures/exports/README.md.
    [Fact]
    public void An_export_that_PyTorch_rounded_equals_its_source_bit_for_bit()
        => Measured(Judge(Exports("export.pth"), Train("G_10.pth")), "equal-tensors").Margin.Should().Be(0);

    [Fact]
    public void An_export_one_unit_in_the_last_place_away_is_not_its_source()
    {
        var judgement = Judge(Exports("export_altered.pth"), Train("G_10.pth"));

        judgement.Findings.Should().Contain(f => f.Message.Value.Contains("the nearest is G_10.pth"));
        Measured(judgement, "equal-tensors").Should().Match<Measurement>(m => m.Observed == 7 && m.Required!.Limit == 10);
        Measured(judgement, "exported-step").Observed.Should().BeNull();
    }

    [Fact]
    public void An_export_of_another_run_fails()
    {
        var judgement = Judge(Exports("export.pth"), Lexi());

        judgement.Findings.Should().Contain(f => f.Message.Value.Contains("it is not an export of this run"));
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
        => Judge(LexiPath("lexi.pth"), new GateRun().With(ArtifactRole.Checkpoints, "a.pth", Loaded.Weights("a.pth", ("w", [1])).Content)).IsInconclusive.Should().BeTrue();

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
            .With(ArtifactRole.Model, "m.pth", MadeTensor.Checkpoint(MadeTensor.Of("w", DType.BFloat16, [.. BitConverter.GetBytes((ushort)bits), 0, 0])))
            .With(ArtifactRole.Checkpoints, "G_10.pth", MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float32, [.. BitConverter.GetBytes(1.001f), 0, 0, 0, 0])));

        var judgement = Judge(run);

        judgement.IsInconclusive.Should().BeFalse();
        judgement.Findings.Should().HaveCount(findings);
    }

    [Fact]
    public void The_choices_are_shown_as_a_table()
    {
        var run = Lexi().With(ArtifactRole.Model, "lexi.pth", File.ReadAllBytes(LexiPath("lexi.pth")));

        var table = run.Judge(new FinalCheckpointMustBeExported(), new FinalCheckpointMustBeExported.Options()).Single().Exhibits
            .OfType<TableExhibit>().First();

        table.Rows.Select(r => (r.Cells[2].Value, r.IsWrong)).Should().Equal(("2376", false), ("792", false), ("2376", false), ("792", false), ("396", true));
        table.Checkpoints.Select(c => (c.Step, c.File.Value, c.IsExported, c.IsToExport)).Should().Equal((396, "G_396.pth", true, false), (792, "G_792.pth", false, false), (2376, "G_2376.pth", false, true));
    }

    // Fixtures/exports/weight-norm-removed: PyTorch's own remove_weight_norm.
    [Fact]
    public void A_weight_norm_that_PyTorch_folded_is_proven()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "g_02500000", Bytes("weight-norm-removed/g_02500000"));

        var judgement = Judge(Exports("weight-norm-removed/model.pth"), run);

        judgement.Findings.Should().BeEmpty();
        Measured(judgement, "equal-tensors").Should().Match<Measurement>(m => m.Observed == 2 && m.Margin == 0);
    }

    [Fact]
    public void A_folded_weight_that_was_trained_on_is_not_proven()
    {
        var model = Fixture.Read(Bytes("weight-norm-removed/model.pth")).Should().BeOfType<Checkpoint>().Subject;
        var altered = model with { Tensors = [.. model.Tensors.Select(t => t.Name.EndsWith(".weight", StringComparison.Ordinal) ? t with { Data = new Scaled(t.Data!, 1.001f) } : t)] };
        var run = new GateRun().With(ArtifactRole.Checkpoints, "g_02500000", Bytes("weight-norm-removed/g_02500000")).With(ArtifactRole.Model, "model.pth", altered);

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("the nearest is g_02500000");
    }

    // Every change of names that diff knows, and that exporters make.
    [Theory]
    [InlineData("model.{0}", "{0}")]
    [InlineData("model_g.{0}", "{0}")]
    [InlineData("module.{0}", "{0}")]
    [InlineData("_orig_mod.{0}", "{0}")]
    [InlineData("_orig_mod.module.{0}", "{0}")]
    [InlineData("{0}", "module.{0}")]
    [InlineData("{0}", "generator.{0}")]
    [InlineData("{0}", "model.{0}")]
    [InlineData("model.net_g.{0}", "{0}")]
    [InlineData("model.{0}", "generator.{0}")]
    public void A_word_in_front_changes_nothing(string trained, string exported)
    {
        var run = new GateRun()
            .With(ArtifactRole.Checkpoints, "G_20.pth", Net(2, trained, half: false)).With(ArtifactRole.Checkpoints, "G_10.pth", Net(1, trained, half: false))
            .With(ArtifactRole.Model, "voice.pth", Net(2, exported, half: true));

        var judgement = Judge(run);

        judgement.Findings.Should().BeEmpty();
        judgement.IsInconclusive.Should().BeFalse();
        Measured(judgement, "exported-step").Should().Match<Measurement>(m => m.Observed == 20 && m.Margin == 0);
    }

    [Theory]
    [InlineData("model.{0}", "{0}")]
    [InlineData("{0}", "module.{0}")]
    public void A_word_in_front_hides_no_early_checkpoint(string trained, string exported)
    {
        var run = new GateRun()
            .With(ArtifactRole.Checkpoints, "G_20.pth", Net(2, trained, half: false)).With(ArtifactRole.Checkpoints, "G_10.pth", Net(1, trained, half: false))
            .With(ArtifactRole.Model, "voice.pth", Net(1, exported, half: true));

        Judge(run).Findings.Should().ContainSingle();
        Measured(Judge(run), "exported-step").Observed.Should().Be(10);
    }

    // Applio trains under the new names of weight norm and exports under the old ones.
    [Fact]
    public void A_weight_norm_under_its_other_names_is_proven()
    {
        var run = new GateRun()
            .With(ArtifactRole.Checkpoints, "G_20.pth", MadeTensor.Checkpoint(
                Numbers("dec.ups.0.parametrizations.weight.original0", 1, 4), Numbers("dec.ups.0.parametrizations.weight.original1", 2, 12), Numbers("dec.ups.0.bias", 3, 5)))
            .With(ArtifactRole.Model, "voice.pth", MadeTensor.Checkpoint(Numbers("dec.ups.0.weight_g", 1, 4), Numbers("dec.ups.0.weight_v", 2, 12), Numbers("dec.ups.0.bias", 3, 5)));

        Judge(run).Findings.Should().BeEmpty();
        Measured(Judge(run), "equal-tensors").Should().Match<Measurement>(m => m.Observed == 3);
    }

    [Fact]
    public void Of_two_networks_of_one_kind_the_exported_one_is_found()
    {
        var both = MadeTensor.Checkpoint([.. Net(1, "model_d.{0}", half: false).Tensors, .. Net(2, "model_g.{0}", half: false).Tensors]);

        var judgement = Judge(new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", both).With(ArtifactRole.Model, "voice.pth", Net(2, "{0}", half: false)));

        judgement.Findings.Should().BeEmpty();
        judgement.Summary.Value.Should().Contain("model_g");
    }

    // F5-TTS keeps the average beside the weights, Lightning's callbacks among them.
    [Theory]
    [InlineData("ema_model_state_dict.ema_model.{0}", "model_state_dict.{0}", "model_state_dict", "ema_model.{0}")]
    [InlineData("ema_model_state_dict.ema_model.{0}", "model_state_dict.{0}", "model_state_dict", "{0}")]
    [InlineData("state_dict.ema_model.{0}", "state_dict.model.{0}", "state_dict", "{0}")]
    [InlineData("ema.{0}", "model.{0}", "model", "{0}")]
    public void An_export_of_the_average_is_found_and_called_so(string average, string raw, string stateDict, string exported)
    {
        GateRun Run(int seed) => new GateRun()
            .With(ArtifactRole.Checkpoints, "model_20.pt", MadeTensor.Checkpoint([.. Net(2, raw, half: false).Tensors, .. Net(3, average, half: false).Tensors]) with { StateDict = stateDict })
            .With(ArtifactRole.Model, "voice.pth", Net(seed, exported, half: false));

        Judge(Run(3)).Findings.Should().BeEmpty();
        Judge(Run(3)).Summary.Value.Should().Contain("the EMA weights");
        Judge(Run(2)).Findings.Should().BeEmpty();
        Judge(Run(2)).Summary.Value.Should().Contain("the raw weights, not the EMA");
    }

    [Fact]
    public void Names_that_no_rule_explains_are_paired_by_content()
    {
        var trained = MadeTensor.Checkpoint(Numbers("decoder.first.kernel", 1, 12), Numbers("decoder.second.kernel", 2, 20), Numbers("decoder.third.kernel", 3, 28));
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", trained)
            .With(ArtifactRole.Model, "voice.pth", MadeTensor.Checkpoint(Numbers("a.w", 3, 28), Numbers("b.w", 1, 12), Numbers("c.w", 2, 20)));

        Judge(run).Findings.Should().BeEmpty();
    }

    [Fact]
    public void Two_layers_that_were_swapped_are_not_the_checkpoints()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", MadeTensor.Checkpoint(Numbers("a.weight", 1, 12), Numbers("b.weight", 2, 12), Numbers("c.weight", 3, 12)))
            .With(ArtifactRole.Model, "voice.pth", MadeTensor.Checkpoint(Numbers("a.weight", 2, 12), Numbers("b.weight", 1, 12), Numbers("c.weight", 3, 12)));

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("1 of 3 tensors equal");
    }

    [Fact]
    public void An_export_that_has_more_than_the_checkpoint_is_not_called_foreign()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", Net(2, "{0}", half: false))
            .With(ArtifactRole.Model, "voice.pth", MadeTensor.Checkpoint([.. Net(2, "{0}", half: false).Tensors, Numbers("quantizer.codebook.table", 9, 77)]));

        Judge(run).IsInconclusive.Should().BeTrue();
    }

    [Fact]
    public void An_export_that_was_quantized_cannot_be_proven()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", MadeTensor.Checkpoint(Numbers("a.weight", 1, 12)))
            .With(ArtifactRole.Model, "voice.pth", MadeTensor.Checkpoint(MadeTensor.Of("a.weight", DType.Int8, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])));

        Judge(run).IsInconclusive.Should().BeTrue();
    }

    [Fact]
    public void Equality_of_constants_proves_nothing()
    {
        var zeros = MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float32, new byte[40]), MadeTensor.Of("b", DType.Float32, new byte[40]));

        Judge(new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", zeros).With(ArtifactRole.Model, "voice.pth", zeros)).IsInconclusive.Should().BeTrue();
    }

    [Fact]
    public void NaN_that_equals_NaN_fails()
    {
        var nan = MadeTensor.Checkpoint(MadeTensor.Of("w", DType.Float32, [.. Enumerable.Repeat(float.NaN, 9).SelectMany(BitConverter.GetBytes)]));

        Judge(new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", nan).With(ArtifactRole.Model, "voice.pth", nan)).Findings.Should().ContainSingle()
            .Which.Message.Value.Should().Contain("9 NaN");
    }

    [Fact]
    public void A_weight_that_half_precision_made_infinite_fails()
        => Judge(Exports("export.pth"), Train("G_10.pth")).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("dec.huge").And.Contain("became infinite in half precision");

    // An export at a point of which the checkpoint was deleted, as "save only the latest" does.
    [Fact]
    public void An_export_of_an_epoch_that_is_not_kept_is_inconclusive()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", Stating(Net(2, "{0}", half: false), ("iteration", 50)))
            .With(ArtifactRole.Model, "voice_38e_15s_best_epoch.pth", Stating(Net(1, "{0}", half: true), ("epoch", 38), ("step", 15)));

        Judge(run).IsInconclusive.Should().BeTrue();
        Judge(run).Summary.Value.Should().Contain("epoch 38");
    }

    [Fact]
    public void An_export_that_says_the_final_epoch_and_holds_other_weights_fails()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", Stating(Net(2, "{0}", half: false), ("iteration", 50)))
            .With(ArtifactRole.Model, "voice_50e_20s.pth", Stating(Net(1, "{0}", half: true), ("epoch", 50), ("step", 20)));

        Judge(run).Findings.Should().ContainSingle();
    }

    [Fact]
    public void Of_several_exports_of_one_name_the_last_is_judged()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", Stating(Net(2, "{0}", half: false), ("iteration", 200)))
            .With(ArtifactRole.Model, "voice.pth", Net(2, "{0}", half: true))
            .With(ArtifactRole.Model, "voice_e50.pth", Net(5, "{0}", half: true))
            .With(ArtifactRole.Model, "voice_e100.pth", Net(6, "{0}", half: true))
            .With(ArtifactRole.Model, "voice_e200.pth", Net(2, "{0}", half: true));

        All(run).Should().OnlyContain(j => j.Judgement.Findings.Count == 0 && !j.Judgement.IsInconclusive);
    }

    [Fact]
    public void The_last_of_several_exports_fails_where_it_is_an_early_one()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", Stating(Net(2, "{0}", half: false), ("iteration", 200)))
            .With(ArtifactRole.Checkpoints, "G_10.pth", Stating(Net(5, "{0}", half: false), ("iteration", 100)))
            .With(ArtifactRole.Model, "voice_e100_s10.pth", Net(5, "{0}", half: true))
            .With(ArtifactRole.Model, "voice_e200_s20.pth", Net(5, "{0}", half: true));

        All(run).ToDictionary(j => j.Path, j => j.Judgement.Findings.Count).Should().Equal(new Dictionary<string, int> { ["voice_e100_s10.pth"] = 0, ["voice_e200_s20.pth"] = 1 });
    }

    [Fact]
    public void An_earlier_export_whose_name_lies_fails()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", Stating(Net(2, "{0}", half: false), ("iteration", 200)))
            .With(ArtifactRole.Checkpoints, "G_10.pth", Stating(Net(5, "{0}", half: false), ("iteration", 100)))
            .With(ArtifactRole.Model, "voice_e150.pth", Net(5, "{0}", half: true))
            .With(ArtifactRole.Model, "voice_e200.pth", Net(2, "{0}", half: true));

        All(run).Single(j => j.Path == "voice_e150.pth").Judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("epoch 100");
    }

    [Fact]
    public void An_earlier_export_that_names_a_kept_checkpoint_and_holds_other_weights_fails()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", Stating(Net(2, "{0}", half: false), ("iteration", 200)))
            .With(ArtifactRole.Model, "voice.pth", Net(2, "{0}", half: true))
            .With(ArtifactRole.Model, "voice_e200.pth", Net(8, "{0}", half: true));

        All(run).Single(j => j.Path == "voice_e200.pth").Judgement.Findings.Should().ContainSingle();
    }

    [Fact]
    public void Where_the_best_is_wanted_the_export_that_says_so_is_judged()
    {
        var run = new GateRun()
            .With(ArtifactRole.Checkpoints, "best_model_10.pth", Net(1, "{0}", half: false)).With(ArtifactRole.Checkpoints, "checkpoint_20.pth", Net(2, "{0}", half: false))
            .With(ArtifactRole.Model, "voice_best.pth", Net(1, "{0}", half: false)).With(ArtifactRole.Model, "voice.pth", Net(2, "{0}", half: false));

        run.Judge(new FinalCheckpointMustBeExported(), new FinalCheckpointMustBeExported.Options { Policy = CheckpointPolicy.Best }).Should().OnlyContain(j => j.Judgement.Findings.Count == 0);
        All(run).Should().OnlyContain(j => j.Judgement.Findings.Count == 0);
    }

    [Fact]
    public void A_pretrained_file_beside_the_run_is_no_candidate()
    {
        var run = new GateRun()
            .With(ArtifactRole.Checkpoints, "G_20.pth", WithOptimizer(Net(2, "{0}", half: false)))
            .With(ArtifactRole.Checkpoints, "pretrained_1200000.pth", Net(7, "{0}", half: false))
            .With(ArtifactRole.Model, "voice.pth", Net(2, "{0}", half: true));

        Judge(run).Findings.Should().BeEmpty();
        Judge(run).Summary.Value.Should().Contain("pretrained_1200000.pth holds no optimizer");
    }

    [Fact]
    public void An_export_among_the_checkpoints_is_not_compared_with_itself()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", Net(2, "{0}", half: false)).With(ArtifactRole.Checkpoints, "voice_9999.pth", Net(1, "{0}", half: true))
            .With(ArtifactRole.Model, "voice_9999.pth", Net(1, "{0}", half: true));

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("holds the weights of none of 1 checkpoint");
    }

    [Fact]
    public void The_best_checkpoint_is_wanted_where_the_policy_says_so()
    {
        var run = new GateRun()
            .With(ArtifactRole.Checkpoints, "best_model_10.pth", Net(1, "{0}", half: false)).With(ArtifactRole.Checkpoints, "checkpoint_20.pth", Net(2, "{0}", half: false))
            .With(ArtifactRole.Model, "voice.pth", Net(1, "{0}", half: false));

        Judge(run).Findings.Should().ContainSingle();
        Judge(run, new() { Policy = CheckpointPolicy.Best }).Findings.Should().BeEmpty();
    }

    [Fact]
    public void Where_either_will_do_the_best_counts_by_record_and_not_by_name()
    {
        var run = new GateRun()
            .With(ArtifactRole.Checkpoints, "best_model_10.pth", Net(1, "{0}", half: false)).With(ArtifactRole.Checkpoints, "checkpoint_20.pth", Net(2, "{0}", half: false))
            .With(ArtifactRole.Model, "voice.pth", Net(1, "{0}", half: false));
        FinalCheckpointMustBeExported.Options either = new() { Policy = CheckpointPolicy.FinalOrBest };

        Judge(run, either).Findings.Should().ContainSingle();
        run.With(ArtifactRole.Log, "log.json", new TrainingLog("trainer-state", [], new Dictionary<string, MetadataValue>()) { Best = new RecordedBest("eval_loss", 0.5, 10, "best_model_10.pth") });
        Judge(run, either).Should().Match<Judgement>(j => j.Findings.Count == 0 && j.Summary.Value.Contains("the last one is checkpoint_20.pth"));
    }

    [Fact]
    public void A_policy_of_the_best_without_a_record_of_it_is_inconclusive()
        => Judge(Lexi().With(ArtifactRole.Model, "lexi.pth", File.ReadAllBytes(LexiPath("lexi.pth"))), new() { Policy = CheckpointPolicy.Best }).IsInconclusive.Should().BeTrue();

    // RVC issue 1954: the log holds 200 epochs of a first start and 20 of a second, and the newest checkpoint is of the second.
    [Fact]
    public void A_log_that_tells_of_a_longer_start_before_the_last_fails()
    {
        var log = new TrainingLog("rvc-log", [new ScalarSeries("loss_mel", [new ScalarPoint(0, 20)])], new Dictionary<string, MetadataValue>())
        {
            Epoch = 20,
            Abandoned = [new AbandonedRun([], 200, 1980)],
        };
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_2333333.pth", Stating(Net(2, "{0}", half: false), ("iteration", 20)))
            .With(ArtifactRole.Model, "voice.pth", Net(2, "{0}", half: true)).With(ArtifactRole.Log, "train.log", log);

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("epoch 200").And.Contain("began again at epoch 1");
    }

    [Fact]
    public void A_log_that_tells_of_a_later_checkpoint_fails()
    {
        var log = new TrainingLog("rvc-log", [new ScalarSeries("loss_mel", [new ScalarPoint(0, 20)])], new Dictionary<string, MetadataValue>())
        {
            Epoch = 100,
            Saved = [new SavedCheckpoint("G_20.pth", 50), new SavedCheckpoint("G_40.pth", 100)],
        };
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", Stating(Net(2, "{0}", half: false), ("iteration", 50)))
            .With(ArtifactRole.Model, "voice.pth", Net(2, "{0}", half: true)).With(ArtifactRole.Log, "train.log", log);

        Judge(run).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("G_40.pth");
    }

    [Fact]
    public void A_log_that_cannot_be_read_changes_nothing()
    {
        var run = new GateRun().With(ArtifactRole.Checkpoints, "G_20.pth", Net(2, "{0}", half: false))
            .With(ArtifactRole.Model, "voice.pth", Net(2, "{0}", half: true)).With(ArtifactRole.Log, "train.log", "nothing of interest"u8.ToArray());

        Judge(run).Findings.Should().BeEmpty();
        Judge(run).IsInconclusive.Should().BeFalse();
    }

    // Five layers of one seed each; in half precision as Half rounds, which is IEEE 754's rounding to nearest.
    private static Checkpoint Net(int seed, string name, bool half) => MadeTensor.Checkpoint(
        [.. new[] { ("conv_pre.weight", 30), ("conv_pre.bias", 6), ("ups.0.weight", 40), ("ups.0.bias", 8), ("conv_post.weight", 21) }
            .Select((k, i) => Numbers(string.Format(System.Globalization.CultureInfo.InvariantCulture, name, k.Item1), (seed * 100) + i, k.Item2, half))]);

    private static TensorEntry Numbers(string name, int seed, int count, bool half = false)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        return half
            ? MadeTensor.Of(name, DType.Float16, [.. values.SelectMany(v => BitConverter.GetBytes((Half)v))])
            : MadeTensor.Of(name, DType.Float32, [.. values.SelectMany(BitConverter.GetBytes)]);
    }

    private static Checkpoint Stating(Checkpoint checkpoint, params (string Key, long Value)[] stated)
        => checkpoint with { Metadata = [.. stated.Select(s => KeyValuePair.Create<string, MetadataValue>(s.Key, new MetadataValue.Integer(s.Value)))] };

    private static Checkpoint WithOptimizer(Checkpoint checkpoint)
        => checkpoint with { StateDict = "model", Tensors = [.. checkpoint.Tensors.Select(t => t with { Name = "model." + t.Name }), Numbers("optimizer.state.0.exp_avg", 99, 4)] };

    private static IReadOnlyList<(Judgement Judgement, string Path, IReadOnlyList<Exhibit> Exhibits)> All(GateRun run)
        => run.Judge(new FinalCheckpointMustBeExported(), new FinalCheckpointMustBeExported.Options());

    private sealed class Scaled(ITensorData data, float factor) : ITensorData
    {
        public void CopyElements(long first, Span<byte> destination)
        {
            data.CopyElements(first, destination);
            foreach (ref var value in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(destination))
            {
                value *= factor;
            }
        }
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
