using System.Collections.Frozen;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>The names that only describe data, exactly spelled, each with the contract of its arguments.</summary>
internal static class AllowedGlobals
{
    private static readonly FrozenDictionary<string, AllowedGlobal> All =
        TorchCalls.All.Concat(NumpyCalls.All).Concat(PythonCalls.All).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The contract of a name, or null where it is not on the list.</summary>
    public static AllowedGlobal? Find(PickleGlobal global) => All.GetValueOrDefault(global.Name);

    /// <summary>Whether a name is on the list.</summary>
    public static bool Contains(string name) => All.ContainsKey(name);
}
