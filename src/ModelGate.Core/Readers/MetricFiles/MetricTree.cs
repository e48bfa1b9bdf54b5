using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.MetricFiles;

/// <summary>The members of a document, or the columns of a table, with the numbers that each had.</summary>
internal sealed class MetricTree(ReadBudget budget)
{
    private const int MostTold = 3;

    // A sentence as a name, such as the transcript that a word error rate is of, could be shown by no report.
    private const int LongestName = 1024;

    private int names;
    private int values;
    private int overlong;

    /// <summary>The document or table itself.</summary>
    public Node Root { get; } = new();

    /// <summary>The member of a name, new where there was none.</summary>
    /// <param name="offset">Where it is in the file; null where that is unknown.</param>
    public Node Member(Node parent, string name, long? offset)
    {
        parent.Members ??= new(StringComparer.Ordinal);
        if (!parent.Members.TryGetValue(name, out var member))
        {
            ReadBudget.Require(++names, budget.Limits.MetricNames, nameof(ReadLimits.MetricNames), "the number of names", offset);
            parent.Members.Add(name, member = new Node());
        }

        return member;
    }

    /// <summary>Adds a number.</summary>
    /// <param name="offset">Where it is in the file; null where that is unknown.</param>
    public void Add(Node node, double value, long? offset)
    {
        ReadBudget.Require(++values, budget.Limits.MetricValues, nameof(ReadLimits.MetricValues), "the number of values", offset);
        if ((values & 0xFFF) == 0)
        {
            budget.Checkpoint();
        }

        node.Values ??= [];
        node.Values.Add(value);
        node.Offset ??= offset;
    }

    /// <summary>What was gathered.</summary>
    /// <exception cref="ArtifactFault">There is not a number under a name, or a name means two members.</exception>
    public Metrics ToMetrics(string format)
    {
        var metrics = new Dictionary<string, Metric>(StringComparer.Ordinal);
        var others = new Dictionary<string, string>(StringComparer.Ordinal);
        Gather(Root, null, metrics, others);
        return metrics.Count == 0
            ? throw new ArtifactFault(FaultReason.NoMetrics, others.ContainsValue(Metrics.DecimalComma)
                ? SafeText.Of($"the file's numbers have a decimal comma: write them with a point")
                : SafeText.Of($"the file holds no number under a name"))
            : new Metrics(format, metrics, others)
            {
                Warnings =
                [
                    .. overlong == 0 ? [] : (SafeText[])[SafeText.Of($"{SafeText.Count(overlong, "name is", "names are")} longer than {LongestName} characters, and left out")],
                    .. others.Where(o => o.Value == Metrics.DecimalComma).Take(MostTold).Select(o => SafeText.Of($"the numbers of {o.Key} have a decimal comma, and are not read: write them with a point")),
                ],
            };
    }

    // Every level makes the name longer, which bounds the depth.
    private void Gather(Node node, string? path, Dictionary<string, Metric> metrics, Dictionary<string, string> others)
    {
        foreach (var (name, member) in node.Members ?? [])
        {
            var full = path is null ? name : $"{path}.{name}";
            if (full.Length > LongestName)
            {
                overlong++;
                continue;
            }

            if (member.Values is null)
            {
                others.TryAdd(full, member.Other ?? "nothing");
            }
            else if (!metrics.TryAdd(full, new Metric(member.Values)))
            {
                // {"a.b": 1} and {"a": {"b": 1}} spell the same name.
                throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"two different members are both called {full}"), member.Offset);
            }

            Gather(member, full, metrics, others);
        }
    }

    /// <summary>A member or column.</summary>
    internal sealed class Node
    {
        /// <summary>The members in it, in the order of their first appearance; null where there is none.</summary>
        public Dictionary<string, Node>? Members { get; set; }

        /// <summary>The numbers, in the order of the file; null where there is none.</summary>
        public List<double>? Values { get; set; }

        /// <summary>Where the first number is in the file; null where that is unknown.</summary>
        public long? Offset { get; set; }

        /// <summary>What it holds that is not a number.</summary>
        public string? Other { get; set; }

        /// <summary>The object of the document that had it last, by number.</summary>
        public int SeenIn { get; set; }
    }
}
