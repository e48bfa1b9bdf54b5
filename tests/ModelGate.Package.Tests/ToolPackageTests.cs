namespace ModelGate.Package.Tests;

public class ToolPackageTests(Packages packages)
{
    [PackageFact]
    public void Into_a_folder_gives_a_program_whose_exit_codes_keep_the_contract()
    {
        var program = packages.Tool;

        Shell.Run(program, Repository.Root, packages.Variables, "check", "samples/lexi-fixed").ExitCode.Should().Be(0);
        Shell.Run(program, Repository.Root, packages.Variables, "check", "samples/lexi").ExitCode.Should().Be(1);
        Shell.Run(program, Repository.Root, packages.Variables, "check", "no-such-folder").ExitCode.Should().Be(2);
        Shell.Run(program, Repository.Root, packages.Variables, "chek").ExitCode.Should().Be(2);
    }

    [PackageFact]
    public void By_a_manifest_or_for_one_call_gives_the_same()
    {
        var folder = Path.Combine(packages.Folder, "manifest");
        Directory.CreateDirectory(folder);
        Shell.Run("dotnet", folder, packages.Variables, "new", "tool-manifest").ExitCode.Should().Be(0);
        Shell.Run("dotnet", folder, packages.Variables, "tool", "install", "ModelGate.Tool", "--version", Packages.Version).ExitCode.Should().Be(0);

        Shell.Run("dotnet", folder, packages.Variables, "modelgate", "check", Packages.Sample("lexi")).ExitCode.Should().Be(1);
        var once = Shell.Run("dotnet", packages.Folder, packages.Variables, "dnx", "--yes", $"ModelGate.Tool@{Packages.Version}", "check", Packages.Sample("lexi"));
        once.ExitCode.Should().Be(1, once.Error);
        once.Output.Should().Contain("MG2001");
    }
}
