using System.Reflection;
using ModelGate.Gates;
using ModelGate.Reports;
using ModelGate.Runs;

namespace ModelGate.Tests.Reports;

/// <summary>A report format can only print what a report holds: so a report must hold no text from a file that was not made harmless.</summary>
public class WhatAReportHolds
{
    /// <summary>Every raw text that a report reaches, and why it is none of a file's.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["GateRef.Help"] = "made of the id",
        ["GateRef.Id"] = "stands in the gate's source",
        ["GateRef.Name"] = "stands in the gate's source",
        ["GateRef.Summary"] = "stands in the gate's source",
        ["GateRef.Title"] = "made of id and name",
        ["RunRecord.ToolVersion"] = "the version of this build",
        ["RunResult.Word"] = "one of six words",
        ["GateDescriptor.Id"] = "stands in the gate's source",
        ["GateDescriptor.Name"] = "stands in the gate's source",
        ["GateDescriptor.ClassName"] = "stands in the gate's source",
        ["GateDescriptor.Summary"] = "stands in the gate's source",
        ["GateDescriptor.Help"] = "made of the id",
        ["OptionDescriptor.Name"] = "stands in the gate's source",
        ["OptionDescriptor.Description"] = "stands in the gate's source",
        ["OptionDescriptor.Choices"] = "stands in the gate's source",
        ["Measurement.Signal"] = "stands in the signal's source",
        ["Measurement.Unit"] = "stands in the signal's source",
        ["RunConfiguration.Sha256"] = "hexadecimal",
        ["RunArtifact.Kind"] = "a reader's word for what it reads",
        ["RunArtifact.Format"] = "a reader's word for what it reads",
        ["RunArtifact.Sha256"] = "hexadecimal",
        ["Cause.Explains"] = "ids of gates",
        ["CurveExhibit.XLabel"] = "stands in the gate's source",
        ["CurveExhibit.YLabel"] = "stands in the gate's source",
        ["CurveExhibit.LimitLabel"] = "stands in the gate's source",
        ["ShadedRange.Label"] = "stands in the gate's source",
        ["CurveExhibit.ShadedLabel"] = "stands in the gate's source",
        ["AxisExtent.Label"] = "stands in the gate's source",
        ["HeatmapExhibit.ValueLabel"] = "stands in the gate's source",
        ["TableExhibit.Headings"] = "stands in the gate's source",
    };

    [Fact]
    public void No_text_of_a_file_that_was_not_made_harmless()
    {
        var raw = new SortedSet<string>(StringComparer.Ordinal);
        Walk(typeof(RunRecord), [], raw);

        raw.Should().BeSubsetOf(Exceptions.Keys, "other text has to be a SafeText");
    }

    [Fact]
    public void Every_format_here_is_registered()
        => ReportFormats.All.Select(f => f.GetType())
            .Should().BeEquivalentTo(typeof(ReportFormat).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ReportFormat)) && !t.IsAbstract));

    private static void Walk(Type type, HashSet<Type> seen, SortedSet<string> raw)
    {
        if (type.Assembly != typeof(RunRecord).Assembly || type.IsEnum || type == typeof(SafeText) || type == typeof(Gate) || !seen.Add(type))
        {
            return;
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            foreach (var part in Parts(property.PropertyType))
            {
                if (part == typeof(string))
                {
                    raw.Add($"{property.DeclaringType!.Name}.{property.Name}");
                }
                else
                {
                    Walk(part, seen, raw);
                }
            }
        }

        // An exhibit is one of several kinds, each with members of its own.
        foreach (var derived in type.Assembly.GetTypes().Where(t => t.BaseType == type))
        {
            Walk(derived, seen, raw);
        }
    }

    private static IEnumerable<Type> Parts(Type type)
        => type.HasElementType ? Parts(type.GetElementType()!)
            : typeof(Delegate).IsAssignableFrom(type) ? []
            : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
            : [type];
}
