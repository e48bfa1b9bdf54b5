namespace ModelGate.Gates.Audio;

/// <summary>Options of a gate that finds an output's reference.</summary>
internal interface IPairedByName
{
    /// <summary>The pattern of the name of an output's reference; null if role and name find it.</summary>
    string? ReferenceName { get; }
}
