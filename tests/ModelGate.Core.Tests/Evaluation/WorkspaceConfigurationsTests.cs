using ModelGate.Configuration;
using ModelGate.Evaluation;

namespace ModelGate.Tests.Evaluation;

public sealed class WorkspaceConfigurationsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public WorkspaceConfigurationsTests()
    {
        Directory.CreateDirectory(At("project/.git"));
        Directory.CreateDirectory(At("project/run"));
        Directory.CreateDirectory(At("outside"));
        Write("outside/base.json", """{ "gates": {} }""");
        Write("project/base.json", """{ "gates": { "keys-must-match": {} } }""");
    }

    [Fact]
    public void Reach_what_lies_in_the_repository() => Check("../base.json").Should().BeNull();

    [Fact]
    public void Never_leave_the_repository() => Check("../../outside/base.json").Should().Be("\"../../outside/base.json\" cannot be extended: it leads out of the workspace");

    [Fact]
    public void Never_leave_it_by_a_link_to_a_file()
    {
        File.CreateSymbolicLink(At("project/run/link.json"), At("outside/base.json"));
        Check("link.json").Should().Be("\"link.json\" cannot be extended: a link on the way leads out of the workspace");
    }

    [Fact]
    public void Never_leave_it_by_a_link_to_a_folder()
    {
        Directory.CreateSymbolicLink(At("project/away"), At("outside"));
        Check("../away/base.json").Should().Be("\"../away/base.json\" cannot be extended: a link on the way leads out of the workspace");
    }

    [Fact]
    public void Follow_a_link_that_stays_inside()
    {
        File.CreateSymbolicLink(At("project/run/link.json"), At("project/base.json"));
        Check("link.json").Should().BeNull();
    }

    [Fact]
    public void Open_no_folder() => Check("../run/").Should().Be("\"../run/\" cannot be extended: it is a folder, not a file");

    [Fact]
    public void Read_no_file_beyond_the_limit()
    {
        Write("project/run/long.json", new string(' ', (1 << 20) + 1));
        Check("./long.json").Should().Be("\"./long.json\" cannot be extended: a configuration of 1048577 bytes is over the limit of 1048576");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string? Check(string entry)
    {
        Write("project/run/gate.config.json", $"{{ \"extends\": \"{entry}\" }}");
        try
        {
            EvaluationPlan.FromFile(At("project/run/gate.config.json"), "gate.config.json");
            return null;
        }
        catch (ConfigurationException fault)
        {
            return fault.Errors.Single().Message.Value;
        }
    }

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    private string At(string path) => Path.Combine(root, path);
}
