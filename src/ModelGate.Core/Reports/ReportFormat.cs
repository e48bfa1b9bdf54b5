using ModelGate.Configuration;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>Renders a finished report. It decides nothing, and prints no text from a file that is not a <see cref="SafeText"/>.</summary>
internal abstract class ReportFormat
{
    /// <summary>The format's name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it draws what gates have to show, which the evaluation must then gather.</summary>
    public virtual bool NeedsExhibits => false;

    /// <summary>Whether people read it where it is printed; where they do not, the verdict is said on standard error too.</summary>
    public virtual bool IsForPeople => false;

    /// <summary>Writes the report as UTF-8 without a byte order mark.</summary>
    public abstract void Write(RunRecord report, Stream output);

    /// <summary>Says at its place what is wrong with a configuration, where the format is one that shows places. There is no report then.</summary>
    public virtual void Refuse(IReadOnlyList<ConfigurationError> errors, Stream output)
    {
    }

    /// <summary>Writes the report to a terminal: as into a file, unless the format makes use of its width and colours.</summary>
    public virtual void Show(RunRecord report, Stream output, Terminal terminal) => Write(report, output);
}
