using ModelGate.Bytes;
using ModelGate.Configuration.Documents;

namespace ModelGate.Configuration.Binding;

/// <summary>Reads the member <c>limits</c>.</summary>
internal static class LimitBinder
{
    /// <summary>The limits; those that are not named keep their defaults.</summary>
    public static ReadLimits Bind(ConfigNode node, ConfigErrors errors)
    {
        var limits = ReadLimits.Default;
        foreach (var member in node.Members)
        {
            if (LimitDescriptor.Find(member.Name) is not { } limit)
            {
                errors.AddUnknown(member, "limit", [.. ReadLimits.All.Select(l => l.Name)]);
            }
            else if (errors.IsKind(member.Value, ConfigKind.Number, member.Name))
            {
                if (LimitValue.Problem(limit, member.Value.Number) is { } problem)
                {
                    errors.Add(member.Value.At, problem);
                }
                else
                {
                    limits = limit.With(limits, (long)member.Value.Number);
                }
            }
        }

        return limits;
    }
}
