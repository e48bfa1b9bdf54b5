namespace ModelGate.Tests;

public class FoldersTests
{
    [Fact]
    public void No_folders_use_each_other_in_a_circle()
        => string.Join("\n", Folders.Circles()).Should().BeEmpty();

    [Fact]
    public void A_namespace_is_the_folder_of_its_file()
        => Folders.Files.Where(f => f.Namespace is not null)
            .Where(f => f.Namespace != string.Join('.', ["ModelGate", .. Path.GetDirectoryName(f.File)!.Split('/', StringSplitOptions.RemoveEmptyEntries)]))
            .Select(f => $"{f.File}: {f.Namespace}").Should().BeEmpty();
}
