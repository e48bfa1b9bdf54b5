using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Configuration.Binding;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Tests.Readers.TextLogs;

namespace ModelGate.Tests.Configuration.Binding;

/// <summary>The patterns of a user's own log.</summary>
public class LogPatternTests
{
    private const string Named = """{ "files": ["*.log", "!old.log"], "step": "step (\\d+)", "series": "(?<name>\\w+) = (?<value>\\S+)" }""";
    private const string Listed = """{ "files": "*.log", "step": "^it (\\d+):", "series": { "loss": "train (?:loss|error) ([^ ]+)", "validation/loss": "val loss ([0-9.]+)" } }""";

    [Fact]
    public void Names_and_values_are_found_wherever_they_match()
    {
        var log = Read(Named, "step 100: loss = 2.5 lr = 1e-4\nnothing\nstep 200: loss = nan\nlr = 5e-5\n");

        log.Format.Should().Be("pattern-log");
        RvcLogs.Points(log, "loss").Should().Equal((100, 2.5), (200, double.NaN));
        RvcLogs.Points(log, "lr").Should().Equal((100, 1e-4), (200, 5e-5));
    }

    [Fact]
    public void Each_series_has_a_pattern_of_its_own()
    {
        var log = Read(Listed, "it 1: train loss 3.0\nit 2: train error 2.5, val loss 2.75\nit x: train loss 9\n");

        RvcLogs.Points(log, "loss").Should().Equal((1, 3), (2, 9));
        RvcLogs.Points(log, "validation/loss").Should().Equal((2, 2.75));
    }

    [Fact]
    public void The_files_are_those_of_a_role()
    {
        var role = Bind(Named).Artifacts[ArtifactRole.Log];

        role.Patterns.Should().Equal("*.log");
        role.Means("old.log").Should().BeFalse();
    }

    // A known form is read by the patterns as well, where the configuration states them.
    [Fact]
    public void The_patterns_go_before_what_the_file_holds()
        => RvcLogs.Points(Read("""{ "files": "*", "step": "Steps : (\\d+)", "series": { "x": "Total : ([0-9.]+)" } }""", "Steps : 5, Gen Loss Total : 61.312, s/b : 0.4\n"), "x").Should().Equal((5, 61.312));

    [Fact]
    public void A_log_that_no_pattern_fits_holds_no_loss()
    {
        var act = () => Read(Named, "loss = 3\n");
        act.Should().Throw<ArtifactFault>().Which.Should().Match<ArtifactFault>(f => f.Reason.Code == "no-losses" && f.Message.Contains("pattern that the configuration states"));
    }

    [Theory]
    [InlineData("""{ "files": "*.log", "step": "step \\d+", "series": { "loss": "(x)" } }""", 1, 53, "\"step\" has 0 groups")]
    [InlineData("""{ "files": "*.log", "step": "(a)(b)", "series": { "loss": "(x)" } }""", 1, 53, "\"step\" has 2 groups")]
    [InlineData("""{ "files": "*.log", "step": "(a", "series": { "loss": "(x)" } }""", 1, 53, "\"step\" is not a valid regular expression")]
    [InlineData("""{ "files": "*.log", "step": "(?=a)(b)", "series": { "loss": "(x)" } }""", 1, 53, "do not backtrack")]
    [InlineData("""{ "files": "*.log", "step": "(a)\\1", "series": { "loss": "(x)" } }""", 1, 53, "do not backtrack")]
    [InlineData("""{ "files": "*.log", "step": "((?:a{900}){900})", "series": { "loss": "(x)" } }""", 1, 53, "\"step\" counts more than 1000 repetitions")]
    [InlineData("""{ "files": "*.log", "step": "(a)", "series": "(?<value>x)" }""", 1, 70, "needs the groups (?<name>...) and (?<value>...)")]
    [InlineData("""{ "files": "*.log", "step": "(a)", "series": {} }""", 1, 70, "names 0 series")]
    [InlineData("""{ "files": "*.log", "step": 3, "series": { "loss": "(x)" } }""", 1, 53, "has to be a regular expression")]
    [InlineData("""{ "files": "*.log", "step": "(a)" }""", 1, 25, "needs the member \"series\"")]
    [InlineData("""{ "step": "(a)", "series": { "loss": "(x)" } }""", 1, 25, "needs the member \"files\"")]
    [InlineData("""{ "files": "*.log", "steps": "(a)", "series": { "loss": "(x)" } }""", 1, 45, "no member \"steps\" of a log; did you mean \"step\"")]
    public void What_is_wrong_is_said_with_its_place(string log, int line, int column, string says)
    {
        var act = () => Bind(log);
        var errors = act.Should().Throw<ConfigurationException>().Which.Errors;
        errors.Should().Contain(e => e.Message.Value.Contains(says)).Which.At.Should().Match<SourcePosition>(p => p.Line == line && p.Column == column);
    }

    // Patterns on which a backtracking engine would take longer than the universe has existed.
    [Fact]
    public void No_line_makes_a_pattern_slow()
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var act = () => Read("""{ "files": "*", "step": "(\\d+)x", "series": { "loss": "((?:a+)+)b" } }""", "1x\n" + new string('a', 200_000) + "\n");
        act.Should().Throw<ArtifactFault>();
        System.Diagnostics.Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    private static GateConfiguration Bind(string log)
        => GateConfigurationReader.Read("gate.config.json", Encoding.UTF8.GetBytes($"{{ \"artifacts\": {{ \"log\": {log} }}, \"gates\": {{ \"loss-must-converge\": {{}} }} }}"));

    private static TrainingLog Read(string log, string text) => (TrainingLog)ArtifactReaders.Read(
        new ReadRequest(new MemoryByteSource(Encoding.UTF8.GetBytes(text)), new ReadBudget(ReadLimits.Default)) { Role = ArtifactRole.Log, LogPattern = Bind(log).LogPattern });
}
