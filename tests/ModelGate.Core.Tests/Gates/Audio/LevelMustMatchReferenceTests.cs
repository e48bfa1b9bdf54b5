using ModelGate.Gates;
using ModelGate.Gates.Audio;
using ModelGate.Tests.Signals;

namespace ModelGate.Tests.Gates.Audio;

public class LevelMustMatchReferenceTests
{
    [Theory]
    [InlineData("u01-griffinlim-100", "u01-original")]
    [InlineData("u06-dropouts", "u06-original")]
    [InlineData("u10-original", null)]
    [InlineData("u10-quiet", null)]
    public void A_level_like_the_references_passes(string output, string? reference) => Judge(output, reference).ShouldPass();

    [Theory]
    [InlineData("u10-quiet", "u10-original", "quieter")]
    [InlineData("u10-clipped", "u10-original", "louder")]
    [InlineData("u02-clipped-lowered", "u10-original", "louder")]
    public void A_level_far_from_the_references_fails(string output, string reference, string saying) => Judge(output, reference).ShouldFail(saying);

    [Fact]
    public void What_can_hardly_be_heard_fails_without_a_reference()
    {
        Voices.Judge(new LevelMustMatchReference(), new LevelMustMatchReference.Options(), MadeClip.Of(MadeClip.Sine(440, 48_000).Select(s => s * 0.001))).ShouldFail("hardly be heard");
        Voices.Judge(new LevelMustMatchReference(), new LevelMustMatchReference.Options(), Voices.Silence).ShouldFail("zero");
    }

    [Fact]
    public void What_is_too_short_for_a_loudness_is_inconclusive()
        => Voices.Judge(new LevelMustMatchReference(), new LevelMustMatchReference.Options(), MadeClip.Of(MadeClip.Sine(440, 9_600)), Voices.Clip("u01-original")).ShouldBeInconclusive("too short");

    private static Judgement Judge(string output, string? reference) => Voices.Judge(new LevelMustMatchReference(), new LevelMustMatchReference.Options(), output, reference);
}
