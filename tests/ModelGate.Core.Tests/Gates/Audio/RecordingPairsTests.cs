using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Runs;

namespace ModelGate.Tests.Gates.Audio;

public class RecordingPairsTests
{
    [Theory]
    [InlineData("a_converted.wav", "x.wav", "x.wav")]
    [InlineData("out/b_converted.wav out/a_converted.wav", "in/a_input.wav in/b_input.wav", "in/b_input.wav in/a_input.wav")]
    [InlineData("1.wav 2.wav", "a.wav b.wav", "a.wav b.wav")]
    [InlineData("1.wav 2.wav", "a.wav b.wav c.wav", "- -")]
    [InlineData("1.wav 2.wav", "", "- -")]
    public void An_output_finds_its_reference(string outputs, string references, string expected)
    {
        var files = new RoleFiles(new Dictionary<ArtifactRole, RoleMatch>
        {
            [ArtifactRole.Output] = Match(ArtifactRole.Output, outputs),
            [ArtifactRole.Reference] = Match(ArtifactRole.Reference, references),
        });

        string.Join(' ', RecordingPairs.Of(files).Select(s => s.Of(ArtifactRole.Reference).SingleOrDefault()?.Path ?? "-")).Should().Be(expected);
    }

    [Fact]
    public void Without_an_output_there_is_nothing_to_pair()
    {
        var files = new RoleFiles(new Dictionary<ArtifactRole, RoleMatch> { [ArtifactRole.Output] = new([], SafeText.Of($"no file matches")) });

        RecordingPairs.Of(files).Should().ContainSingle().Which.Problem.IsEmpty.Should().BeFalse();
    }

    private static RoleMatch Match(ArtifactRole role, string names)
        => new([.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => new RoleFile(role, n))], SafeText.Empty);
}
