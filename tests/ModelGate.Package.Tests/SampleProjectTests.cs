
namespace ModelGate.Package.Tests;

public class SampleProjectTests(Packages packages)
{
    [PackageFact]
    public void Publishes_its_model_and_refuses_the_wrong_one()
    {
        var root = Path.Combine(packages.Folder, "sample");
        Copy(Packages.Sample("shipped-model"), Path.Combine(root, "samples", "shipped-model"));
        Copy(Packages.Sample("lexi"), Path.Combine(root, "samples", "lexi"));
        Copy(Packages.Sample("lexi-fixed"), Path.Combine(root, "samples", "lexi-fixed"));
        Copy(packages.Feed, Path.Combine(root, "artifacts", "packages"));
        Directory.CreateDirectory(Path.Combine(root, ".git"));
        var project = Path.Combine(root, "samples", "shipped-model");

        var published = Publish();

        published.ExitCode.Should().Be(0, published.Output);
        File.Exists(Path.Combine(root, "out", "models", "lexi.pth")).Should().BeTrue();
        var configuration = Path.Combine(project, "gate.config.json");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace("\"model\": \"../lexi-fixed/lexi.pth\"", "\"model\": \"../lexi/lexi.pth\"", StringComparison.Ordinal));
        var refused = Publish();
        refused.ExitCode.Should().Be(1, refused.Output);
        Annotation.Of(refused).Should().ContainSingle().Which.Line.Should().Be(10);

        Outcome Publish() => Shell.Run("dotnet", project, packages.Variables, "publish", "-o", Path.Combine(root, "out"));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var part = Path.GetRelativePath(from, file);
            if (part.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            {
                var target = Path.Combine(to, part);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
    }
}
