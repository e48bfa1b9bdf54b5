using System.Globalization;
using System.Text;
using ModelGate.Runs;

namespace ModelGate.Signals.Catalogue;

/// <summary>Writes the page of all signals as Markdown: docs/signals.md.</summary>
internal static class SignalsPage
{
    /// <summary>The page as UTF-8 text with a final newline.</summary>
    public static byte[] Write()
    {
        var page = new StringBuilder();
        page.Append("# Signals\n\n")
            .Append("Written by `modelgate schema --format signals`. A signal is a number with a definition; gates judge signals, `require` bounds them, and `modelgate measure FILE` prints them.\n")
            .Append("The revision counts the changes of a definition: values of different revisions are not compared.\n");
        foreach (var group in SignalCatalogue.All.GroupBy(s => s.Description.On).OrderBy(g => g.Key))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## Measured on {Name(group.Key)}\n");
            foreach (var signal in group.Select(s => s.Description))
            {
                page.Append(CultureInfo.InvariantCulture, $"\n### {signal.Name}\n\n{signal.Summary}\n\n{signal.Definition}\n\n{Facts(signal)}\n");
            }
        }

        return Encoding.UTF8.GetBytes(page.ToString());
    }

    /// <summary>What a signal is measured on, for people.</summary>
    public static string Name(MeasuredOn on) => on switch
    {
        MeasuredOn.Recording => "a recording",
        MeasuredOn.Weights => "the weights of a model",
        MeasuredOn.Checkpoint => "a checkpoint",
        MeasuredOn.File => "a file",
        MeasuredOn.Series => "a series of a training log",
        MeasuredOn.Metrics => "a file of metrics",
        MeasuredOn.ModelAndArchitecture => "a model and its architecture",
        MeasuredOn.ModelAndConfiguration => "a model and its configuration",
        MeasuredOn.ModelAndStart => "a model and the pretrained one that it started from",
        MeasuredOn.ModelAndReference => "a model and one that works",
        MeasuredOn.DataSet => "a data set",
        MeasuredOn.OutputAndReference => "an output and its reference",
        MeasuredOn.ModelRun => "a model that is run",
        _ => "an export and the checkpoints of its run",
    };

    /// <summary>Unit, direction and revision in one line.</summary>
    public static string Facts(SignalInfo signal)
    {
        var unit = signal.Unit.Length == 0 ? "Unit: none" : $"Unit: {signal.Unit}";
        var better = signal.Better switch
        {
            Better.Lower => "lower is better",
            Better.Higher => "higher is better",
            _ => "neither direction is better",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{unit}; {better}; revision {signal.Revision}.");
    }
}
