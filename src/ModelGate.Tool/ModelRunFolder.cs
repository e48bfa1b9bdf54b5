using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.ModelRuns;

namespace ModelGate.Tool;

/// <summary>Runs models in <c>modelgate-torch</c>, with a folder of its own below the temporary one, which ends with it.</summary>
internal sealed class ModelRunFolder : IModelRuns, IDisposable
{
    private readonly Lazy<string> folder = new(Create);
    private readonly Func<string, string?> environment;
    private readonly bool overwrite;
    private readonly List<SafeText> problems = [];

    // What is kept where, by the names that it has in a report.
    private readonly Dictionary<string, string> places = new(StringComparer.OrdinalIgnoreCase);

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
        ModelRunProcess process;
        try
        {
            if (TorchProgram.Find(environment, AppContext.BaseDirectory, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)) is not { } program)
            {
                return ModelRunReport.None(TorchProgram.Absent);
            }

            process = new ModelRunProcess(program, Folder, limits);
        }
        catch (IOException fault)
        {
            return ModelRunReport.None(SafeText.From(fault.Message));
        }

        return process.Run(request, cancellation);
    }

    /// <inheritdoc/>
    public void Keep(string file, string name)
    {
        if (KeptIn is null || !File.Exists(file))
        {
            return;
        }

        var path = PlaceOf(KeptIn, name);
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

    // The names come from the files that are judged: "..", a drive or a device must not lead out of the folder, and two names must not become one.
    private string PlaceOf(string folder, string name)
    {
        var path = Path.Combine([folder, .. name.Split('/').Select(Harmless).Where(p => p.Length > 0).DefaultIfEmpty("_")]);
        var (stem, ending) = (Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path)), Path.GetExtension(path));
        for (var number = 2; places.TryGetValue(path, out var other) && other != name; number++)
        {
            path = $"{stem}-{number.ToString(CultureInfo.InvariantCulture)}{ending}";
        }

        places[path] = name;
        return path;
    }

    private static string Harmless(string part) => string.Concat(part.EnumerateRunes().Select(r => IsHarmless(r) ? r.ToString() : "_")).Trim('.', ' ');

    private static bool IsHarmless(Rune rune)
        => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark || rune.Value is '.' or '-' or '_' or ' ';

    private static string Create()
    {
        try
        {
            return Directory.CreateTempSubdirectory("modelgate-run-").FullName;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException(SafeText.Of($"no folder can be created in {Path.GetTempPath()}, which the environment variable {SafeText.From(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR")} names").Value);
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
