using ModelGate.Configuration;

namespace ModelGate.Tool.Tests;

public sealed class RunOriginTests
{
    [Fact]
    public void Name_date_and_commit_are_what_option_and_environment_say()
    {
        var origin = RunOriginOption.Of("nightly 7", Of(("SOURCE_DATE_EPOCH", "1769860800"), ("CI_COMMIT_SHA", "0123456789abcdef0123456789abcdef01234567"), ("MODELGATE_RUN_NAME", "other")));

        // date -u -d @1769860800
        (origin.Name.Value, origin.Date, origin.Commit.Value).Should().Be(("nightly 7", new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc), "0123456789abcdef0123456789abcdef01234567"));
        RunOriginOption.Of(null, Of(("MODELGATE_RUN_NAME", "other"))).Name.Value.Should().Be("other");
    }

    [Fact]
    public void Nothing_is_known_where_nobody_says_it() => RunOriginOption.Of(null, _ => null).IsEmpty.Should().BeTrue();

    [Theory]
    [InlineData("GITHUB_SHA")]
    [InlineData("CI_COMMIT_SHA")]
    [InlineData("BUILD_SOURCEVERSION")]
    [InlineData("GIT_COMMIT")]
    public void A_build_server_names_the_commit(string variable)
        => RunOriginOption.Of(null, Of((variable, "89abcdef"))).Commit.Value.Should().Be("89abcdef");

    [Fact]
    public void What_cannot_be_a_commit_is_none()
        => RunOriginOption.Of(null, Of(("GITHUB_SHA", "<script>"), ("GIT_COMMIT", new string('a', 65)))).Commit.IsEmpty.Should().BeTrue();

    // https://reproducible-builds.org/specs/source-date-epoch/: a malformed value should be an error.
    [Theory]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("253402300800")]
    public void A_date_that_is_none_is_refused(string seconds)
        => FluentActions.Invoking(() => RunOriginOption.Of(null, Of(("SOURCE_DATE_EPOCH", seconds)))).Should().Throw<UsageException>().WithMessage($"SOURCE_DATE_EPOCH is {seconds}; *");

    [Fact]
    public void The_record_holds_the_name()
    {
        var run = Tool.Run("check", Tool.Sample("grc"), "--format", "json", "--run-name", "nightly 7");

        run.Json.GetProperty("run").GetProperty("name").GetString().Should().Be("nightly 7");
        Tool.Run("check", Tool.Sample("grc"), "--run-name", " ").Error.Should().Contain("--run-name is empty");
    }

    private static Func<string, string?> Of(params (string Name, string Value)[] variables)
        => name => variables.FirstOrDefault(v => v.Name == name).Value;
}
