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

    [Theory]
    [InlineData("only", "a_converted.wav", "x.wav")]
    [InlineData("by its name", "b_converted.wav a_converted.wav", "a_input.wav b_input.wav")]
    [InlineData("by its position among 2", "1.wav 2.wav", "a.wav b.wav")]
    public void How_it_was_found_is_said(string saying, string outputs, string references)
        => RecordingPairs.Of(Files(outputs, references)).Should().OnlyContain(s => s.PairedBy.Value.Contains(saying));

    [Fact]
    public void A_name_that_fits_one_output_shows_that_the_others_have_none()
        => Paired(RecordingPairs.Both(Files("a_converted.wav b_converted.wav", "a_input.wav z.wav"), null)).Should().Equal("a_input.wav", "none of 2 references");

    [Fact]
    public void The_whole_name_goes_before_its_stem()
        => Paired(RecordingPairs.Both(Files("a_1.wav a_2.wav", "r/a_1.wav r/a_2.wav"), null)).Should().Equal("r/a_1.wav", "r/a_2.wav");

    [Fact]
    public void What_is_judged_alone_too_is_not_paired_by_rank()
        => RecordingPairs.ByName(Files("1.wav 2.wav", "a.wav b.wav"), null).Should().OnlyContain(s => s.Files.Count == 1);

    [Theory]
    [InlineData("{stem}-orig.wav", "b_converted.wav a_converted.wav", "a-orig.wav b-orig.wav", "b-orig.wav a-orig.wav")]
    [InlineData("orig-{name}", "b.wav a.wav", "orig-a.wav orig-b.wav", "orig-b.wav orig-a.wav")]
    public void A_name_that_is_spelled_is_found(string spelled, string outputs, string references, string expected)
        => string.Join(' ', Paired(RecordingPairs.Both(Files(outputs, references), spelled))).Should().Be(expected);

    [Fact]
    public void A_name_that_is_spelled_and_not_there_is_said()
        => RecordingPairs.Both(Files("a.wav", "b.wav"), "{name}-orig").Should().ContainSingle().Which.Problem.Value.Should().Contain("is called a-orig").And.Contain("referenceName");

    [Fact]
    public void What_has_the_whole_name_of_another_output_is_not_taken_by_its_stem()
        => Paired(RecordingPairs.Both(Files("out/utt_001.wav out/utt_002.wav", "ref/utt_001.wav ref/other.wav"), null)).Should().Equal("ref/utt_001.wav", "none of 2 references");

    [Fact]
    public void Of_files_of_one_name_that_in_the_folder_of_its_speaker_is_taken()
        => Paired(RecordingPairs.Both(Files("out/s1/x.wav out/s2/x.wav", "ref/s1/x.wav ref/s2/x.wav"), null)).Should().Equal("ref/s1/x.wav", "ref/s2/x.wav");

    [Fact]
    public void No_output_is_compared_with_itself()
    {
        Paired(RecordingPairs.Both(Files("a.wav b.wav", "a.wav b.wav"), null)).Should().OnlyContain(p => p.StartsWith("every reference is an"));
        Paired(RecordingPairs.Both(Files("a.wav", "a.wav ref.wav"), null)).Should().Equal("ref.wav");
    }

    private static IEnumerable<string> Paired(IEnumerable<Subject> subjects)
        => subjects.Select(s => s.Of(ArtifactRole.Reference).SingleOrDefault()?.Path ?? string.Join(' ', s.Problem.Value.Split(' ').Take(4)));

    private static RoleFiles Files(string outputs, string references) => new(new Dictionary<ArtifactRole, RoleMatch>
    {
        [ArtifactRole.Output] = Match(ArtifactRole.Output, outputs),
        [ArtifactRole.Reference] = Match(ArtifactRole.Reference, references),
    });

    private static RoleMatch Match(ArtifactRole role, string names)
        => new([.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => new RoleFile(role, n))], SafeText.Empty);
}
