namespace ModelGate.Gates.Audio;

/// <summary>Options of a gate that finds an output's reference.</summary>
internal interface IPairedByName
{
    /// <summary>How the name of an output's reference is spelled; null where role and name find it.</summary>
    string? ReferenceName { get; }
}
