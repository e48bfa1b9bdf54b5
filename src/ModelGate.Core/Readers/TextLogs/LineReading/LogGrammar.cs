using ModelGate.Bytes;
using ModelGate.Readers.Logs;

namespace ModelGate.Readers.TextLogs.LineReading;

/// <summary>What the lines of one trainer's log look like.</summary>
internal abstract class LogGrammar
{
    /// <summary>The format's name, as reports and <c>modelgate inspect</c> spell it.</summary>
    public abstract string Format { get; }

    /// <summary>Whether a line holds numbers, in a form that no other trainer writes.</summary>
    public abstract bool Claims(ReadOnlySpan<char> line);

    /// <summary>Whether a line is this trainer's and no other's, though it holds no numbers of the curve.</summary>
    public virtual bool Hints(ReadOnlySpan<char> line) => false;

    /// <summary>Begins to read a log.</summary>
    public abstract LogLines Begin(TrainingLogBuilder log, ReadBudget budget);
}

/// <summary>What a line was to a grammar.</summary>
internal enum LineMeaning
{
    /// <summary>Nothing that the grammar knows.</summary>
    Other,

    /// <summary>Something that was read.</summary>
    Read,

    /// <summary>It should have been understood, and was not.</summary>
    NotUnderstood,
}
