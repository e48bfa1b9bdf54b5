namespace ModelGate.Evaluation;

/// <summary>Joins the findings of several gates into what they come from. The rules are few and explicit: no rule, no claim.</summary>
public static class RootCause
{
    /// <summary>The causes that the rules find, the most telling first.</summary>
    public static IReadOnlyList<Cause> Of(IReadOnlyList<GateResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return [];
    }
}
