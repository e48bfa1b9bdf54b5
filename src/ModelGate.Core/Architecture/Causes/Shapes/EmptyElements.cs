using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Shapes;

/// <summary>Tensors that hold nothing: each process of DeepSpeed ZeRO-3 keeps a part of every weight, and leaves an empty tensor in its place.</summary>
[KeyCauseOrder(177)]
internal sealed class EmptyElements : KeyCause
{
    /// <summary>The cause's name.</summary>
    public const string Name = "empty-tensors";

    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var empty = at.Shapes.Where(n => EmptyTensors.Is(at.LeftShape(n)) && !EmptyTensors.Is(at.RightShape(n))).ToArray();
        if (empty.Length > 0)
        {
            yield return new Proposal(Name, SafeText.Of(
                $"{empty.Length} of {at.Left.Count} tensors are empty in the checkpoint ({empty[0]} is [{string.Join(", ", at.LeftShape(empty[0]))}]): {EmptyTensors.Advice}"))
            {
                Accounts = empty,
            };
        }
    }
}
