using System.CommandLine;
using ModelGate.Configuration;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals.Catalogue;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary><c>modelgate explain</c>: prints the docs page of a gate, the definition of a signal, or the list of both.</summary>
internal static class ExplainCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string?>("NAME") { Description = "A gate's id or name, or a signal's name. Without one: the list of gates and signals.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "Prints what a gate checks, why, and how to fix what it finds; or how a signal is defined.") { name };
        command.SetAction(parsed => parsed.GetValue(name) is { } wanted ? Page(session, wanted) : List(session));
        return command;
    }

    private static int Page(Session session, string wanted)
    {
        if (GateCatalogue.Find(wanted) is { } gate)
        {
            session.Show(console =>
            {
                foreach (var line in GatePage.Text(gate).TrimEnd().ReplaceLineEndings("\n").Split('\n'))
                {
                    console.Write(new Text(line + "\n", line.StartsWith('#') ? new Style(decoration: Decoration.Bold) : Style.Plain));
                }
            });
            return ExitCode.Passed;
        }

        if (SignalCatalogue.Find(wanted)?.Description is { } signal)
        {
            session.Show(console =>
            {
                console.Write(new Text(signal.Name + "\n", new Style(decoration: Decoration.Bold)));
                console.Write(new Text($"{signal.Summary}\n\n{signal.Definition}\n\nMeasured on {SignalsPage.Name(signal.On)}. {SignalsPage.Facts(signal)}\n"));
            });
            return ExitCode.Passed;
        }

        string[] names = [.. GateCatalogue.All.SelectMany(g => new[] { g.Id, g.Name }), .. SignalCatalogue.All.Select(s => s.Description.Name)];
        throw new UsageException(NearestName.Of(wanted, names) is { } nearest
            ? SafeText.Of($"there is no gate and no signal \"{wanted}\"; did you mean \"{nearest}\"?")
            : SafeText.Of($"there is no gate and no signal \"{wanted}\"; modelgate explain lists them"));
    }

    private static int List(Session session)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var gate in GateCatalogue.All)
        {
            grid.AddRow(new Text(gate.Id, new Style(decoration: Decoration.Bold)), new Text(gate.Name), new Text(gate.Summary));
        }

        var signals = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var signal in SignalCatalogue.All.Select(s => s.Description))
        {
            signals.AddRow(new Text(signal.Name, new Style(decoration: Decoration.Bold)), new Text(signal.Summary));
        }

        session.Show(console =>
        {
            console.Write(grid);
            console.WriteLine();
            console.Write(signals);
        });
        return ExitCode.Passed;
    }
}
