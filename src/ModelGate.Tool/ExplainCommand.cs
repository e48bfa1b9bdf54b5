using System.CommandLine;
using ModelGate.Configuration;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary><c>modelgate explain</c>: prints the docs page of a gate, or the list of gates.</summary>
internal static class ExplainCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string?>("GATE") { Description = "A gate's id or name. Without one: the list of gates.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "Prints what a gate checks, why, and how to fix what it finds.") { name };
        command.SetAction(parsed => parsed.GetValue(name) is { } wanted ? Page(session, wanted) : List(session));
        return command;
    }

    private static int Page(Session session, string wanted)
    {
        var gate = GateCatalogue.Find(wanted) ?? throw new UsageException(SafeText.Of(
            $"there is no gate \"{wanted}\"{NearestName.Hint(wanted, [.. GateCatalogue.All.SelectMany(g => new[] { g.Id, g.Name })])}"));
        session.Show(console =>
        {
            foreach (var line in GatePage.Text(gate).TrimEnd().ReplaceLineEndings("\n").Split('\n'))
            {
                console.Write(new Text(line + "\n", line.StartsWith('#') ? new Style(decoration: Decoration.Bold) : Style.Plain));
            }
        });

        return ExitCode.Passed;
    }

    private static int List(Session session)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var gate in GateCatalogue.All)
        {
            grid.AddRow(new Text(gate.Id, new Style(decoration: Decoration.Bold)), new Text(gate.Name), new Text(gate.Summary));
        }

        session.Show(console => console.Write(grid));
        return ExitCode.Passed;
    }
}
