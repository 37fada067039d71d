namespace PerfMarketing.Time;

/// <summary>The kinds of stretches of time that a term may count in.</summary>
public enum PeriodUnit
{
    /// <summary>
    /// A clock hour of the contract's zone; 30 minutes may be missing or doubled where clocks change by half an hour.
    /// </summary>
    Hour,

    /// <summary>
    /// A date of the contract's zone; 23 or 25 hours where clocks change, and none where a date was skipped.
    /// </summary>
    Day,

    /// <summary>An ISO 8601 week, Monday to Sunday.</summary>
    Week,

    /// <summary>The 1st to the 15th of a month, or the 16th to its end.</summary>
    HalfMonth,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>Three calendar months, from January, April, July or October.</summary>
    Quarter,

    /// <summary>A calendar year.</summary>
    Year,

    /// <summary>A range of dates that a term names, such as a campaign's flight.</summary>
    Flight,

    /// <summary>A number of dates that ends with the date of the instant asked for.</summary>
    Rolling,

    /// <summary>All of time.</summary>
    Lifetime,
}
