using ModelGate.Evaluation.Causes;
using ModelGate.Runs;

namespace ModelGate.Evaluation.Questions;

/// <summary>A question, and the rule that answers it from what the gates measured.</summary>
internal abstract class RunQuestion
{
    /// <summary>The question.</summary>
    protected abstract string Question { get; }

    /// <summary>Whether it makes sense to ask it of this run.</summary>
    public virtual bool IsAsked(RunEvidence run) => true;

    /// <summary>The answer.</summary>
    public Answer Answer(RunEvidence run)
    {
        var (sentence, state) = Find(run);
        return new Answer(SafeText.From(Question), sentence, state);
    }

    /// <summary>The answer's sentence and what it means.</summary>
    protected abstract (SafeText Sentence, AnswerState State) Find(RunEvidence run);

    /// <summary>What is told of a gate's first result that says anything: first what failed, then what passed.</summary>
    protected static (SafeText Sentence, AnswerState State)? Told(RunEvidence run, params ReadOnlySpan<string> gates)
    {
        foreach (var gate in gates)
        {
            if (run.Failed(gate).FirstOrDefault() is { } failed)
            {
                return (failed.Sentence(failed.Message), AnswerState.Bad);
            }
        }

        foreach (var gate in gates)
        {
            if (run.Passed(gate).FirstOrDefault() is { } passed)
            {
                return (passed.Message, AnswerState.Good);
            }
        }

        return null;
    }
}
