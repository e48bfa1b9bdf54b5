using System.CommandLine;
using System.Text;
using ModelGate.Configuration;

namespace ModelGate.Tool;

/// <summary><c>modelgate schema</c>: the JSON Schema of the configuration, for editors; or the same as a page for people.</summary>
internal static class SchemaCommand
{
    public static Command Create(Session session)
    {
        var format = new Option<string>("--format") { Description = "What to print: json or markdown.", HelpName = "FORMAT", DefaultValueFactory = _ => "json" };
        var command = new Command("schema", "Prints the JSON Schema of gate.config.json.") { format };
        command.SetAction(parsed =>
        {
            session.Output.Write(Encoding.UTF8.GetString(parsed.GetValue(format) switch
            {
                "json" => GateConfigurationSchema.Write(),
                "markdown" => GateConfigurationReference.Write(),
                var other => throw new UsageException(SafeText.Of($"schema cannot print \"{other}\"; it prints json or markdown")),
            }));
            return ExitCode.Passed;
        });
        return command;
    }
}
