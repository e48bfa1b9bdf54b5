namespace ModelGate.Bytes;

/// <summary>What a file may cost to read. Each limit stops an attack; a file that breaks one is refused with the limit's name.</summary>
/// <remarks>
/// The doc comment of a limit says its unit and what it stops; it becomes its description in the schema, the documentation and the help,
/// and its name in camel case is its option: <see cref="All"/> is written from them at build time.
/// </remarks>
internal sealed partial record ReadLimits
{
    /// <summary>The limits that hold when nothing else is said.</summary>
    public static ReadLimits Default { get; } = new();

    /// <summary>Longest file, in bytes: a file is streamed, so this bounds the time that hashing takes.</summary>
    public long FileBytes { get; init; } = 64L << 30;

    /// <summary>Most memory, in bytes, for what a file describes, beside twice the file's length: stops a short file that is made to fill memory, whatever fills it.</summary>
    public long MemoryBytes { get; init; } = 20L << 20;

    /// <summary>Most steps that reading a file takes, beside sixteen for each of its bytes: stops a short file that keeps the reader busy, whatever it does.</summary>
    public long Steps { get; init; } = 4_000_000;

    /// <summary>Longest pickle, in bytes: stops one that is all description and no weights.</summary>
    public long PickleBytes { get; init; } = 256L << 20;

    /// <summary>Most opcodes in one pickle: stops a program that keeps the reader busy and describes nothing.</summary>
    public long PickleOpcodes { get; init; } = 50_000_000;

    /// <summary>Most values that the pickles of a file put on their stacks: each costs up to 100 bytes of memory and one in the file; a dict or a set counts as a few.</summary>
    public int PickleValues { get; init; } = 3_000_000;

    /// <summary>Deepest stack of a pickle, in values: stops values that are piled up and never used.</summary>
    public int PickleStack { get; init; } = 4_000_000;

    /// <summary>Most entries in a pickle's memo: stops values that are put aside and never used.</summary>
    public int PickleMemo { get; init; } = 4_000_000;

    /// <summary>Deepest nesting of containers in a pickle or a JSON document: stops towers that overflow the stack of the code that walks them.</summary>
    public int Nesting { get; init; } = 512;

    /// <summary>Longest text or bytes constant in a pickle, in bytes: stops a length that is claimed to make the reader allocate.</summary>
    public long PickleConstantBytes { get; init; } = 64L << 20;

    /// <summary>Longest integer in a pickle, in bytes: stops numbers whose conversion takes quadratic time (512 bytes are 4,096 bits).</summary>
    public int PickleIntegerBytes { get; init; } = 512;

    /// <summary>Longest line of a text opcode, in bytes: stops a line that never ends.</summary>
    public int PickleLineBytes { get; init; } = 64 << 10;

    /// <summary>Longest module or class name in a pickle, in characters: stops names that fill a report.</summary>
    public int GlobalNameLength { get; init; } = 256;

    /// <summary>Most tensors in a file: stops a list without end.</summary>
    public int Tensors { get; init; } = 1_000_000;

    /// <summary>Most dimensions of a tensor: stops shapes that cost more than their elements.</summary>
    public int Rank { get; init; } = 64;

    /// <summary>Most files that an artifact may refer to: each stays open, and handles are few.</summary>
    public int SiblingFiles { get; init; } = 1024;

    /// <summary>Longest header of a safetensors file, in bytes: the format's own limit, against a length that is claimed to make the reader allocate.</summary>
    public long SafetensorsHeaderBytes { get; init; } = 100_000_000;

    /// <summary>Longest header of a NumPy array, in bytes: stops one that is all description and no numbers.</summary>
    public int NumpyHeaderBytes { get; init; } = 64 << 10;

    /// <summary>Longest text in the metadata of a GGUF or ONNX file, or in a report, in bytes: stops a length that is claimed to make the reader allocate.</summary>
    public long MetadataTextBytes { get; init; } = 16L << 20;

    /// <summary>Most metadata entries of a GGUF or ONNX file: stops a list without end.</summary>
    public int MetadataEntries { get; init; } = 65_536;

    /// <summary>Deepest nesting of messages in a protocol buffer: stops towers that overflow the stack of the code that walks them.</summary>
    public int ProtobufNesting { get; init; } = 100;

    /// <summary>Most entries of a zip archive: stops a directory without end.</summary>
    public int ZipEntries { get; init; } = 200_000;

    /// <summary>Longest name of a zip entry, in bytes: stops names that fill memory.</summary>
    public int ZipNameBytes { get; init; } = 1024;

    /// <summary>Longest central directory of a zip archive, in bytes: it is held in memory.</summary>
    public long ZipDirectoryBytes { get; init; } = 128L << 20;

    /// <summary>Highest ratio of inflated to deflated size of one zip entry that is not a storage: stops a zip bomb.</summary>
    public int ZipRatio { get; init; } = 200;

    /// <summary>Highest ratio of all inflated bytes to the file's length: stops a zip bomb made of many entries.</summary>
    public int ZipTotalRatio { get; init; } = 20;

    /// <summary>Longest line of a log or row of a table, in bytes: stops a log without line ends.</summary>
    public int LogLineBytes { get; init; } = 1 << 20;

    /// <summary>Most points of the curves in a log that are held in memory: of a long curve some are.</summary>
    public int LogPoints { get; init; } = 10_000_000;

    /// <summary>Longest JSON document, in bytes: it is held in memory.</summary>
    public long JsonBytes { get; init; } = 100L << 20;

    /// <summary>Most members, items and values of a configuration or report in JSON: each costs more memory than its bytes in the file.</summary>
    public int JsonValues { get; init; } = 3_000_000;

    /// <summary>Longest file of metrics, in bytes: it is held in memory.</summary>
    public long MetricsBytes { get; init; } = 32L << 20;

    /// <summary>Most numbers in a file of metrics: they are held in memory.</summary>
    public int MetricValues { get; init; } = 4_000_000;

    /// <summary>Most names in a file of metrics, of columns or members: they are held in memory.</summary>
    public int MetricNames { get; init; } = 100_000;

    /// <summary>Most chunks of a RIFF file: stops a file of empty chunks.</summary>
    public int RiffChunks { get; init; } = 4096;

    /// <summary>Longest fmt chunk of a RIFF file, in bytes: it is held in memory.</summary>
    public int RiffFormatBytes { get; init; } = 4096;

    /// <summary>Most channels of a recording: stops frames that fill memory.</summary>
    public int AudioChannels { get; init; } = 64;

    /// <summary>Highest sample rate of a recording, in Hz: stops a header that nobody could have recorded.</summary>
    public int AudioSampleRate { get; init; } = 1_536_000;

    /// <summary>Longest time for reading one file, in seconds: the last resort against a file that is slow for a reason nobody thought of.</summary>
    public TimeSpan FileTime { get; init; } = TimeSpan.FromSeconds(300);
}
