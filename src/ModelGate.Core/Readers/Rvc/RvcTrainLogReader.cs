using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Readers.Logs;
using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.Rvc;

/// <summary>Reads RVC's train.log, or what its console shows: the curves, the run's configuration, the saved checkpoints.</summary>
/// <remarks>
/// It keys on the two lines that no release translates, <c>[step, learning rate]</c> and <c>loss_disc=…</c>. A line that looks like a
/// whole log line is taken for one, whoever wrote it: a log is as trustworthy as the folder that it lies in.
/// </remarks>
[Reader(ReaderAttribute.ByStructure + 20)]
internal sealed class RvcTrainLogReader : ArtifactReader
{
    // Other trainers begin with the same lines, and show who they are within their first epochs.
    private const int MostLinesToName = 5000;

    /// <inheritdoc/>
    public override string Format => "rvc-log";

    /// <inheritdoc/>
    public override bool IsLog => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        var encoding = TextLines.EncodingOf(head, out var mark);
        var text = encoding.GetString(head[mark..]).Replace("\0", "", StringComparison.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var message = RvcLogLine.MessageOf(line);
            if (message.StartsWith("{'", StringComparison.Ordinal)
                || message.StartsWith("Train Epoch: ", StringComparison.Ordinal)
                || message.StartsWith("loss_disc=", StringComparison.Ordinal)
                || RvcLogLine.TryReadStep(message, out _, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var lines = new TextLines(source, budget);
        var log = new RvcLogContent(budget);
        string? foreign = null;
        var left = MostLinesToName;
        foreach (var line in lines.Read())
        {
            log.Add(line);
            if (log.LossLines == 0 && foreign is null && left-- > 0)
            {
                foreign = ForeignTexts.LogOf(line);
            }
        }

        if (log.LossLines == 0)
        {
            throw foreign is not null ? ForeignTexts.NotRead(foreign) : new ArtifactFault(FaultReason.NoLosses, SafeText.Of($"the log holds no loss"));
        }

        return log.Build(Format, LineWarnings.Of(lines));
    }
}
