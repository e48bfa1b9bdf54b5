using System.CommandLine;
using ModelGate.Bytes;
using ModelGate.Configuration;

namespace ModelGate.Tool;

/// <summary><c>--limit NAME=VALUE</c>: what a file may cost to read, for this run.</summary>
internal static class LimitOption
{
    private const string Name = "--limit";

    public static Option<string[]> Create() => new(Name)
    {
        Description = "Change a limit of what a file may cost to read, such as pickleOpcodes=1000000; docs/configuration.md lists them. May be given many times.",
        HelpName = "NAME=VALUE",
    };

    /// <summary>The limits with what the command line says of them.</summary>
    /// <exception cref="UsageException">A setting is not a limit with a value.</exception>
    public static ReadLimits Apply(ReadLimits limits, IEnumerable<string> settings)
    {
        try
        {
            return settings.Aggregate(limits, LimitValue.Apply);
        }
        catch (UsageException fault)
        {
            throw new UsageException(SafeText.Of($"{Name}: {SafeText.From(fault.Message)}"));
        }
    }
}
