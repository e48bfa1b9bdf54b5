namespace ModelGate.Gates.Catalogue;

/// <summary>Every gate there is, sorted by id. The list is written at build time from the classes that carry an id.</summary>
internal static partial class GateCatalogue
{
    /// <summary>The gates.</summary>
    public static IReadOnlyList<GateDescriptor> All { get; } = Build();

    /// <summary>Finds a gate by its name in a configuration or by its id, in any case.</summary>
    public static GateDescriptor? Find(string nameOrId)
        => All.FirstOrDefault(g => string.Equals(g.Name, nameOrId, StringComparison.OrdinalIgnoreCase)
            || string.Equals(g.Id, nameOrId, StringComparison.OrdinalIgnoreCase)
            || string.Equals(g.ClassName, nameOrId, StringComparison.OrdinalIgnoreCase));

    private static partial IReadOnlyList<GateDescriptor> Build();
}
