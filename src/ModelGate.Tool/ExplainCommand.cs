using System.CommandLine;
using ModelGate.Configuration;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Catalogue;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary><c>modelgate explain</c>: prints the docs page of a gate, the definition of a signal, or the list of both.</summary>
internal static class ExplainCommand
{
    // Of fewer letters, the beginning of a word may be that of any.
    private const int FewestLetters = 3;

    public static Command Create(Session session)
    {
        var name = new Argument<string[]>("NAME") { Description = "A gate's id or name, a signal's name, or words of them. Without one: the list of gates and signals.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("explain", "Prints what a gate checks, why, and how to fix what it finds; or how a signal is defined.") { name };
        command.SetAction(parsed => parsed.GetValue(name) is { Length: > 0 } words ? Page(session, string.Join(' ', words)) : All(session));
        return command;
    }

    private static int All(Session session)
    {
        List(session, GateCatalogue.All, SignalCatalogue.All.Select(s => s.Description));
        return ExitCode.Passed;
    }

    private static int Page(Session session, string wanted)
    {
        if (GateCatalogue.Find(wanted) is { } gate)
        {
            session.Show(console => ConsoleMarkdown.Write(GatePage.Text(gate), console));
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

        var gates = GateCatalogue.All.Where(g => HasWords(g.Name, wanted)).ToArray();
        var signals = SignalCatalogue.All.Select(s => s.Description).Where(s => HasWords(s.Name, wanted)).ToArray();
        switch (gates.Length + signals.Length)
        {
            case 1:
                return Page(session, gates.Length == 1 ? gates[0].Id : signals[0].Name);
            case > 1:
                List(session, gates, signals);
                return ExitCode.Passed;
        }

        string[] names = [.. GateCatalogue.All.SelectMany(g => new[] { g.Id, g.Name }), .. SignalCatalogue.All.Select(s => s.Description.Name)];
        throw new UsageException(NearestName.Of(wanted, names) is { } nearest
            ? SafeText.Of($"there is no gate and no signal \"{wanted}\"; did you mean \"{nearest}\"?")
            : SafeText.Of($"there is no gate and no signal \"{wanted}\"; modelgate explain lists them"));
    }

    // "flatness", "final checkpoint", "kl": whole words of the name, or beginnings of them.
    private static bool HasWords(string name, string wanted)
    {
        var parts = name.Split('-');
        var words = wanted.Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && Array.TrueForAll(words, w => Array.Exists(parts, p => p.Equals(w, StringComparison.OrdinalIgnoreCase) || (w.Length >= FewestLetters && p.StartsWith(w, StringComparison.OrdinalIgnoreCase))));
    }

    private static void List(Session session, IEnumerable<GateDescriptor> found, IEnumerable<SignalInfo> measured)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var gate in found)
        {
            grid.AddRow(new Text(gate.Id, new Style(decoration: Decoration.Bold)), new Text(gate.Name), new Text(gate.Summary));
        }

        var signals = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var signal in measured)
        {
            signals.AddRow(new Text(signal.Name, new Style(decoration: Decoration.Bold)), new Text(signal.Summary));
        }

        session.Show(console =>
        {
            console.Write(grid);
            console.WriteLine();
            console.Write(signals);
        });
    }
}
