namespace ModelGate.Faults;

/// <summary>A name that a pickle imports.</summary>
/// <param name="Name">Module and name joined by a dot, in Python 3's spelling. Text from the file.</param>
/// <param name="Verdict">What importing it means.</param>
/// <param name="Count">How often the pickle asks for it.</param>
/// <param name="Offset">Where it first does: an offset in its pickle.</param>
internal sealed record GlobalUse(string Name, GlobalVerdict Verdict, int Count, long Offset);

/// <summary>What importing a name would mean.</summary>
internal enum GlobalVerdict
{
    /// <summary>On the list of names that only describe data.</summary>
    Allowed,

    /// <summary>On no list: it could do anything.</summary>
    Unknown,

    /// <summary>Known to run code, read files or reach the network.</summary>
    Dangerous,
}
