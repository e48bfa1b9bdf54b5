using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Gates.Safety;
using ModelGate.Runs;
using ModelGate.Tests.Readers;
using ModelGate.Tests.Readers.Pickle;
using ModelGate.Tests.Readers.Zip;

namespace ModelGate.Tests.Gates.Safety;

public class PickleMustBeSafeTests
{
    [Theory]
    [InlineData("torch2/weights_path.pth")]
    [InlineData("torch2/weights_legacy.pth")]
    [InlineData("torch2/quantized.pth")]
    public void A_checkpoint_that_only_describes_data_passes(string fixture)
    {
        var judgement = Judge(Fixture.Bytes(fixture));

        judgement.Should().Match<Judgement>(j => !j.IsInconclusive && j.Findings.Count == 0);
        judgement.Measurements.Select(m => (m.Signal, m.Observed > 0)).Should().Equal(("imports", true), ("dangerous-imports", false), ("unknown-imports", false));
    }

    [Fact]
    public void An_unknown_name_fails_with_the_line_that_allows_it()
    {
        var judgement = Judge(Checkpoint("fairseq.data.dictionary", "Dictionary"));

        judgement.Findings.Should().ContainSingle();
        judgement.Findings[0].Message.Value.Should().Contain("fairseq.data.dictionary.Dictionary, which is on no list");
        judgement.Findings[0].Remedy.Value.Should().Contain("\"allowGlobals\": [\"fairseq.data.dictionary.Dictionary\"]");
        judgement.Measurements.Single(m => m.Signal == "unknown-imports").Observed.Should().Be(1);
    }

    [Fact]
    public void An_unknown_name_passes_where_the_options_allow_it_and_no_other_does()
    {
        var options = new PickleMustBeSafe.Options { AllowGlobals = ["fairseq.data.dictionary.Dictionary"] };

        Judge(Checkpoint("fairseq.data.dictionary", "Dictionary"), options).Findings.Should().BeEmpty();
        Judge(Checkpoint("fairseq.data.dictionary", "Dictionary2"), options).Findings.Should().ContainSingle();
        Judge(Checkpoint("fairseq.data", "dictionary"), options).Findings.Should().ContainSingle();
    }

    [Fact]
    public void The_arguments_of_a_transformers_trainer_pass_with_their_list_which_the_report_names()
    {
        var pickle = PickleWriter.Protocol(2).Ascii("(");
        foreach (var name in TransformersArguments)
        {
            var dot = name.LastIndexOf('.');
            pickle.Global(name[..dot], name[(dot + 1)..]);
        }

        var bytes = LyingZip.Checkpoint(pickle.Ascii("t").Stop()).ToArray();

        Judge(bytes).Findings.Single().Remedy.Value.Should().Contain("\"allowLists\": [\"transformers-training-args\"]");
        var judgement = Judge(bytes, new PickleMustBeSafe.Options { AllowLists = ["transformers-training-args"] });
        judgement.Findings.Should().BeEmpty();
        judgement.Measurements.Single(m => m.Signal == "imports-allowed-by-options").Observed.Should().Be(9);
    }

    [Fact]
    public void A_dangerous_name_says_what_it_would_have_done()
    {
        var judgement = Judge(PickleWriter.Protocol(2).Global("posix", "system").Text("echo").Raw(0x85).Ascii("R").Stop());

        judgement.IsInconclusive.Should().BeFalse();
        judgement.Measurements.Single(m => m.Signal == "dangerous-imports").Observed.Should().Be(1);
        judgement.Findings.Single().Message.Value.Should().Contain("posix.system, which runs programs").And.Contain("offset 2");
    }

    [Fact]
    public void A_dangerous_name_is_found_however_the_file_breaks_off_afterwards()
    {
        var judgement = Judge([.. PickleWriter.Protocol(2).Global("os", "system").Text("echo").Raw(0x85).Ascii("R").ToArray(), .. "X\xFF\0\0\0"u8]);

        judgement.Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("os.system");
        judgement.Summary.Value.Should().Contain("further on it breaks");
    }

    [Fact]
    public void An_unknown_name_is_found_where_the_file_breaks_off_afterwards()
        => Judge(PickleWriter.Protocol(2).Global("my.own", "Thing").ToArray()).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("my.own.Thing");

    [Fact]
    public void A_call_by_an_opcode_that_no_honest_file_has_fails_without_any_name()
        => Judge(PickleWriter.Protocol(2).Raw(0x82, 1).Stop()).Findings.Should().ContainSingle()
            .Which.Message.Value.Should().StartWith("it asks its loader for more than data");

    [Theory]
    [InlineData("torch1/gain.torchscript.pt")]
    [InlineData("torch2/traced.torchscript.pt")]
    public void A_program_fails_with_a_sentence_of_its_own(string fixture)
        => Judge(Fixture.Bytes(fixture)).Findings.Should().ContainSingle().Which.Message.Value.Should().StartWith("no list of names can vouch for code");

    [Fact]
    public void A_checkpoint_with_code_in_it_fails_although_it_could_be_read()
    {
        var checkpoint = new Checkpoint("torchscript", [], "", [], []) { Code = [SafeText.Of($"code/__torch__.py")] };

        Judge(new GateRun().With(ArtifactRole.Model, "m.pt", checkpoint)).Findings.Single().Message.Value.Should().Contain("code/__torch__.py");
    }

    [Fact]
    public void A_file_that_is_cut_off_before_anything_is_imported_is_inconclusive()
    {
        var judgement = Judge(Fixture.Bytes("torch2/weights_path.pth")[..1000]);

        judgement.IsInconclusive.Should().BeTrue();
        judgement.Summary.Value.Should().Contain("cannot be told").And.Contain("nothing is imported");
    }

    [Theory]
    [InlineData("os.system", "runs programs: no configuration can allow it")]
    [InlineData("nt.system", "no configuration can allow it")]
    [InlineData("sys.exit", "no configuration can allow it")]
    [InlineData("builtins.eval", "runs Python code: no configuration can allow it")]
    [InlineData("torch.load", "no configuration can allow it")]
    [InlineData("fairseq.*", "is not an exact name")]
    [InlineData("fairseq", "is not an exact name")]
    [InlineData("", "is not an exact name")]
    public void A_name_that_cannot_be_allowed_is_a_wrong_option(string name, string sentence)
        => new PickleMustBeSafe().Check(new PickleMustBeSafe.Options { AllowGlobals = [name] }).Should().ContainSingle().Which.Message.Value.Should().Contain(sentence);

    [Fact]
    public void A_list_that_is_not_there_is_a_wrong_option()
        => new PickleMustBeSafe().Check(new PickleMustBeSafe.Options { AllowLists = ["transformers"] }).Single().Message.Value
            .Should().Contain("\"transformers\"").And.Contain("transformers-training-args");

    [Fact]
    public void Files_of_every_role_are_judged_and_one_that_plays_two_parts_once()
    {
        var bytes = Fixture.Bytes("torch2/weights_path.pth");
        var run = new GateRun().With(ArtifactRole.Model, "a.pth", bytes)
            .With(ArtifactRole.Checkpoints, "a.pth", bytes).With(ArtifactRole.Checkpoints, "b.pth", [0x80, 2, .. "cos\nsystem\n."u8])
            .With(ArtifactRole.Architecture, "keys.json", "{ \"a\": [1] }"u8.ToArray());

        run.Judge(new PickleMustBeSafe(), new PickleMustBeSafe.Options()).Select(j => (j.Path, j.Judgement.Findings.Count)).Should().Equal(("a.pth", 0), ("b.pth", 1));
    }

    [Fact]
    public void What_any_loader_would_run_is_named_whatever_the_archive_is_taken_for()
    {
        var hidden = LyingZip.Checkpoint(PickleWriter.Protocol(2).Global("os", "getcwd").Ascii(")R").Stop()).Add("archive/archive_format", "pt2"u8.ToArray()).ToArray();

        Judge(hidden).Findings.Should().ContainSingle().Which.Message.Value.Should().Contain("os.getcwd");
    }

    [Fact]
    public void An_array_of_objects_in_an_archive_fails_with_what_its_pickle_imports()
    {
        byte[] header = [.. "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n"u8];
        byte[] array = [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header, .. PickleWriter.Protocol(2).Global("fractions", "Fraction").Ascii(")R").Stop()];

        var judgement = Judge(new LyingZip().Add("a.npy", array).ToArray());

        judgement.Findings.Select(f => f.Message.Value).Should().Contain(m => m.Contains("the array a, which holds objects")).And.Contain(m => m.Contains("fractions.Fraction"));
        Judge(array).Findings.Should().NotBeEmpty();

        // numpy.load goes by the first bytes of a member, not by its name.
        Judge(new LyingZip().Add("b.npy", Fixture.Bytes("numpy/big-f4.npy")).Add("note", array).ToArray()).Findings.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("__builtin__", "set")]
    public void From_protocol_three_on_a_name_of_Python_2_is_a_name_like_any_other(string module, string name)
    {
        Judge(LyingZip.Checkpoint(PickleWriter.Protocol(2).Ascii("(").Tensor("0", 4, 0, [4], [1]).Global(module, name).Ascii("t").Stop()).ToArray())
            .Findings.Should().BeEmpty();
        Judge(LyingZip.Checkpoint(PickleWriter.Protocol(4).Ascii("(").Tensor("0", 4, 0, [4], [1]).StackGlobal(module, name).Ascii("t").Stop()).ToArray())
            .Findings.Should().ContainSingle().Which.Message.Value.Should().Contain($"{module}.{name}");
    }

    private static readonly string[] TransformersArguments =
    [
        "transformers.training_args.TrainingArguments", "transformers.training_args.OptimizerNames", "transformers.trainer_utils.HubStrategy",
        "transformers.trainer_utils.IntervalStrategy", "transformers.trainer_utils.SaveStrategy", "transformers.trainer_utils.SchedulerType",
        "transformers.trainer_pt_utils.AcceleratorConfig", "accelerate.state.PartialState", "accelerate.utils.dataclasses.DistributedType",
    ];

    private static Judgement Judge(byte[] bytes, PickleMustBeSafe.Options? options = null) => Judge(new GateRun().With(ArtifactRole.Model, "m.pth", bytes), options);

    private static Judgement Judge(GateRun run, PickleMustBeSafe.Options? options = null)
        => run.Judge(new PickleMustBeSafe(), options ?? new()).Should().ContainSingle().Which.Judgement;

    private static byte[] Checkpoint(string module, string name)
        => LyingZip.Checkpoint(PickleWriter.Protocol(2).Ascii("(").Tensor("0", 4, 0, [4], [1]).Global(module, name).Ascii(")").Raw(0x81).Ascii("t").Stop()).ToArray();
}
