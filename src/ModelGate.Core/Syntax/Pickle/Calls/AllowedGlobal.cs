using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>A name that may be imported, and what may be done with it.</summary>
/// <remarks>Each contract is a check written here: nothing is looked up or called by the name that stands in the file.</remarks>
internal sealed record AllowedGlobal
{
    /// <summary>Describes the result of calling it; null where it may not be called.</summary>
    public Func<PickleCall, PickleValue>? Call { get; init; }

    /// <summary>Describes an instance made by NEWOBJ; null where there is none.</summary>
    public Func<PickleCall, PickleValue>? New { get; init; }
}
