namespace ModelGate.Faults;

/// <summary>A rule that a file can break. The list is closed: nothing is refused for a reason that is not on it, and docs/formats.md holds all of them.</summary>
internal sealed class FaultReason
{
    private static readonly List<FaultReason> Known = [];

    private FaultReason(string code, FaultKind kind, string sentence)
    {
        Code = code;
        Kind = kind;
        Sentence = sentence;
        Known.Add(this);
    }

    /// <summary>All of them, by kind.</summary>
    public static IReadOnlyList<FaultReason> All => Known;

    /// <summary>The stable kebab-case code that reports carry.</summary>
    public string Code { get; }

    /// <summary>What a refusal for this reason says of the file.</summary>
    public FaultKind Kind { get; }

    /// <summary>What is wrong, in one sentence.</summary>
    public string Sentence { get; }

    /// <inheritdoc/>
    public override string ToString() => Code;

    public static readonly FaultReason Truncated = new("truncated", FaultKind.Damaged, "The file, or a part of it, ends before what it claims to hold.");
    public static readonly FaultReason Empty = new("empty", FaultKind.Damaged, "The file or archive holds nothing at all.");
    public static readonly FaultReason TrailingBytes = new("trailing-bytes", FaultKind.Damaged, "Bytes follow the end of what the file describes.");
    public static readonly FaultReason HiddenBytes = new("hidden-bytes", FaultKind.Damaged, "Bytes between the entries of a zip archive belong to none of them.");
    public static readonly FaultReason Polyglot = new("polyglot", FaultKind.Damaged, "Bytes before or after a zip archive can be read as a second file.");
    public static readonly FaultReason OverlappingEntries = new("overlapping-entries", FaultKind.Damaged, "Two entries of a zip archive share bytes.");
    public static readonly FaultReason OverlappingTensors = new("overlapping-tensors", FaultKind.Damaged, "Two tensors share bytes.");
    public static readonly FaultReason Offset = new("offset", FaultKind.Damaged, "Something would lie outside of its place in the file.");
    public static readonly FaultReason OutOfRange = new("out-of-range", FaultKind.Damaged, "A tensor reaches outside of the bytes that hold it.");
    public static readonly FaultReason SizeMismatch = new("size-mismatch", FaultKind.Damaged, "An entry of a zip archive has another size than it claims.");
    public static readonly FaultReason StorageSize = new("storage-size", FaultKind.Damaged, "A storage has another size than its tensors claim.");
    public static readonly FaultReason TensorSize = new("tensor-size", FaultKind.Damaged, "A tensor has more or fewer bytes than its shape and type need.");
    public static readonly FaultReason MissingRecord = new("missing-record", FaultKind.Damaged, "A record that the file refers to is missing.");
    public static readonly FaultReason MissingChunk = new("missing-chunk", FaultKind.Damaged, "A chunk that a RIFF file needs is missing.");
    public static readonly FaultReason Shard = new("shard", FaultKind.Damaged, "A part of a model in several files is missing, or does not hold what the index says.");
    public static readonly FaultReason ExternalData = new("external-data", FaultKind.Damaged, "The data of a tensor in another file are missing, or described in no valid way.");
    public static readonly FaultReason Crc = new("crc", FaultKind.Damaged, "Bytes do not have the checksum that was recorded for them.");
    public static readonly FaultReason Deflate = new("deflate", FaultKind.Damaged, "Compressed bytes cannot be inflated.");
    public static readonly FaultReason HeaderMismatch = new("header-mismatch", FaultKind.Damaged, "The two headers of a zip entry contradict each other.");
    public static readonly FaultReason AmbiguousEnd = new("ambiguous-eocd", FaultKind.Damaged, "A zip archive could end in several ways.");
    public static readonly FaultReason CentralDirectory = new("central-directory", FaultKind.Damaged, "The directory of a zip archive contradicts its end record.");
    public static readonly FaultReason Zip64 = new("zip64", FaultKind.Damaged, "The 64-bit sizes of a zip entry are not where its header refers to.");
    public static readonly FaultReason HeaderLength = new("header-length", FaultKind.Damaged, "The header of a safetensors file has a length that cannot be.");
    public static readonly FaultReason Header = new("header", FaultKind.Damaged, "The header does not have the form that the format prescribes.");
    public static readonly FaultReason Alignment = new("alignment", FaultKind.Damaged, "The alignment is not one that the format allows.");
    public static readonly FaultReason Ds64 = new("ds64", FaultKind.Damaged, "The 64-bit sizes of a WAVE file contradict themselves.");
    public static readonly FaultReason Fmt = new("fmt", FaultKind.Damaged, "The format chunk of a WAVE file contradicts itself.");
    public static readonly FaultReason ChunkId = new("chunk-id", FaultKind.Damaged, "The name of a RIFF chunk is not one.");
    public static readonly FaultReason Json = new("json", FaultKind.Damaged, "The text is not valid JSON.");
    public static readonly FaultReason Csv = new("csv", FaultKind.Damaged, "The text is not a valid table of comma-separated values.");
    public static readonly FaultReason Utf8 = new("utf-8", FaultKind.Damaged, "A text is not valid UTF-8.");
    public static readonly FaultReason Protobuf = new("protobuf", FaultKind.Damaged, "Bytes are not a valid protocol buffer.");
    public static readonly FaultReason Leb128 = new("leb128", FaultKind.Damaged, "A number is not a valid LEB128 number.");
    public static readonly FaultReason BadOpcode = new("bad-opcode", FaultKind.Damaged, "A byte is not an opcode of the pickle language.");
    public static readonly FaultReason Frame = new("frame", FaultKind.Damaged, "A frame of a pickle does not fit its content.");
    public static readonly FaultReason UnbalancedStack = new("unbalanced-stack", FaultKind.Damaged, "A pickle stops with more or less than one value.");
    public static readonly FaultReason StackUnderflow = new("stack-underflow", FaultKind.Damaged, "An opcode of a pickle takes values that nothing put there.");
    public static readonly FaultReason BadMemo = new("bad-memo", FaultKind.Damaged, "A pickle refers to a memo entry that does not exist.");
    public static readonly FaultReason BadLength = new("bad-length", FaultKind.Damaged, "A constant of a pickle has an impossible length.");
    public static readonly FaultReason BadNumber = new("bad-number", FaultKind.Damaged, "A number in a pickle is not spelled as one.");
    public static readonly FaultReason BadString = new("bad-string", FaultKind.Damaged, "A text in a pickle is not spelled as one.");
    public static readonly FaultReason OddItems = new("odd-items", FaultKind.Damaged, "A key of a pickle has no value.");
    public static readonly FaultReason BadValue = new("bad-value", FaultKind.Damaged, "A truth value is neither true nor false.");
    public static readonly FaultReason BadType = new("bad-type", FaultKind.Damaged, "A metadata value has a type that does not exist.");

    public static readonly FaultReason StaleIndex = new("stale-index", FaultKind.Malformed, "The index of a model in several files is that of another save than the files beside it.");
    public static readonly FaultReason NoElements = new("no-elements", FaultKind.Malformed, "The tensors are empty: the weights were not gathered before they were saved.");
    public static readonly FaultReason MalformedPickle = new("malformed-pickle", FaultKind.Malformed, "A pickle imports by something other than two names.");
    public static readonly FaultReason BadArguments = new("bad-arguments", FaultKind.Malformed, "A pickle calls a known name with arguments that it does not take.");
    public static readonly FaultReason UnhashableKey = new("unhashable-key", FaultKind.Malformed, "A pickle uses as a key what cannot be one.");
    public static readonly FaultReason Cycle = new("cycle", FaultKind.Malformed, "A container contains itself.");
    public static readonly FaultReason DuplicateEntry = new("duplicate-entry", FaultKind.Malformed, "Two entries of a zip archive have the same name.");
    public static readonly FaultReason DuplicateKey = new("duplicate-key", FaultKind.Malformed, "Two members, tensors or entries have the same name.");
    public static readonly FaultReason DuplicateChunk = new("duplicate-chunk", FaultKind.Malformed, "A RIFF chunk that may occur once occurs twice.");
    public static readonly FaultReason ChunkOrder = new("chunk-order", FaultKind.Malformed, "RIFF chunks come in an order that the format forbids.");
    public static readonly FaultReason OtherReading = new("other-reading", FaultKind.Malformed, "Another loader would read the same bytes as something else.");
    public static readonly FaultReason SeveralRoots = new("several-roots", FaultKind.Malformed, "The records of an archive lie in more than one folder.");
    public static readonly FaultReason BadEntryName = new("bad-entry-name", FaultKind.Malformed, "The name of a zip entry is not a plain relative path.");
    public static readonly FaultReason SpecialEntry = new("special-entry", FaultKind.Malformed, "An entry of a zip archive is a link, a folder or a device.");
    public static readonly FaultReason Path = new("path", FaultKind.Malformed, "A name that the file refers to leads out of its folder.");
    public static readonly FaultReason BadSize = new("bad-size", FaultKind.Malformed, "A size is negative or not a whole number, or does not fit the type.");
    public static readonly FaultReason Overflow = new("overflow", FaultKind.Malformed, "Sizes multiply to more than 64 bits can hold.");
    public static readonly FaultReason ByteOrder = new("byteorder", FaultKind.Malformed, "The byte order is not one that exists.");
    public static readonly FaultReason StorageConflict = new("storage-conflict", FaultKind.Malformed, "Two tensors describe the same storage differently.");
    public static readonly FaultReason StorageKey = new("storage-key", FaultKind.Malformed, "The key of a storage is not a number.");
    public static readonly FaultReason StorageList = new("storage-list", FaultKind.Malformed, "The list of storages does not match the tensors.");
    public static readonly FaultReason Sparse = new("sparse", FaultKind.Malformed, "The parts of a sparse tensor do not fit each other.");
    public static readonly FaultReason SparseIndex = new("sparse-index", FaultKind.Malformed, "An index of a sparse tensor lies outside of it, or occurs twice.");
    public static readonly FaultReason Tensor = new("tensor", FaultKind.Malformed, "A record that must hold one tensor does not.");
    public static readonly FaultReason TensorName = new("tensor-name", FaultKind.Malformed, "The name of a tensor is longer than any real one.");
    public static readonly FaultReason TensorData = new("tensor-data", FaultKind.Malformed, "A tensor gives its elements in more than one way, or in the wrong field.");
    public static readonly FaultReason Segment = new("segment", FaultKind.Malformed, "A tensor is given in segments, which no writer does.");
    public static readonly FaultReason Manifest = new("manifest", FaultKind.Malformed, "A key manifest does not have the form of one.");
    public static readonly FaultReason NoLosses = new("no-losses", FaultKind.Malformed, "A training log holds no loss.");
    public static readonly FaultReason NoMetrics = new("no-metrics", FaultKind.Malformed, "A file of metrics holds no number under a name.");
    public static readonly FaultReason Report = new("report", FaultKind.Malformed, "A report does not have the form of one.");

    public static readonly FaultReason Version = new("version", FaultKind.Unsupported, "The version of the format is not known.");
    public static readonly FaultReason UnknownStateDict = new("unknown-state-dict", FaultKind.Unsupported, "The container that was chosen is not in the file.");
    public static readonly FaultReason SeveralStateDicts = new("several-state-dicts", FaultKind.Unsupported, "Several containers could be the weights, and they differ.");
    public static readonly FaultReason BadProtocol = new("bad-protocol", FaultKind.Unsupported, "The protocol of a pickle is not known.");
    public static readonly FaultReason DType = new("dtype", FaultKind.Unsupported, "The element type is not known, or not one that the format can hold.");
    public static readonly FaultReason Codec = new("codec", FaultKind.Unsupported, "The audio codec is not read.");
    public static readonly FaultReason Method = new("method", FaultKind.Unsupported, "The compression method of a zip entry is not read.");
    public static readonly FaultReason UnsupportedFlag = new("unsupported-flag", FaultKind.Unsupported, "A zip entry is encrypted, patched or masked.");

    public static readonly FaultReason FailedDownload = new("failed-download", FaultKind.Foreign, "What lies there is not the file, but what came of a download or a copy that failed.");
    public static readonly FaultReason UnknownFormat = new("unknown-format", FaultKind.Foreign, "The bytes are those of no known format.");
    public static readonly FaultReason UnsupportedFormat = new("unsupported-format", FaultKind.Foreign, "The format is known and not read.");

    public static readonly FaultReason Limit = new("limit", FaultKind.TooCostly, "Reading costs more than a limit allows.");
    public static readonly FaultReason NumberTooLong = new("number-too-long", FaultKind.TooCostly, "A number has more digits than anything needs.");

    public static readonly FaultReason DangerousGlobal = new("dangerous-global", FaultKind.AsksForCode, "A pickle imports a name that can run code, read files or reach the network.");
    public static readonly FaultReason CallOfResult = new("call-of-result", FaultKind.AsksForCode, "A pickle calls what another call returned.");
    public static readonly FaultReason CallTarget = new("call-target", FaultKind.AsksForCode, "A pickle calls what is not an imported name.");
    public static readonly FaultReason LegacyCallOpcode = new("legacy-call-opcode", FaultKind.AsksForCode, "A pickle calls by an opcode that no checkpoint uses.");
    public static readonly FaultReason ExtensionRegistry = new("extension-registry", FaultKind.AsksForCode, "A pickle imports by a number that only the loading process can resolve.");
    public static readonly FaultReason PersistentId = new("persistent-id", FaultKind.AsksForCode, "A pickle asks its loader for an object that is not a storage.");
    public static readonly FaultReason OutOfBandBuffer = new("out-of-band-buffer", FaultKind.AsksForCode, "A pickle asks its loader for a buffer from outside the file.");
    public static readonly FaultReason BuildTarget = new("build-target", FaultKind.AsksForCode, "A pickle gives a state to what takes none.");
    public static readonly FaultReason AppendTarget = new("append-target", FaultKind.AsksForCode, "A pickle appends to what is not a list.");
    public static readonly FaultReason SetitemTarget = new("setitem-target", FaultKind.AsksForCode, "A pickle sets items on what is not a dict.");
    public static readonly FaultReason AdditemsTarget = new("additems-target", FaultKind.AsksForCode, "A pickle adds members to what is not a set.");
    public static readonly FaultReason DottedName = new("dotted-name", FaultKind.AsksForCode, "A pickle imports an attribute of an attribute.");
    public static readonly FaultReason BadName = new("bad-name", FaultKind.AsksForCode, "A pickle imports what is not a module and a name in it.");
    public static readonly FaultReason NotLiteral = new("not-literal", FaultKind.AsksForCode, "What must be plain data is built by calls.");

    public static readonly FaultReason Pickle = new("pickle", FaultKind.AsksForCode, "An array holds Python objects: its elements are a pickle.");
    public static readonly FaultReason ContainsCode = new("contains-code", FaultKind.ContainsCode, "The file is a program, or contains one.");
}
