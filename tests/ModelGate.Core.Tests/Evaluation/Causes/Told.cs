using ModelGate.Gates.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Tests.Evaluation.Causes;

/// <summary>Results of gates as rules that join findings read them.</summary>
internal static class Told
{
    public static RunResult Failed(string id, string artifact, params Measurement[] measurements) => Of(id, artifact, Outcome.Failed, measurements);

    public static RunResult Passed(string id, string artifact, params Measurement[] measurements) => Of(id, artifact, Outcome.Passed, measurements);

    public static RunResult With(this RunResult result, string message) => result with { Message = SafeText.From(message), Findings = [new Finding(SafeText.From(message))] };

    public static Measurement Value(string signal, double value, string part = "") => new(signal, SafeText.From(part), value);

    public static Measurement Word(string signal, string word, string part = "") => new(signal, SafeText.From(part), null) { Text = SafeText.From(word) };

    public static Measurement Required(this Measurement measurement, string sign, double limit)
        => measurement with { Required = new Requirement(Enum.GetValues<Relation>().First(r => r.Sign() == sign), limit) };

    public static Measurement Of(this Measurement measurement, string path) => measurement with { Path = SafeText.From(path) };

    public static RunArtifact File(string path, string role) => new(SafeText.From(path), ArtifactRoles.Find(role)!.Value, "checkpoint", "pytorch-zip", 1, new string('0', 64), []);

    // Gates that are known by their id alone are as good for a rule as those that are there.
    public static RunResult Of(string id, string artifact, Outcome outcome, params Measurement[] measurements)
        => new(GateCatalogue.Find(id)?.Ref ?? new GateRef(id, "a-gate", "", ""), SafeText.From(artifact), Severity.Error, outcome, SafeText.Empty, SourcePosition.None, measurements, []);
}
