using System.CommandLine;

namespace ModelGate.Tool;

/// <summary><c>--overwrite</c>: a file that the tool did not write may be replaced.</summary>
internal static class OverwriteOption
{
    public const string Name = "--overwrite";

    public static Option<bool> Create() => new(Name) { Description = "Also replace files that modelgate did not write. Off: they are left alone, and it is an error." };
}
