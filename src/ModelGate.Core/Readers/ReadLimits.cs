namespace ModelGate.Readers;

/// <summary>What a file may cost to read. Each limit stops an attack; a file that breaks one is refused with the limit's name.</summary>
public sealed record ReadLimits
{
    /// <summary>The limits that hold when nothing else is said.</summary>
    public static ReadLimits Default { get; } = new();

    /// <summary>Longest file, in bytes: files are streamed, so this bounds time.</summary>
    public long FileBytes { get; init; } = 64L << 30;

    /// <summary>Longest pickle, in bytes: it is held in memory.</summary>
    public long PickleBytes { get; init; } = 256L << 20;

    /// <summary>Most opcodes in the pickles of a file.</summary>
    public long PickleOpcodes { get; init; } = 50_000_000;

    /// <summary>Deepest pickle stack, in values.</summary>
    public int PickleStack { get; init; } = 4_000_000;

    /// <summary>Most entries in a pickle's memo.</summary>
    public int PickleMemo { get; init; } = 4_000_000;

    /// <summary>Deepest nesting of containers in a pickle or a JSON document.</summary>
    public int Nesting { get; init; } = 512;

    /// <summary>Longest text or bytes constant in a pickle, in bytes.</summary>
    public long PickleConstantBytes { get; init; } = 64L << 20;

    /// <summary>Longest integer in a pickle, in bytes (4,096 bits).</summary>
    public int PickleIntegerBytes { get; init; } = 512;

    /// <summary>Longest line of a text opcode, in bytes.</summary>
    public int PickleLineBytes { get; init; } = 64 << 10;

    /// <summary>Longest module or class name in a pickle, in characters.</summary>
    public int GlobalNameLength { get; init; } = 256;

    /// <summary>Most tensors in a file.</summary>
    public int Tensors { get; init; } = 1_000_000;

    /// <summary>Most dimensions of a tensor.</summary>
    public int Rank { get; init; } = 64;

    /// <summary>Most files that an artifact may refer to: each stays open.</summary>
    public int SiblingFiles { get; init; } = 1024;

    /// <summary>Longest header of a safetensors file, in bytes: the format's own limit.</summary>
    public long SafetensorsHeaderBytes { get; init; } = 100_000_000;

    /// <summary>Longest header of a NumPy array, in bytes.</summary>
    public int NumpyHeaderBytes { get; init; } = 64 << 10;

    /// <summary>Longest text in the metadata of a GGUF or ONNX file, in bytes.</summary>
    public long MetadataTextBytes { get; init; } = 16L << 20;

    /// <summary>Most metadata entries of a GGUF or ONNX file.</summary>
    public int MetadataEntries { get; init; } = 65_536;

    /// <summary>Deepest nesting of messages in a protocol buffer.</summary>
    public int ProtobufNesting { get; init; } = 100;

    /// <summary>Most entries of a zip archive.</summary>
    public int ZipEntries { get; init; } = 200_000;

    /// <summary>Longest name of a zip entry, in bytes.</summary>
    public int ZipNameBytes { get; init; } = 1024;

    /// <summary>Longest central directory, in bytes.</summary>
    public long ZipDirectoryBytes { get; init; } = 128L << 20;

    /// <summary>Highest ratio of inflated to deflated size of one zip entry that is not a storage.</summary>
    public int ZipRatio { get; init; } = 200;

    /// <summary>Highest ratio of all inflated bytes to the file's length.</summary>
    public int ZipTotalRatio { get; init; } = 20;

    /// <summary>Longest line of a log, in bytes.</summary>
    public int LogLineBytes { get; init; } = 1 << 20;

    /// <summary>Most points of one curve in a log: they are held in memory.</summary>
    public int LogPoints { get; init; } = 10_000_000;

    /// <summary>Longest JSON document, in bytes.</summary>
    public long JsonBytes { get; init; } = 100L << 20;

    /// <summary>Most chunks of a RIFF file.</summary>
    public int RiffChunks { get; init; } = 4096;

    /// <summary>Longest fmt chunk of a RIFF file, in bytes.</summary>
    public int RiffFormatBytes { get; init; } = 4096;

    /// <summary>Most channels of a recording.</summary>
    public int AudioChannels { get; init; } = 64;

    /// <summary>Highest sample rate of a recording, in Hz.</summary>
    public int AudioSampleRate { get; init; } = 1_536_000;

    /// <summary>Longest time for one file.</summary>
    public TimeSpan FileTime { get; init; } = TimeSpan.FromSeconds(300);
}
