using System.Text.Json;

namespace ModelGate.Tool.Tests;

/// <summary>Models that PyTorch made of three checkpoints (Fixtures/trace/make.py says how).</summary>
public class TraceCommandTests
{
    private static readonly string Run = Repository.PathOf("tests", "ModelGate.Core.Tests", "Fixtures", "trace");

    [Theory]
    [InlineData("half.pth", "G_200.pth", ", step 200, epoch 20", "rounded to half precision")]
    [InlineData("parallel.pth", "G_300.pth", "(the last of 3 checkpoints)", "31 tensors are equal")]
    [InlineData("ema.pth", "G_300.pth", "the EMA weights of", "the last of 3 checkpoints")]
    public void A_model_that_was_made_from_a_checkpoint_is_that_checkpoint(string model, string source, params string[] words)
    {
        var result = Tool.Run("trace", Path.Combine(Run, model), Copy("G_100.pth", "G_200.pth", "G_300.pth"));

        result.ExitCode.Should().Be(0, result.Output + result.Error);
        result.Output.Should().Contain(source);
        result.Output.ReplaceLineEndings(" ").Should().ContainAll(words);
    }

    [Fact]
    public void A_merge_of_two_is_said_with_its_shares()
    {
        var json = Tool.Run("trace", Path.Combine(Run, "merge.pth"), Copy("G_100.pth", "G_200.pth", "G_300.pth"), "--format", "json").Json;

        json.GetProperty("origin").GetString().Should().Be("merge");
        var parts = json.GetProperty("merge").EnumerateArray().ToDictionary(p => Path.GetFileName(p.GetProperty("path").GetString()!), p => p.GetProperty("share").GetDouble());
        parts["G_300.pth"].Should().BeApproximately(0.75, 0.002, "PyTorch mixed a quarter of the first with three of the last");
        parts["G_100.pth"].Should().BeApproximately(0.25, 0.002);
    }

    [Fact]
    public void Of_a_model_that_is_none_the_distances_are_those_that_PyTorch_computes()
    {
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, "other.distances.json"))).RootElement;

        var result = Tool.Run("trace", Path.Combine(Run, "other.pth"), Copy("G_100.pth", "G_200.pth", "G_300.pth"), "--format", "json");

        result.ExitCode.Should().Be(1);
        result.Json.GetProperty("origin").GetString().Should().Be("nearest");
        var candidates = result.Json.GetProperty("candidates").EnumerateArray().ToArray();
        candidates.Select(c => c.GetProperty("step").GetInt64()).Should().Equal(300, 200, 100);
        foreach (var candidate in candidates)
        {
            var step = candidate.GetProperty("step").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture);
            candidate.GetProperty("meanDifference").GetDouble().Should().BeApproximately(expected.GetProperty(step).GetDouble(), 1e-7);
        }
    }

    [Fact]
    public void Another_network_has_nothing_in_common()
    {
        var result = Tool.Run("trace", Path.Combine(Run, "foreign.pth"), Copy("G_100.pth", "G_200.pth"));

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("no tensor in common");
    }

    [Fact]
    public void What_was_not_the_last_and_has_a_copy_is_said()
    {
        var folder = Copy("G_100.pth", "G_200.pth", "G_300.pth");
        File.Copy(Path.Combine(folder, "G_200.pth"), Path.Combine(folder, "kept.pth"));

        var output = Tool.Run("trace", Path.Combine(Run, "half.pth"), folder).Output.ReplaceLineEndings(" ");

        output.Should().Contain("not the last of").And.Contain("G_300.pth").And.Contain("kept.pth");
    }

    [Fact]
    public void Nothing_to_compare_with_is_no_answer()
    {
        Tool.Run("trace", Path.Combine(Run, "half.pth"), Copy()).ExitCode.Should().Be(2);
        Tool.Run("trace", Path.Combine(Run, "none.pth"), Run).Error.Should().Contain("there is no file");
        Tool.Run("trace", Run, Run).Error.Should().Contain("is a folder");
        Tool.Run("trace", Path.Combine(Run, "make.py"), Run).ExitCode.Should().Be(2);
        Tool.Run("trace", Path.Combine(Run, "half.pth"), Path.Combine(Run, "no such folder")).Output.Should().Contain("was not compared");
    }

    private static string Copy(params string[] files)
    {
        var folder = Directory.CreateTempSubdirectory("modelgate-").FullName;
        foreach (var file in files)
        {
            File.Copy(Path.Combine(Run, file), Path.Combine(folder, file));
        }

        File.WriteAllText(Path.Combine(folder, "notes.txt"), "nothing");
        return folder;
    }
}
