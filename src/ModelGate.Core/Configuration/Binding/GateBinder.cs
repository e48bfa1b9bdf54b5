using ModelGate.Configuration.Documents;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads a gate's severity and options.</summary>
internal static class GateBinder
{
    /// <summary>The gate that a member names; null where there is none, and an error says so.</summary>
    public static GateDescriptor? Find(ConfigMember member, ConfigErrors errors)
    {
        if (GateCatalogue.Configurable.FirstOrDefault(g => g.Name == member.Name) is { } gate)
        {
            return gate;
        }

        errors.AddUnknown(member, "gate", [.. GateCatalogue.Configurable.Select(g => g.Name)]);
        return null;
    }

    /// <summary>The gate with its options; null where something is wrong.</summary>
    public static ConfiguredGate? Bind(ConfigMember member, ConfigErrors errors)
    {
        var before = errors.Count;
        var rule = ConfigMerge.Spelt(member.Value);
        if (Find(member, errors) is not { } gate || !errors.IsRule(rule, member.Name))
        {
            return null;
        }

        var severity = SeverityReader.Read(rule, errors);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var option in rule.Members.Where(m => m.Name != SeverityReader.Name))
        {
            if (gate.Options.FirstOrDefault(o => o.Name == option.Name) is not { } descriptor)
            {
                errors.AddUnknown(option, $"option of {gate.Name}", [.. gate.Options.Select(o => o.Name), SeverityReader.Name]);
            }
            else if (OptionValueReader.Read(descriptor, option.Value, out var value) is { } problem)
            {
                errors.Add(option.Value.At, problem);
            }
            else
            {
                values[option.Name] = value;
            }
        }

        if (errors.Count > before)
        {
            return null;
        }

        var options = gate.Bind(new OptionValues(values));
        foreach (var problem in gate.Create().Check(options))
        {
            // An option that is left out is wrong beside what is there: the gate's own line has to say so.
            errors.Add(rule.Find(problem.Option)?.Value.At ?? member.At, problem.Message);
        }

        return new ConfiguredGate(gate, severity ?? Severity.Error, options, member.At) { IsOff = severity is null, IsPreset = member.Value.IsPreset };
    }
}
