namespace ModelGate.Gates;

/// <summary>A gate that judges what the other gates of the run measured.</summary>
internal interface IJudgesRun
{
    /// <summary>Whether what was given takes the place of the files that the configuration names.</summary>
    /// <param name="given">What was given beside the configuration.</param>
    bool Takes(GivenRecords given);

    /// <summary>Judges a run by what was given, which the gate takes.</summary>
    /// <param name="given">What was given beside the configuration.</param>
    /// <param name="run">The run.</param>
    /// <param name="options">An instance of the gate's own options record.</param>
    Judgement Judge(GivenRecords given, JudgedRun run, object options);
}
