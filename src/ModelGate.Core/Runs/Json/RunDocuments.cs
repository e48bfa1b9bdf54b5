using System.Text.RegularExpressions;

namespace ModelGate.Runs.Json;

/// <summary>Turns a record into the document that is written, and a document that was read into a record.</summary>
/// <remarks>A report may come from anywhere: its texts are made harmless, and names that formats print as they stand are held to their form.</remarks>
internal static partial class RunDocuments
{
    /// <summary>The document of a record.</summary>
    public static RunDocument Of(RunRecord record, string schemaVersion) => new()
    {
        SchemaVersion = schemaVersion,
        Tool = new ToolDocument("modelgate", record.ToolVersion),
        Verdict = RecordWords.Of(record.Verdict),
        FailOn = RecordWords.Of(record.FailOn),
        Run = record.Origin.IsEmpty ? null : Of(record.Origin),
        Causes = [.. record.Causes.Select(c => new CauseDocument { Message = c.Message.Value, Explains = c.Explains, Group = OrNull(c.Group) })],
        Answers = record.Answers.Count == 0 ? null
            : [.. record.Answers.Select(a => new AnswerDocument { Question = a.Question.Value, Answer = a.Sentence.Value, State = RecordWords.Of(a.State), Group = OrNull(a.Group) })],
        Config = record.Configurations is [var only] ? Of(only) : Of(new RunConfiguration(SafeText.Empty, "")),
        Configurations = [.. record.Configurations.Select(Of)],
        Notes = Texts(record.Notes),
        Artifacts = [.. record.Artifacts.Select(Of)],
        Results = [.. record.Results.Select(Of)],
    };

    /// <summary>The record of a document.</summary>
    public static RunRecord Record(RunDocument document)
    {
        var configurations = document.Configurations is { } several ? several.Select(c => Record(c)).ToArray() : [Record(document.Config)];
        var failOn = document.FailOn is { } severity ? Word<Severity>(severity, "severity") : Severity.Error;
        return new RunRecord(
            Word<Verdict>(document.Verdict, "verdict"),
            configurations,
            [.. document.Artifacts.Select(a => Record(a))],
            [.. document.Results.Select(r => Record(r, failOn))])
        {
            ToolVersion = Safe(document.Tool.Version).Value,
            FailOn = failOn,
            Origin = document.Run is { } run ? Record(run) : new RunOrigin(),
            Causes = [.. document.Causes.Select(c => new Cause(Safe(Item(c).Message), [.. c.Explains.Select(Id)]) { Group = Safe(c.Group) })],
            Answers = [.. (document.Answers ?? []).Select(a => new Answer(Safe(Item(a).Question), Safe(a.Answer), Word<AnswerState>(a.State, "state")) { Group = Safe(a.Group) })],
            Notes = [.. document.Notes.Select(n => Safe(Item(n)))],
        };
    }

    private static OriginDocument Of(RunOrigin origin) => new()
    {
        Name = OrNull(origin.Name),
        Date = origin.Date is { } date ? RunOrigin.Spell(date) : null,
        Commit = OrNull(origin.Commit),
    };

    private static RunOrigin Record(OriginDocument document) => new()
    {
        Name = Safe(document.Name),
        Date = document.Date is not { } date ? null : RunOrigin.FindDate(date) ?? throw RunRecordJson.Fault($"{SafeText.From(date, 40)} is not a date of the form 2026-01-31T12:00:00Z"),
        Commit = Safe(document.Commit),
    };

    private static ConfigurationDocument Of(RunConfiguration configuration)
        => new()
        {
            Path = OrNull(configuration.Path),
            Sha256 = configuration.Sha256,
            Group = OrNull(configuration.Group),
            Folder = OrNull(configuration.Folder),
            Model = OrNull(configuration.Model),
            Part = OrNull(configuration.Part),
        };

    private static RunConfiguration Record(ConfigurationDocument document)
        => new(Safe(Item(document).Path), Hash(document.Sha256))
        {
            Group = Safe(document.Group),
            Folder = Safe(document.Folder),
            Model = Safe(document.Model),
            Part = Safe(document.Part),
        };

    private static ArtifactDocument Of(RunArtifact artifact) => new()
    {
        Path = OrNull(artifact.Path),
        Role = artifact.Role.Key(),
        Kind = artifact.Kind,
        Format = artifact.Format,
        Bytes = artifact.Bytes,
        Sha256 = artifact.Sha256,
        Warnings = Texts(artifact.Warnings),
        Group = OrNull(artifact.Group),
    };

    private static RunArtifact Record(ArtifactDocument document) => new(
        Safe(Item(document).Path),
        Role(document.Role),
        Safe(document.Kind).Value,
        Safe(document.Format).Value,
        document.Bytes >= 0 ? document.Bytes : throw RunRecordJson.Fault($"{document.Bytes} is not a file's length"),
        Hash(document.Sha256),
        [.. document.Warnings.Select(w => Safe(Item(w)))])
    {
        Group = Safe(document.Group),
    };

    private static ResultDocument Of(RunResult result) => new()
    {
        Id = result.Gate.Id,
        Gate = result.Gate.Name,
        Artifact = OrNull(result.Artifact),
        Severity = RecordWords.Of(result.Severity),
        Outcome = RecordWords.Of(result.Outcome),
        Error = result.IsError,
        Word = result.Word,
        Rank = result.Rank,
        Group = OrNull(result.Group),
        Identity = OrNull(result.Identity),
        Message = result.Message.Value,
        Location = new LocationDocument(OrNull(result.At.File), result.At.Line, result.At.Column),
        Summary = result.Gate.Summary,
        Help = result.Gate.Help,
        Measurements = [.. result.Measurements.Select(Of)],
        Findings = [.. result.Findings.Select(Of)],
        Changes = result.Changes.Count == 0 ? null : [.. result.Changes.Select(Of)],
    };

    private static ChangeDocument Of(NumberChange change) => new()
    {
        Change = RecordWords.Of(change.Kind),
        Signal = change.Signal,
        Subject = change.Subject.Value,
        Unit = change.Unit.Length == 0 ? null : change.Unit,
        Before = change.Before,
        Now = change.Now,
        Text = change.Values.Value,
    };

    private static NumberChange Record(ChangeDocument document)
        => new(Word<NumberChangeKind>(document.Change, "change"), Safe(document.Signal).Value, Safe(document.Subject), Safe(document.Unit).Value, document.Before, document.Now);

    private static RunResult Record(ResultDocument document, Severity failOn)
    {
        var gate = new GateRef(Id(Item(document).Id), Name(document.Gate), Safe(document.Summary).Value, Safe(document.Help).Value);
        var at = new SourcePosition(Safe(document.Location.Path), document.Location.Line, document.Location.Column);
        var result = new RunResult(
            gate, Safe(document.Artifact), Word<Severity>(document.Severity, "severity"), Word<Outcome>(document.Outcome, "outcome"), Safe(document.Message), at,
            [.. document.Measurements.Select(m => Record(m))],
            [.. document.Findings.Select(f => Record(Item(f)))])
        {
            Group = Safe(document.Group),
            Identity = Safe(document.Identity),
            Changes = [.. (document.Changes ?? []).Select(c => Record(Item(c)))],
        };

        // Reports of the first version do not say what was decided.
        return result with { IsError = document.Error ?? RunRecord.IsError(result, failOn) };
    }

    private static FindingDocument Of(Finding finding) => new()
    {
        Message = finding.Message.Value,
        Remedy = OrNull(finding.Remedy),
        Outlines = finding.Outlines.Count == 0
            ? null
            : [.. finding.Outlines.Select(o => new OutlinesDocument(OrNull(o.Where), [.. o.Found.Select(l => l.Value)], [.. o.Expected.Select(l => l.Value)]))],
        Evidence = [.. finding.Evidence.Select(Of)],
    };

    private static Finding Record(FindingDocument document) => new(Safe(document.Message))
    {
        Remedy = Safe(document.Remedy),
        Outlines = [.. (document.Outlines ?? []).Select(o => new ModuleOutlines(Safe(Item(o).Where), [.. o.Found.Select(Safe)], [.. o.Expected.Select(Safe)]))],
        Evidence = [.. document.Evidence.Select(m => Record(m))],
    };

    private static MeasurementDocument Of(Measurement measurement) => new()
    {
        Signal = measurement.Signal,
        Subject = measurement.Subject.Value,
        Path = OrNull(measurement.Path),
        Role = measurement.Role?.Key(),
        Observed = Finite(measurement.Observed),
        NotFinite = RecordWords.OfNotFinite(measurement.Observed),
        Text = OrNull(measurement.Text),
        Required = measurement.Required?.ToString(),
        Operator = measurement.Required?.Relation.Sign(),
        Limit = measurement.Required?.Limit,
        Margin = Finite(measurement.Margin),
        Unit = measurement.Unit,
        Better = measurement.Better == Better.None ? null : RecordWords.Of(measurement.Better),
        Revision = measurement.Revision,
    };

    private static Measurement Record(MeasurementDocument document)
    {
        var observed = Item(document).NotFinite is { } word ? RecordWords.FindNotFinite(word) ?? throw Unknown("number", word) : document.Observed;
        return new Measurement(document.Signal, Safe(document.Subject), observed, document.Unit)
        {
            Path = Safe(document.Path),
            Role = document.Role is { } role ? Role(role) : null,
            Text = Safe(document.Text),
            Required = Required(document),
            Better = document.Better is { } better ? Word<Better>(better, "direction") : Better.None,
            Revision = document.Revision,
        };
    }

    private static Requirement? Required(MeasurementDocument document) => document switch
    {
        { Operator: { } sign, Limit: { } limit } => RecordWords.Requirement(sign, limit) ?? throw Unknown("operator", sign),
        { Required: { } text } => RecordWords.Requirement(text) ?? throw Unknown("requirement", text),
        _ => null,
    };

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static string[] Texts(IReadOnlyList<SafeText> texts) => [.. texts.Select(t => t.Value)];

    private static string? OrNull(SafeText text) => text.IsEmpty ? null : text.Value;

    private static SafeText Safe(string? text) => SafeText.From(text, int.MaxValue);

    private static T Item<T>(T? item)
        where T : class
        => item ?? throw RunRecordJson.Fault($"a list of the report has null in it");

    private static T Word<T>(string word, string what)
        where T : struct, Enum
        => RecordWords.Find<T>(word) ?? throw Unknown(what, word);

    private static ArtifactRole Role(string key)
    {
        foreach (var role in ArtifactRoles.All)
        {
            if (role.Key() == key)
            {
                return role;
            }
        }

        throw Unknown("role", key);
    }

    private static string Id(string? id) => id is not null && GateId().IsMatch(id) ? id : throw Unknown("gate id", id);

    private static string Name(string name) => GateName().IsMatch(name) ? name : throw Unknown("gate name", name);

    private static string Hash(string hash) => Sha256().IsMatch(hash) ? hash : throw Unknown("SHA-256", hash);

    private static Faults.ArtifactFault Unknown(string what, string? word) => RunRecordJson.Fault($"\"{word}\" is not a {what} that this version of ModelGate knows");

    [GeneratedRegex(@"^MG[0-9]{4}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GateId();

    [GeneratedRegex(@"^[a-z0-9-]{1,100}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GateName();

    [GeneratedRegex(@"^([0-9a-f]{64})?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sha256();
}
