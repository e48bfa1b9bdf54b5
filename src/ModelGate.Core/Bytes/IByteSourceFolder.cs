using ModelGate.Faults;

namespace ModelGate.Bytes;

/// <summary>The files beside an artifact that lies in several files: a reader asks for them by name and never learns a path.</summary>
internal interface IByteSourceFolder
{
    /// <summary>
    /// Opens a file beside the artifact, or below its folder where the name has forward slashes. The folder keeps it open and closes it.
    /// </summary>
    /// <param name="name">A relative name without <c>.</c> or <c>..</c> as a part: the caller has checked it, and the folder checks it again.</param>
    /// <returns>Null where there is no such file.</returns>
    /// <exception cref="SourceUnavailableException">The file may not be read, or is a link that leads elsewhere.</exception>
    IByteSource? Open(string name);

    /// <summary>The names of the files in the folder, sorted ordinally; of very many, some. A file of one of these names may still not be readable.</summary>
    IReadOnlyList<string> Names { get; }
}
