using System.CommandLine;
using System.Globalization;
using ModelGate.Configuration;

namespace ModelGate.Tool;

/// <summary><c>--date</c>: the day with which waivers are compared.</summary>
internal static class DayOption
{
    /// <summary>The option.</summary>
    public static Option<string?> Create()
        => new("--date") { Description = "The day with which waivers are compared, such as 2027-01-31. Else that of SOURCE_DATE_EPOCH, where it is set; else today, in UTC.", HelpName = "DAY" };

    /// <summary>The day.</summary>
    /// <param name="value">The value of the option.</param>
    /// <param name="variable">Gives the value of an environment variable.</param>
    /// <param name="clock">Says which day it is where nothing else does.</param>
    /// <exception cref="UsageException">The value is not a day.</exception>
    public static DateOnly Of(string? value, Func<string, string?> variable, TimeProvider clock)
        => value is not null
            ? DateOnly.TryParseExact(value, Waiver.DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
                : throw new UsageException(SafeText.Of($"--date is \"{value}\"; it has to be a day such as 2027-01-31"))
            : DateOnly.FromDateTime(RunOriginOption.Of(null, variable).Date ?? clock.GetUtcNow().UtcDateTime);
}
