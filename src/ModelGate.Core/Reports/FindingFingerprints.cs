using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>
/// Names findings so that a server knows one again in the next run: by model, gate, subject and kind of finding. A line that moves, a number that
/// is measured anew and a later checkpoint make no new finding, and findings of two models are never one.
/// </summary>
/// <remarks>
/// The kind is what the evidence measures, by the revision of its definition, and of which part; a finding without evidence is known by its sentence
/// without the numbers. Findings that are the same by all that are told apart by their order.
/// </remarks>
internal sealed partial class FindingFingerprints(RunRecord report)
{
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);

    /// <summary>The fingerprint of the next finding: 32 hexadecimal digits, unique in the report.</summary>
    public string Next(RunResult result, Finding finding)
    {
        var kind = result.Outcome != Outcome.Failed
            ? "inconclusive"
            : finding.Evidence.Count > 0
                ? string.Join('\n', finding.Evidence.Select(m => $"{m.Signal}\t{m.Revision ?? 1}\t{m.Role?.Key()}\t{m.Subject}"))
                : Number().Replace(finding.Message.Value, "0");
        return Of(result.Group, result.Gate.Id, ReportIdentity.Of(result).Value, kind);
    }

    /// <summary>The fingerprint of what is said of the findings that are not listed.</summary>
    public string OfRest() => Of(report.Configurations is [var one, ..] ? one.Group : SafeText.Empty, "", "", "rest");

    private string Of(SafeText group, params string[] parts)
    {
        // None of the parts holds a line feed, which therefore keeps them apart.
        var identity = string.Join('\n', [ReportIdentity.Of(report.ConfigurationOf(group)), .. parts]);
        var ordinal = seen[identity] = seen.GetValueOrDefault(identity) + 1;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{identity}\n{ordinal}")));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    [GeneratedRegex(@"NaN|-?∞|-?[0-9][0-9.,]*(?:[eE][+-]?[0-9]+)?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
