using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Runs;
using ModelGate.Tests.Readers.Wave;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

/// <summary>Judges the recordings of Fixtures/audio/voices, and ones that were made in the test.</summary>
internal static class Voices
{
    /// <summary>What a gate says of an output.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="options">Its options.</param>
    /// <param name="output">A file of the fixtures.</param>
    /// <param name="reference">A file of the fixtures; null for none.</param>
    /// <param name="role">The part that it plays.</param>
    public static Judgement Judge(Gate gate, object options, string output, string? reference = null, ArtifactRole role = ArtifactRole.Reference)
        => Judge(gate, options, Clip(output), reference is null ? null : Clip(reference), role);

    /// <summary>What a gate says of an output.</summary>
    public static Judgement Judge(Gate gate, object options, AudioClip output, AudioClip? reference = null, ArtifactRole role = ArtifactRole.Reference)
    {
        var run = new GateRun().With(ArtifactRole.Output, "out/a.wav", output);
        if (reference is not null)
        {
            run.With(role, "in/a.wav", reference);
        }

        return run.Judge(gate, options).Should().ContainSingle().Subject.Judgement;
    }

    /// <summary>A recording: of the voices, or beside them.</summary>
    public static AudioClip Clip(string name)
        => WaveBytes.ReadFixture(File.Exists(Path.Combine(AppContext.BaseDirectory, "Fixtures", "audio", "voices", name + ".wav")) ? $"voices/{name}.wav" : name + ".wav");

    /// <summary>It passes.</summary>
    public static void ShouldPass(this Judgement judgement)
    {
        judgement.Findings.Select(f => f.Message.Value).Should().BeEmpty();
        judgement.IsInconclusive.Should().BeFalse(judgement.Summary.Value);
        judgement.Summary.IsEmpty.Should().BeFalse();
    }

    /// <summary>It fails, with a sentence that says a thing and a remedy.</summary>
    public static void ShouldFail(this Judgement judgement, string saying)
    {
        judgement.IsInconclusive.Should().BeFalse(judgement.Summary.Value);
        judgement.Findings.Should().NotBeEmpty(judgement.Summary.Value).And.OnlyContain(f => !f.Remedy.IsEmpty);
        judgement.Summary.Value.Should().Contain(saying);
        judgement.Findings.SelectMany(f => f.Evidence).Should().OnlyContain(m => m.Required != null);
    }

    /// <summary>It cannot be told, and why is said.</summary>
    public static void ShouldBeInconclusive(this Judgement judgement, string saying)
    {
        judgement.IsInconclusive.Should().BeTrue(judgement.Summary.Value);
        judgement.Summary.Value.Should().Contain(saying);
    }

    /// <summary>A second of zeros.</summary>
    public static AudioClip Silence { get; } = MadeClip.Of(MadeClip.Silence(48_000));
}
