using ModelGate.Evaluation;
using ModelGate.Runs;
using ModelGate.Tests.Readers;

namespace ModelGate.Tests.Evaluation.Causes;

/// <summary>Fixtures/overflow/README.md: a real log, and checkpoints as that run's were.</summary>
public sealed class OverflowTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    [Fact]
    public void The_bare_folder_fails_by_curve_and_by_weights_and_names_the_last_good_checkpoint()
    {
        var record = Check("g_00000120", "g_00000445", "do_00000445", "train_stdout.txt");

        record.Verdict.Should().Be(Verdict.Failed);
        record.Results.Where(r => r.Outcome == Outcome.Failed).Select(r => r.Gate.Id).Distinct().Should().Equal("MG3001", "MG4001", "MG4002");
        record.Causes[0].Message.Value.Should().StartWith("training broke at step 305, where training/gen_loss_total and training/mel_spec_error stopped being finite, and the weights of g_00000445 are broken")
            .And.EndWith(": g_00000120 is the last good checkpoint");
        record.Answers.Single(a => a.Question.Value.StartsWith("Was it trained")).Sentence.Value.Should().Contain("445 steps").And.EndWith("the steps after the losses broke do not count as training.");
    }

    [Fact]
    public void The_same_without_the_broken_save_still_names_it()
        => Check("g_00000120", "train_stdout.txt").Causes.Should().ContainSingle().Which.Message.Value.Should().EndWith("stopped being finite: g_00000120 is the last good checkpoint");

    [Fact]
    public void A_healthy_folder_has_no_cause_and_is_asked_nothing()
    {
        var record = Check("g_00000120");

        record.Causes.Should().BeEmpty();
        record.Answers.Should().BeEmpty();
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private RunRecord Check(params string[] files)
    {
        foreach (var file in files)
        {
            File.WriteAllBytes(Path.Combine(root, file), Fixture.Bytes("overflow/" + file));
        }

        return Evaluator.Run(RunRecognition.Recognise(root)!, cancellation: TestContext.Current.CancellationToken);
    }
}
