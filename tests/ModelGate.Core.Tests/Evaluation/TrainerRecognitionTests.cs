using System.Text;
using ModelGate.Configuration.Binding;
using ModelGate.Evaluation;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;
using ModelGate.Tests.Readers;
using ModelGate.Trainers;

namespace ModelGate.Tests.Evaluation;

/// <summary>Fixtures/trainers/README.md says who wrote each folder, and what the truth is.</summary>
public sealed class TrainerRecognitionTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public static TheoryData<string> Trainers => [.. TrainerCatalogue.All.Where(t => !t.IsDataSet).Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_folder_of_each_trainer_is_recognised_as_its(string trainer)
        => Plan(Folder(trainer))!.Configuration.Trainer!.Name.Should().Be(trainer);

    [Theory]
    [InlineData("rvc", "G_180.pth")]
    [InlineData("applio", "G_180.pth")]
    [InlineData("so-vits-svc", "G_10400.pth")]
    [InlineData("vits", "G_11000.pth")]
    [InlineData("gpt-sovits", "logs_s2_v2/G_144.pth")]
    [InlineData("ddsp-svc", "model_10000.pt")]
    [InlineData("hifi-gan", "g_00090000")]
    [InlineData("bigvgan", "g_00090000")]
    [InlineData("parallel-wavegan", "checkpoint-100steps.pkl")]
    [InlineData("fairseq", "checkpoint10.pt")]
    [InlineData("coqui", "checkpoint_100.pth")]
    [InlineData("hugging-face", "checkpoint-240/model.safetensors")]
    [InlineData("lightning", "checkpoints/every/epoch=29-step=600.ckpt")]
    [InlineData("accelerate", "checkpoints/checkpoint_5/pytorch_model.bin")]
    public void The_final_checkpoint_of_each_is_told(string trainer, string final)
        => Check(trainer).Results.Single(r => r.Gate.Id == "MG2002").Message.Value.Should().Contain($"the final one is {final}");

    [Theory]
    [InlineData("rvc", "Passed", "the final checkpoint G_180.pth")]
    [InlineData("applio", "Passed", "the final checkpoint G_180.pth")]
    [InlineData("gpt-sovits", "Passed", "the final checkpoint G_144.pth")]
    [InlineData("coqui", "Passed", "the best checkpoint best_model_80.pth")]
    [InlineData("hugging-face", "Passed", "the best checkpoint checkpoint-160/model.safetensors")]
    [InlineData("lightning", "Passed", "the best checkpoint epoch=23-step=480-val_loss=0.0114.ckpt")]
    [InlineData("accelerate", "Failed", "exported from checkpoints/checkpoint_1/pytorch_model.bin, step 64")]
    public void The_export_of_each_gets_its_verdict(string trainer, string outcome, string sentence)
        => Check(trainer).Results.Single(r => r.Gate.Id == "MG2001").Should().Match<RunResult>(r => r.Outcome.ToString() == outcome && r.Message.Value.Contains(sentence));

    [Theory]
    [MemberData(nameof(Trainers))]
    public void What_init_writes_gives_the_same_verdicts(string trainer)
    {
        Copy(Folder(trainer), root);
        var plan = Plan(root)!;
        var report = Evaluator.Run(plan, cancellation: TestContext.Current.CancellationToken);
        File.WriteAllText(Path.Combine(root, "gate.config.json"), ConfigurationDraft.Of(plan, report));

        var configured = Evaluator.Run(EvaluationPlan.FromFile(Path.Combine(root, "gate.config.json"), "gate.config.json"), cancellation: TestContext.Current.CancellationToken);

        Outcomes(configured).Should().Equal(Outcomes(report));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Each_can_be_extended(string trainer)
        => GateConfigurationReader.Read("gate.config.json", Encoding.UTF8.GetBytes($$"""{ "extends": "{{trainer}}" }""")).Gates.Should().NotBeEmpty();

    [Fact]
    public void A_role_that_a_preset_names_and_a_run_lacks_is_taken_back_with_an_empty_list()
        => GateConfigurationReader.Read("gate.config.json", """{ "extends": "rvc", "artifacts": { "log": [] } }"""u8.ToArray()).Artifacts.Where(r => !r.Value.IsOptional).Select(r => r.Key)
            .Should().Equal(ArtifactRole.Checkpoints, ArtifactRole.Model);

    [Fact]
    public void A_folder_of_none_says_what_was_tried_and_how_far_each_was_from_fitting()
    {
        File.Copy(Path.Combine(Folder("ddsp-svc"), "model_2000.pt"), Path.Combine(root, "model_2000.pt"));

        var notes = PlanLocation.Of([root], null).Should().ContainSingle().Which.Notes.Select(n => n.Value).ToArray();

        notes.Should().Contain(n => n.StartsWith("DDSP-SVC does not fit: it lacks a config.yaml"))
            .And.Contain(n => n.StartsWith("there is no sign of") && n.Contains("HiFi-GAN"));
    }

    [Fact]
    public void An_empty_folder_says_what_was_tried()
        => FluentActions.Invoking(() => PlanLocation.Of([root], null)).Should().Throw<Exception>().WithMessage("*there is nothing to judge in*RVC*");

    [Fact]
    public void The_page_on_configurations_says_what_each_is_recognised_by()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "configuration.md"));

        TrainerCatalogue.All.Should().OnlyContain(t => page.Contains($"\n| {t.Name} | {t.Title} | "));
    }

    [Fact]
    public void The_page_on_configurations_lists_every_gate()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "configuration.md"));

        GateCatalogue.All.Where(g => !g.FromRequirements).Should().OnlyContain(g => page.Contains($"\n| {g.Name} | [{g.Id}](gates/{g.Id}.md) | "));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static string Folder(string trainer) => Fixture.PathOf("trainers/" + trainer);

    private static EvaluationPlan? Plan(string folder) => RunRecognition.Recognise(folder);

    private static RunRecord Check(string trainer) => Evaluator.Run(Plan(Folder(trainer))!, cancellation: TestContext.Current.CancellationToken);

    // A gate that found nothing of its kind is off where a configuration is written.
    private static IEnumerable<string> Outcomes(RunRecord report)
        => report.Results.Where(r => r.Outcome != Outcome.NotApplicable).Select(r => $"{r.Gate.Id} {r.Artifact.Value} {r.Outcome}").Order(StringComparer.Ordinal);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
