using ModelGate.Architecture.Families;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Readers.Json;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>Turns what states the expected keys into a key manifest, as if it had been read from a file.</summary>
internal sealed class ArchitectureResolution(ArtifactLoader loader, EvaluationPlan plan)
{
    private const int LongestOutput = 64 << 20;

    /// <summary>The manifest under its label, or the problem with it.</summary>
    public RoleFile Resolve(ArchitectureExpectation expectation, ReadLimits limits, CancellationToken cancellation) => expectation switch
    {
        ArchitectureExpectation.Stated stated => new RoleFile(stated.Label, 0, default, stated.Manifest, SafeText.Empty),
        ArchitectureExpectation.FromConfiguration family => FromConfiguration(family),
        ArchitectureExpectation.FromCommand command => FromCommand(command, limits, cancellation),
        _ => throw new InvalidOperationException($"an expectation of unknown kind: {expectation.GetType().Name}"),
    };

    private RoleFile FromConfiguration(ArchitectureExpectation.FromConfiguration expectation)
    {
        try
        {
            var file = loader.LoadConfiguration(expectation.Path, ArtifactRole.Architecture);
            return file.Content is TrainerConfiguration configuration
                ? file with { Path = expectation.Label, Content = expectation.Family.Expect(expectation.Variant, configuration.Root, expectation.Parameters) }
                : Problem(expectation, SafeText.Of($"{expectation.Path}: {file.Problem}"));
        }
        catch (FamilyException fault)
        {
            return Problem(expectation, fault.Sentence);
        }
        catch (Exception fault) when (fault is IOException or SourceUnavailableException)
        {
            return Problem(expectation, SafeText.Of($"{expectation.Path}: {fault.Message.TrimEnd('.')}"));
        }
    }

    private RoleFile FromCommand(ArchitectureExpectation.FromCommand expectation, ReadLimits limits, CancellationToken cancellation)
    {
        if (plan.Commands is null)
        {
            return Problem(expectation, SafeText.Of($"the configuration asks to run a command, which is done only with --allow-commands"));
        }

        try
        {
            var printed = plan.Commands.Run(expectation.Command, plan.Workspace.Folder, expectation.Timeout, LongestOutput, cancellation);
            var manifest = new KeyManifestReader().Read(new MemoryByteSource(printed), new ReadBudget(limits, cancellation));
            return new RoleFile(expectation.Label, printed.Length, default, manifest, SafeText.Empty);
        }
        catch (ArtifactFault fault)
        {
            return Problem(expectation, SafeText.Of($"it printed no key manifest: {fault.SentenceWithAdvice()}"));
        }
        catch (IOException fault)
        {
            return Problem(expectation, SafeText.From(fault.Message.TrimEnd('.')));
        }
    }

    private static RoleFile Problem(ArchitectureExpectation expectation, SafeText sentence) => new(expectation.Label, 0, default, null, sentence);
}
