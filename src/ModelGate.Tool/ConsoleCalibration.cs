using ModelGate.Evaluation.Calibrating;
using ModelGate.Reports;
using ModelGate.Runs;
using ModelGate.Signals.Mathematics;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary>A calibration for people.</summary>
internal static class ConsoleCalibration
{
    private const int MostSignals = 20;

    public static void Write(Calibration calibration, IAnsiConsole console)
    {
        var color = calibration.Worth switch { CalibrationWorth.Limits => Color.Green, CalibrationWorth.Guess => Color.Yellow, _ => Color.Red };
        console.Write(new Text($"{CalibrationSentence.Verdict(calibration)}\n", new Style(color, decoration: Decoration.Bold)));
        console.Write(new Text($"{CalibrationSentence.Result(calibration)}\n"));
        foreach (var sentence in CalibrationSentence.Caveats(calibration))
        {
            console.Write(new Text($"{sentence}.\n"));
        }

        if (calibration.Limits.Count > 0)
        {
            console.WriteLine();
            console.Write(Limits(calibration));
        }

        if (calibration.Separations.Count > 0)
        {
            console.WriteLine();
            console.Write(new Text("Each signal alone, at its best limit:\n", new Style(decoration: Decoration.Bold)));
            console.Write(Signals(calibration));
        }

        if (calibration.Separations.Count > MostSignals)
        {
            console.Write(new Text($"and {calibration.Separations.Count - MostSignals} more signals: --format json lists all\n", new Style(decoration: Decoration.Dim)));
        }

        foreach (var sentence in CalibrationSentence.WithoutSeparation(calibration))
        {
            console.Write(new Text($"{sentence}.\n", new Style(decoration: Decoration.Dim)));
        }

        console.Write(new Text(calibration.Limits.Count > 0 ? "\n--format config prints the limits as a gate.config.json; --report html=FILE draws every signal.\n" : "\n--report html=FILE draws every signal.\n", new Style(decoration: Decoration.Dim)));
    }

    private static Grid Limits(Calibration calibration)
    {
        var grid = Columns(4);
        grid.AddRow(Head("limit"), Head(""), Head("stops"), Head("by chance"));
        var left = calibration.Bad.ToList();
        foreach (var (index, limit) in calibration.Limits.Index())
        {
            var stopped = left.Count(f => !limit.IsKeptBy(f));
            left.RemoveAll(f => !limit.IsKeptBy(f));
            grid.AddRow(
                new Text($"{CalibrationConfiguration.RoleOf(limit.Signal.On).Key()}.{limit.Signal.Name}"),
                new Text(limit.Requirement + (limit.Signal.Unit.Length > 0 ? " " + limit.Signal.Unit : "")),
                new Text(index == 0 ? $"{stopped} bad" : $"{stopped} more"),
                new Text(limit.IsSupported ? "no" : "likely"));
        }

        return grid;
    }

    private static Grid Signals(Calibration calibration)
    {
        var grid = Columns(6);
        grid.AddRow(Head("signal"), Head("limit"), Head("good files"), Head("bad files"), Head("false alarms"), Head("misses"));
        foreach (var separation in calibration.Separations.Take(MostSignals))
        {
            grid.AddRow(
                new Text(separation.Best.Signal.Name),
                new Text(separation.Best.Requirement.ToString()),
                new Text(CalibrationSentence.Spread(separation.Good)),
                new Text(CalibrationSentence.Spread(separation.Bad)),
                new Text(Count(separation.FalseAlarms)),
                new Text(Count(separation.Misses)));
        }

        return grid;
    }

    private static Grid Columns(int count)
    {
        var grid = new Grid();
        for (var i = 0; i < count; i++)
        {
            grid.AddColumn(new GridColumn().Padding(i == 0 ? 2 : 0, 0, 2, 0).NoWrap());
        }

        return grid;
    }

    private static Text Head(string text) => new(text, new Style(decoration: Decoration.Dim));

    private static string Count(Proportion proportion) => $"{proportion.Count} of {proportion.Of}";
}
