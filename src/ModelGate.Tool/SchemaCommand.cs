using System.CommandLine;
using System.Text;
using ModelGate.Configuration;
using ModelGate.Configuration.Schema;
using ModelGate.Signals.Catalogue;

namespace ModelGate.Tool;

/// <summary><c>modelgate schema</c>: the JSON Schema of the configuration, for editors; or pages for people.</summary>
internal static class SchemaCommand
{
    public static Command Create(Session session)
    {
        var format = new Option<string>("--format") { Description = "What to print: json, markdown or signals.", HelpName = "FORMAT", DefaultValueFactory = _ => "json" };
        var command = new Command("schema", "Prints the JSON Schema of gate.config.json.") { format };
        command.SetAction(parsed =>
        {
            session.Output.Write(Encoding.UTF8.GetString(parsed.GetValue(format) switch
            {
                "json" => GateConfigurationSchema.Write(),
                "markdown" => GateConfigurationReference.Write(),
                "signals" => SignalsPage.Write(),
                var other => throw new UsageException(SafeText.Of($"schema cannot print \"{other}\"; it prints json, markdown or signals")),
            }));
            return ExitCode.Passed;
        });
        return command;
    }
}
