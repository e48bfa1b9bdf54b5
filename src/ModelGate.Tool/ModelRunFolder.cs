using System.Buffers.Binary;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.ModelRuns;

namespace ModelGate.Tool;

/// <summary>Runs models in <c>modelgate-torch</c>, with a folder of its own below the temporary one, which ends with it.</summary>
internal sealed class ModelRunFolder : IModelRuns, IDisposable
{
    private readonly Lazy<string> folder = new(() => Directory.CreateTempSubdirectory("modelgate-run-").FullName);
    private readonly Func<string, string?> environment;
    private readonly bool overwrite;
    private readonly List<SafeText> problems = [];

    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="keptIn">The folder in which recordings are kept; null where nobody wants them.</param>
    /// <param name="overwrite">Whether a file of another origin may be replaced there.</param>
    public ModelRunFolder(Func<string, string?> environment, string? keptIn = null, bool overwrite = false)
        => (this.environment, KeptIn, this.overwrite) = (environment, keptIn, overwrite);

    /// <inheritdoc/>
    public string Folder => folder.Value;

    /// <inheritdoc/>
    public bool AllowsTorchScript { get; init; }

    /// <inheritdoc/>
    public bool AllowsAssemblies { get; init; }

    /// <summary>The folder in which recordings are kept; null where nobody wants them.</summary>
    public string? KeptIn { get; }

    /// <summary>Why recordings could not be kept: what was judged stands all the same.</summary>
    public IReadOnlyList<SafeText> Problems => problems;

    /// <summary>How many recordings were kept.</summary>
    public int Kept { get; private set; }

    /// <inheritdoc/>
    public ModelRunReport Run(ModelRunRequest request, ModelRunLimits limits, CancellationToken cancellation)
    {
        IReadOnlyList<string>? program;
        try
        {
            program = TorchProgram.Find(environment, AppContext.BaseDirectory);
        }
        catch (IOException fault)
        {
            return ModelRunReport.None(SafeText.From(fault.Message));
        }

        return program is null ? ModelRunReport.None(TorchProgram.Absent) : new ModelRunProcess(program, Folder, limits).Run(request, cancellation);
    }

    /// <inheritdoc/>
    public void Keep(string file, string name)
    {
        if (KeptIn is null || !File.Exists(file))
        {
            return;
        }

        // The names come from the files that are judged: "..", a drive or a device must not lead out of the folder.
        var parts = name.Split('/').Select(p => string.Concat(p.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ' ' ? c : '_')).Trim('.', ' ')).Where(p => p.Length > 0);
        var path = Path.Combine([KeptIn, .. parts.Skip(1)]);
        var what = SafeText.Of($"the copy {path}");
        try
        {
            WrittenFile.RequireOwn(path, what, overwrite);
            WrittenFile.Replace(
                path,
                stream =>
                {
                    using var made = File.OpenRead(file);
                    made.CopyTo(stream);
                    Sign(stream);
                },
                what);
            Kept++;
        }
        catch (UsageException fault)
        {
            problems.Add(SafeText.From(fault.Message));
        }
    }

    // A list of information at the end names the software, as players show it and WrittenFile knows it: the next run may write the file anew.
    private static void Sign(Stream wave)
    {
        wave.Write("LIST\u0016\0\0\0INFOISFT\n\0\0\0modelgate\0"u8);
        Span<byte> size = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(size, checked((uint)(wave.Length - 8)));
        wave.Position = 4;
        wave.Write(size);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!folder.IsValueCreated)
        {
            return;
        }

        try
        {
            Directory.Delete(folder.Value, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A file that something still holds open stays in the temporary folder; nothing is wrong with what was judged.
        }
    }
}
