using System.Text.Json;
using System.Text.Json.Serialization;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation.Measuring;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Gates.Keys;
using ModelGate.Readers;
using ModelGate.Readers.Json;
using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Evaluation;

/// <summary>Turns what states the expected keys into a key manifest, and measures it as if it had been read from a file.</summary>
internal sealed class ArchitectureResolution(EvaluationPlan plan, FileMeasuring measuring, ModelRunning running)
{
    private const int LongestOutput = 64 << 20;

    /// <summary>The manifest, measured; or the problem with it.</summary>
    public MeasuredFile Measure(ArchitectureExpectation expectation, IReadOnlyCollection<Measure> measures, CancellationToken cancellation) => expectation switch
    {
        ArchitectureExpectation.Stated stated => FileMeasuring.Run(stated.Manifest, stated.Label, measures, cancellation),
        ArchitectureExpectation.FromConfiguration family => FromConfiguration(family, measures, cancellation),
        ArchitectureExpectation.FromCommand command => FromCommand(command, measures, cancellation),
        ArchitectureExpectation.FromAssembly assembly => FromAssembly(assembly, measures, cancellation),
        _ => throw new InvalidOperationException($"an expectation of unknown kind: {expectation.GetType().Name}"),
    };

    private MeasuredFile FromConfiguration(ArchitectureExpectation.FromConfiguration expectation, IReadOnlyCollection<Measure> measures, CancellationToken cancellation)
    {
        var file = new RoleFile(ArtifactRole.Config, expectation.Path);
        MeasuredFile read;
        try
        {
            read = GlobMatches.Of(plan.Workspace, expectation.Path).Count == 1
                ? measuring.Run(file, [new DeclarationMeasure()], cancellation)
                : new MeasuredFile { Unavailable = SafeText.Of($"there is no such file") };
        }
        catch (Exception fault) when (fault is IOException or SourceUnavailableException)
        {
            read = new MeasuredFile { Unavailable = SafeText.From(fault.Message.TrimEnd('.')) };
        }

        if (read.Value(new DeclarationMeasure()) is not TrainerConfiguration configuration)
        {
            return Problem(SafeText.Of($"{expectation.Path}: {(read.Fault is { } refused ? refused.SentenceWithAdvice() : read.Unavailable)}"), read);
        }

        try
        {
            var manifest = expectation.Family.Expect(expectation.Variant, configuration.Root, expectation.Parameters);
            var result = FileMeasuring.Run(manifest, expectation.Label, measures, cancellation);
            result.ReadFrom = (new RoleFile(ArtifactRole.Architecture, expectation.Path), read);
            return result;
        }
        catch (FamilyException fault)
        {
            return Problem(fault.Sentence, read);
        }

        MeasuredFile Problem(SafeText sentence, MeasuredFile from) => new()
        {
            IsStated = true,
            Unavailable = sentence,
            ReadFrom = from.Unavailable.IsEmpty ? (new RoleFile(ArtifactRole.Architecture, expectation.Path), from) : null,
        };
    }

    private MeasuredFile FromCommand(ArchitectureExpectation.FromCommand expectation, IReadOnlyCollection<Measure> measures, CancellationToken cancellation)
    {
        if (plan.Commands is null)
        {
            return new MeasuredFile { IsStated = true, Unavailable = SafeText.Of($"the configuration asks to run a command, which is done only with --allow-commands") };
        }

        try
        {
            var printed = plan.Commands.Run(expectation.Command, plan.Workspace.Folder, expectation.Timeout, LongestOutput, cancellation);
            var manifest = new KeyManifestReader().Read(new ReadRequest(new MemoryByteSource(printed), new ReadBudget(plan.Limits, cancellation)));
            return FileMeasuring.Run(manifest, expectation.Label, measures, cancellation);
        }
        catch (ArtifactFault fault)
        {
            return new MeasuredFile { IsStated = true, Unavailable = SafeText.Of($"it printed no key manifest: {fault.SentenceWithAdvice()}") };
        }
        catch (IOException fault)
        {
            return new MeasuredFile { IsStated = true, Unavailable = SafeText.From(fault.Message.TrimEnd('.')) };
        }
    }

    private MeasuredFile FromAssembly(ArchitectureExpectation.FromAssembly expectation, IReadOnlyCollection<Measure> measures, CancellationToken cancellation)
    {
        var (keys, problem) = running.KeysOf(expectation, cancellation);
        if (keys is null)
        {
            return new MeasuredFile { IsStated = true, Unavailable = problem };
        }

        try
        {
            // What the process printed is held to the rules of a manifest that a command printed.
            var printed = JsonSerializer.SerializeToUtf8Bytes(keys, KeyNamesJson.Default.DictionaryStringIReadOnlyListInt64);
            var manifest = new KeyManifestReader().Read(new ReadRequest(new MemoryByteSource(printed), new ReadBudget(plan.Limits, cancellation)));
            return FileMeasuring.Run(manifest, expectation.Label, measures, cancellation);
        }
        catch (ArtifactFault fault)
        {
            return new MeasuredFile { IsStated = true, Unavailable = SafeText.Of($"its keys are no key manifest: {fault.SentenceWithAdvice()}") };
        }
    }
}

/// <summary>Writes names and shapes without reflection.</summary>
[JsonSerializable(typeof(Dictionary<string, IReadOnlyList<long>>))]
internal sealed partial class KeyNamesJson : JsonSerializerContext;
