using ModelGate.Artifacts;
using ModelGate.Gates;
using ModelGate.Runs;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates;

public class ComparedRecordingTests
{
    [Theory]
    [InlineData("a_converted.wav", "x.wav", "x.wav")]
    [InlineData("out/b_converted.wav out/a_converted.wav", "in/a_input.wav in/b_input.wav", "in/b_input.wav in/a_input.wav")]
    [InlineData("1.wav 2.wav", "a.wav b.wav", "a.wav b.wav")]
    [InlineData("1.wav 2.wav", "a.wav b.wav c.wav", "- -")]
    [InlineData("1.wav 2.wav", "", "- -")]
    [InlineData("1.wav 2.wav", "!a.wav b.wav", "- b.wav")]
    [InlineData("1.wav", "!a.wav", "-")]
    public void An_output_finds_its_reference(string outputs, string references, string expected)
    {
        var artifacts = new ArtifactSet();
        artifacts.Add(ArtifactRole.Output, ["*"], Files(outputs));
        artifacts.Add(ArtifactRole.Reference, ["*"], Files(references));
        var found = ComparedRecording.Of(artifacts).Select(s => s.Subject!.Reference?.Path ?? "-");
        string.Join(' ', found).Should().Be(expected);
    }

    [Fact]
    public void An_unreadable_reference_changes_no_verdict()
    {
        var artifacts = new ArtifactSet { ShowExhibits = true };
        artifacts.Add(ArtifactRole.Output, ["*"], Files("a.wav"));
        artifacts.Add(ArtifactRole.Reference, ["*"], [new RoleFile("r.wav", 1, default, Cut(), default)]);
        var judgement = new SpectralFlatnessMustStayBelow().Judge(artifacts, new SpectralFlatnessMustStayBelow.Options()).Should().ContainSingle().Subject;
        judgement.IsInconclusive.Should().BeFalse();
        judgement.Exhibits.OfType<HeatmapExhibit>().Should().ContainSingle().Which.Title.Value.Should().Contain("a.wav");
    }

    private static RoleFile[] Files(string names)
        => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => n[0] == '!'
            ? new RoleFile(n[1..], 1, default, null, SafeText.Of($"it is truncated"))
            : new RoleFile(n, 1, default, MadeClip.Of(MadeClip.Sine(440, 8_000)), default))];

    private static AudioClip Cut()
    {
        var clip = MadeClip.Of(MadeClip.Sine(440, 8_000));
        return clip with { Frames = clip.Frames * 2 };
    }
}
