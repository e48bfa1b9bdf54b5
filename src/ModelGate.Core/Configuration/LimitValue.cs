using System.Globalization;
using ModelGate.Bytes;

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
    /// <exception cref="ArgumentException">It is not NAME=VALUE, the name is unknown, or the value is out of range: the message is for the user.</exception>
    public static ReadLimits Apply(ReadLimits limits, string setting)
    {
        var separator = setting.IndexOf('=', StringComparison.Ordinal);
        if (separator <= 0)
        {
            throw new ArgumentException(SafeText.Of($"it wants NAME=VALUE, such as pickleOpcodes=1000000, and not \"{setting}\"").Value);
        }

        var name = setting[..separator];
        if (LimitDescriptor.Find(name) is not { } limit)
        {
            throw new ArgumentException(SafeText.Of($"there is no limit \"{name}\"{NearestName.Hint(name, [.. ReadLimits.All.Select(l => l.Name)])}").Value);
        }

        var text = setting[(separator + 1)..];
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw new ArgumentException(SafeText.Of($"\"{name}\" is \"{text}\"; it has to be a whole number from {LimitDescriptor.Lowest} to {limit.Highest}").Value);
        }

        return Problem(limit, value) is { } problem ? throw new ArgumentException(problem.Value) : limit.With(limits, value);
    }
}
