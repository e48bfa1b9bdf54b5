using System.Text;
using ModelGate.Configuration;
using ModelGate.Configuration.Binding;
using ModelGate.Configuration.Documents;

namespace ModelGate.Tests.Configuration;

/// <summary>Configurations by path, without a disk.</summary>
internal sealed class ConfigurationsInMemory : IConfigurationFiles
{
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    public string this[string path]
    {
        set => texts[path] = value;
    }

    byte[] IConfigurationFiles.Read(string path)
        => texts.TryGetValue(path, out var text) ? Encoding.UTF8.GetBytes(text) : throw new IOException("there is no such file");

    public GateConfiguration Read(string text, string path = "gate.config.json", bool isTemplate = false)
        => GateConfigurationReader.Read(path, Encoding.UTF8.GetBytes(text), this, isTemplate);

    public string[] Errors(string text, string path = "gate.config.json")
        => [.. FluentActions.Invoking(() => Read(text, path)).Should().Throw<ConfigurationException>().Which.Errors.Select(e => e.ToString())];
}
