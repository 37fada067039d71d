using NodaTime;

namespace PerfMarketing.Events;

/// <summary>What a text was recognised as.</summary>
internal enum FactForm : byte
{
    None,
    Amount,
    Rate,
    Instant,
    Date,
}

/// <summary>Instants and dates as exact numbers, so that every ordered fact compares the same way.</summary>
internal static class FactForms
{
    internal static decimal Ticks(Instant instant)
    {
        Duration since = instant - NodaConstants.UnixEpoch;
        return (since.Days * (decimal)NodaConstants.NanosecondsPerDay) + since.NanosecondOfDay;
    }

    internal static Instant Instant(decimal ticks) =>
        NodaConstants.UnixEpoch + Duration.FromNanoseconds((Int128)ticks);

    internal static decimal Days(LocalDate date) => Period.DaysBetween(new(1970, 1, 1), date);

    internal static LocalDate Date(decimal days) => new LocalDate(1970, 1, 1).PlusDays((int)days);
}
