namespace ModelGate.Faults;

/// <summary>What a refusal says of the file: it decides what a gate may conclude, and what the user can do.</summary>
internal enum FaultKind
{
    /// <summary>Bytes are missing, changed or left over, as after an interrupted save, copy or download: fetch the file again.</summary>
    Damaged,

    /// <summary>The bytes may all be there, and what they say breaks a rule of the format: whatever wrote the file wrote it wrongly, by mistake or on purpose.</summary>
    Malformed,

    /// <summary>The format is known and the file uses a part of it that is not read: whether the file is whole cannot be said.</summary>
    Unsupported,

    /// <summary>The file is of no format that is read.</summary>
    Foreign,

    /// <summary>Reading the file costs more than a limit allows.</summary>
    TooCostly,

    /// <summary>The file asks its loader to call, import or fetch something: data alone never does.</summary>
    AsksForCode,

    /// <summary>The file is a program, or contains one.</summary>
    ContainsCode,
}
