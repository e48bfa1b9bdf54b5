using System.CommandLine;
using System.Text;
using ModelGate.Configuration;

namespace ModelGate.Tool;

/// <summary><c>modelgate schema</c>: the JSON Schema of the configuration, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("schema", "Prints the JSON Schema of gate.config.json.");
        command.SetAction(_ =>
        {
            session.Output.Write(Encoding.UTF8.GetString(GateConfigurationSchema.Write()));
            return ExitCode.Passed;
        });
        return command;
    }
}
