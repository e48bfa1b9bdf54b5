using ModelGate.Runs;

namespace ModelGate.Evaluation.Causes;

/// <summary>A rule that joins findings of several gates into one cause.</summary>
internal abstract class CauseRule
{
    /// <summary>The cause; null where the rule does not hold.</summary>
    public abstract Cause? Of(RunEvidence run);

    /// <summary>A cause with the gates whose findings it joins.</summary>
    protected static Cause Because(SafeText message, IEnumerable<string> gates) => new(message, [.. gates.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
}
