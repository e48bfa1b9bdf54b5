using ModelGate.Evaluation.Questions;
using ModelGate.Runs;
using ModelGate.Tests.Evaluation.Causes;
using static ModelGate.Tests.Evaluation.Causes.Told;

namespace ModelGate.Tests.Evaluation.Questions;

public sealed class RunQuestionsTests
{
    private static readonly RunResult Steps = Passed("MG2002", "", Value("training-step", 396).Of("G_396.pth"), Value("training-step", 2376).Of("G_2376.pth"), Value("training-epoch", 132).Of("G_2376.pth"));
    private static readonly RunResult Stuck = Failed("MG4001", "train.log", Word("convergence", "stagnant", "loss_mel"), Value("loss-level", 189.2, "loss_mel").Required("<=", 27), Value("window-step", 1200, "loss_mel"));
    private static readonly RunResult Data = Passed("MG6001", "", Value("data-set-segments", 84));
    private static readonly RunResult Reference = Passed("MG3004", "v.pth", Value("training-epoch", 500).Of("biden.pth") with { Role = ArtifactRole.ReferenceModel });

    [Fact]
    public void Length_is_told_against_a_model_that_works_and_against_the_curve()
        => Answer(0, Steps, Stuck, Data, Reference).Should().Be("Good: It came to 2376 steps and 132 epochs on 84 segments; biden.pth, which works, has 500 epochs; loss_mel has not fallen since step 1200: more steps of the same would not help.");

    [Theory]
    [InlineData("converged", "Good", "has stopped falling")]
    [InlineData("converging", "Bad", "was still falling when it ended")]
    [InlineData("diverging", "Bad", "rises")]
    [InlineData("not finite", "Bad", "do not count as training")]
    [InlineData("too few points", "Unknown", "no curve tells")]
    public void Each_curve_has_its_answer(string verdict, string state, string said)
        => Answer(0, Steps, Passed("MG4001", "train.log", Word("convergence", verdict, "loss_mel"), Value("loss-level", 20, "loss_mel"))).Should().StartWith(state).And.Contain(said);

    [Fact]
    public void A_run_that_says_nothing_of_its_length_is_not_judged_by_it()
        => Answer(0, Stuck).Should().Be("Unknown: Neither a checkpoint nor a log states a step or an epoch.");

    [Theory]
    [InlineData("MG4004", "Failed", "Bad: No: 12 weights kept their random start.")]
    [InlineData("MG4004", "Passed", "Good: Yes: 12 weights kept their random start.")]
    [InlineData("MG3003", "Passed", "Good: Yes: 12 weights kept their random start.")]
    [InlineData("MG4004", "NotApplicable", "Unknown: The log does not say that anything was loaded, and no file is named as the start: name it in the role pretrained, and the weights will show it.")]
    public void The_start_is_told_by_the_log_or_by_the_weights(string gate, string outcome, string answer)
        => Answer(1, Steps, Of(gate, "", Enum.Parse<Outcome>(outcome)).With("12 weights kept their random start")).Should().Be(answer);

    [Theory]
    [InlineData("Failed", "Bad: No: ")]
    [InlineData("Passed", "Good: Yes: ")]
    [InlineData("NotApplicable", "Unknown: No model here states what it is")]
    public void Rate_and_variant_are_told_by_what_the_model_declares(string outcome, string answer)
        => Answer(2, Steps, Of("MG1003", "", Enum.Parse<Outcome>(outcome)).With("sr says 40k and config 48000")).Should().StartWith(answer);

    [Fact]
    public void Features_are_told_by_their_fit_and_not_by_folders_that_line_up()
    {
        Answer(3, Steps, Data).Should().Be("Unknown: Not known: the data set is not here. Name its folders in the roles features and recordings.");
        Answer(3, Steps, Data, Passed("MG6007", "").With("features explain 0.94")).Should().Be("Good: Yes: features explain 0.94.");
        Answer(3, Steps, Data, Failed("MG6007", "").With("features explain -0.38")).Should().Be("Bad: No: features explain -0.38.");
        Answer(3, Steps, Failed("MG6002", "").With("a is 0.2 s longer")).Should().Be("Bad: No: a is 0.2 s longer.");
        Answer(3, Stuck).Should().Be("Unknown: Not known: the data set is not here. Name its folders in the roles features and recordings.");
        RunQuestions.Answer([Steps, Of("MG6007", "", Outcome.Inconclusive).With("6 of 6 segments can be compared")], [File("3_feature768/a.npy", "features")])[3].Sentence.Value.Should().Be("Not known: 6 of 6 segments can be compared.");
        Answer(3, Steps, Of("MG6007", "", Outcome.NotApplicable).With("no file has the role features")).Should().Be("Unknown: Not known: the data set is not here. Name its folders in the roles features and recordings.");
    }

    [Fact]
    public void A_vocoder_is_not_asked_where_its_features_come_from()
        => RunQuestions.Answer([Failed("MG4001", "train.log", Value("loss-level", 6.6, "training/mel_spec_error").Required("<=", 1))], []).Should().HaveCount(4)
            .And.NotContain(a => a.Question.Value.Contains("features"));

    [Fact]
    public void The_level_of_done_is_the_trainers_and_where_the_run_stands()
    {
        Answer(4, Stuck).Should().Be("Bad: loss_mel at 27 or under; this run stands at 189.2.");
        Answer(3, Failed("MG4001", "train.log", Value("loss-level", 0.7, "loss"))).Should().StartWith("Unknown: No level is known for loss, which stands at 0.7");
        Answer(3, Steps).Should().Be("Unknown: There is no log that could tell.");
    }

    [Fact]
    public void A_model_alone_is_not_asked_how_it_was_trained()
        => RunQuestions.Answer([Failed("MG3001", "v.pth"), Of("MG4001", "", Outcome.NotApplicable)], []).Should().BeEmpty();

    private static string Answer(int index, params RunResult[] results) => RunQuestions.Answer(results, [])[index] is var answer ? $"{answer.State}: {answer.Sentence.Value}" : "";
}
