using ModelGate.Evaluation;

namespace ModelGate.Tests.Evaluation;

public sealed class ModelNamesTests : IDisposable
{
    private const string Configuration = """{ "artifacts": { "model": "*.pth" }, "gates": { "archive-must-be-whole": {}, "pickle-must-be-safe": {} } }""";

    private readonly string root = Directory.CreateTempSubdirectory("modelgate-").FullName;

    public ModelNamesTests()
    {
        Directory.CreateDirectory(At("repository/.git"));
        Model("repository/runs/a");
        Model("repository/runs/b");
        Model("elsewhere/a");
        Model("other/a");
        Write("repository/team/strict.json", Configuration);
        Write("repository/runs/a/gate.config.json", Configuration);
        Write("repository/runs/a/second.json", Configuration);
    }

    [Theory]
    [InlineData("repository")]
    [InlineData("repository/runs")]
    [InlineData("repository/runs/a")]
    public void Is_the_folder_from_the_root_of_the_repository_wherever_the_tool_is_started(string current)
        => Names(current, null, null, "repository/runs/a", "repository/runs/b").Should().Equal("runs/a", "runs/b");

    [Fact]
    public void Is_empty_at_the_root_itself()
    {
        Model("repository");

        Names("repository", null, null, "repository/model.pth").Should().Equal(":model.pth");
        Write("repository/gate.config.json", Configuration);
        Names("repository", null, null, "repository").Should().Equal("");
    }

    [Fact]
    public void Tells_the_configuration_where_it_is_not_the_folders_own()
    {
        Names("repository", "repository/team/strict.json", null, "repository/runs/a").Should().Equal("runs/a:team/strict.json");
        Names("repository", "repository/runs/a/second.json", null).Should().Equal("runs/a:second.json");
        Names("repository", "repository/runs/a/gate.config.json", null).Should().Equal("runs/a");
    }

    [Fact]
    public void Tells_the_files_where_they_were_named_and_their_folder_was_not()
        => Names("repository", null, null, "repository/runs/b/second.pth", "repository/runs/b/model.pth").Should().Equal("runs/b:model.pth+second.pth");

    [Fact]
    public void Keeps_folders_of_one_name_outside_of_the_repository_apart()
    {
        var names = Names("repository", null, null, "elsewhere/a", "other/a");

        names.Should().OnlyHaveUniqueItems().And.OnlyContain(n => n.StartsWith("a-"));
        Names("repository", null, null, "elsewhere/a").Should().Equal(names[0]);
    }

    [Fact]
    public void Is_what_the_user_says()
    {
        Names("repository", null, "voice", "repository/runs/a").Should().Equal("voice");
        Names("repository", null, "voice", "repository/runs/a", "repository/runs/b").Should().Equal("voice/runs/a", "voice/runs/b");
    }

    [Fact]
    public void Is_each_of_one_plan()
    {
        Directory.CreateSymbolicLink(At("repository/link"), At("repository/runs/a"));

        Names("repository", null, null, "repository/runs/a", "repository/link").Should().Equal("runs/a", "runs/a:2");
    }

    [Fact]
    public void Is_part_of_the_record_with_the_gates_that_ran()
    {
        var plans = EvaluationPlan.Only(ModelNames.Give(PlanLocation.Of([At("repository/runs/a")], null), null, At("repository")), ["MG7002"]);

        var configuration = Evaluator.Run(plans[0], cancellation: TestContext.Current.CancellationToken).Configurations.Should().ContainSingle().Subject;

        (configuration.Model.Value, configuration.Part.Value).Should().Be(("runs/a", "MG7002"));
        EvaluationPlan.Only(plans, ["MG7002"])[0].Part.Should().Be("MG7002");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string[] Names(string current, string? configuration, string? name, params string[] paths)
        => [.. ModelNames.Give(PlanLocation.Of([.. paths.Select(At)], configuration is null ? null : At(configuration)), name, At(current)).Select(p => p.Model)];

    private string At(string path) => Path.Combine(root, path);

    private void Model(string folder)
    {
        Directory.CreateDirectory(At(folder));
        foreach (var name in new[] { "model.pth", "second.pth" })
        {
            File.Copy(Repository.PathOf("samples", "lexi", "lexi.pth"), Path.Combine(At(folder), name));
        }
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }
}
