using System.Text.Json;
using ModelGate.Architecture.Families;
using ModelGate.Artifacts;

namespace ModelGate.Configuration;

/// <summary>What states the keys that a model should have, where it is not a file: a family, a pattern, a command, or a module of an assembly.</summary>
/// <param name="Label">What a report calls it.</param>
internal abstract record ArchitectureExpectation(string Label)
{
    /// <summary>Keys that the configuration states by itself: a pattern, or a family with its hyperparameters.</summary>
    public sealed record Stated(string Label, KeyManifest Manifest) : ArchitectureExpectation(Label)
    {
        /// <summary>The family; null for a pattern.</summary>
        public ModelFamily? Family { get; init; }

        /// <summary>The well-known set of hyperparameters; null where none is named.</summary>
        public string? Variant { get; init; }
    }

    /// <summary>A family whose hyperparameters stand in the run's own configuration.</summary>
    /// <param name="Label">What a report calls it.</param>
    /// <param name="Family">The family.</param>
    /// <param name="Variant">A well-known set of hyperparameters, for what the file does not say; or null.</param>
    /// <param name="Path">The run's configuration, relative to gate.config.json.</param>
    /// <param name="Parameters">Hyperparameters that go before those of the file.</param>
    public sealed record FromConfiguration(string Label, ModelFamily Family, string? Variant, string Path, ConfigurationValue.Map Parameters)
        : ArchitectureExpectation(Label);

    /// <summary>A command that prints a key manifest on its standard output. It is run only where the user allows commands.</summary>
    /// <param name="Label">What a report calls it.</param>
    /// <param name="Command">The program and its arguments; no shell sees them.</param>
    /// <param name="Timeout">How long it may take.</param>
    public sealed record FromCommand(string Label, IReadOnlyList<string> Command, TimeSpan Timeout) : ArchitectureExpectation(Label);

    /// <summary>A TorchSharp module of an assembly. It is loaded only where the user allows assemblies.</summary>
    /// <param name="Label">What a report calls it.</param>
    /// <param name="Path">The assembly, relative to gate.config.json.</param>
    /// <param name="Type">The module's type, with its namespace.</param>
    /// <param name="Arguments">The constructor's arguments by name; null where none are given.</param>
    /// <param name="Timeout">How long it may take.</param>
    public sealed record FromAssembly(string Label, string Path, string Type, JsonElement? Arguments, TimeSpan Timeout) : ArchitectureExpectation(Label);
}
