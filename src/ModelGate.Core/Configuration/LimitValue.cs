using System.Globalization;
using ModelGate.Bytes;
using ModelGate.Runs;

namespace ModelGate.Configuration;

/// <summary>Checks the value that a user gives to a limit.</summary>
internal static class LimitValue
{
    /// <summary>What is wrong with a value; null where nothing is.</summary>
    public static SafeText? Problem(LimitDescriptor limit, double value)
    {
        return value >= LimitDescriptor.Lowest && value <= limit.Highest && value == Math.Floor(value)
            ? null
            : SafeText.Of($"\"{limit.Name}\" is {value}; it has to be a whole number from {LimitDescriptor.Lowest} to {limit.Highest}");
    }

    /// <summary>Limits with one of them changed as the command line says it: <c>pickleOpcodes=1000000</c>.</summary>
    /// <exception cref="UsageException">It is not NAME=VALUE, the name is unknown, or the value is out of range.</exception>
    public static ReadLimits Apply(ReadLimits limits, string setting)
    {
        var separator = setting.IndexOf('=', StringComparison.Ordinal);
        if (separator <= 0)
        {
            throw new UsageException(SafeText.Of($"it wants NAME=VALUE, such as pickleOpcodes=1000000, and not \"{setting}\""));
        }

        var name = setting[..separator];
        if (LimitDescriptor.Find(name) is not { } limit)
        {
            throw new UsageException(SafeText.Of($"there is no limit \"{name}\"{NearestName.Hint(name, [.. ReadLimits.All.Select(l => l.Name)])}"));
        }

        var text = setting[(separator + 1)..];
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw new UsageException(SafeText.Of($"\"{name}\" is \"{text}\"; it has to be a whole number from {LimitDescriptor.Lowest} to {limit.Highest}"));
        }

        return Problem(limit, value) is { } problem ? throw new UsageException(problem) : limit.With(limits, value);
    }
}
