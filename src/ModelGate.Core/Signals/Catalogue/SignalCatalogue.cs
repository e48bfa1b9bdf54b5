namespace ModelGate.Signals.Catalogue;

/// <summary>Every signal there is, sorted by name. The list is written at build time from the classes that carry a <see cref="SignalAttribute"/>.</summary>
internal static partial class SignalCatalogue
{
    /// <summary>The signals.</summary>
    public static IReadOnlyList<Signal> All { get; } = Build();

    /// <summary>Finds a signal by its exact name.</summary>
    public static Signal? Find(string name) => All.FirstOrDefault(s => s.Description.Name == name);

    private static partial IReadOnlyList<Signal> Build();
}
