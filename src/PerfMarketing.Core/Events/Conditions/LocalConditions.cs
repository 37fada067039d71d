using NodaTime;
using NodaTime.Text;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events.Conditions;

/// <summary>
/// The clocks of the zone show a time within some hours: <c>from ≤ time &lt; to</c>, over midnight when <c>to</c> comes
/// first.
/// </summary>
/// <param name="From">The first time of day that counts.</param>
/// <param name="To">The first time of day that no longer counts; 00:00 is the end of the day.</param>
public sealed record LocalHours(LocalTime From, LocalTime To) : Condition
{
    internal const string TagText = "local-hours";

    internal static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    internal override string Tag => TagText;

    internal override (string Term, string Code)? Fault => From == To ? ("to", ConditionCodes.RangeEmpty)
        : !IsWholeMinute(From) ? ("from", ConditionCodes.ValueKind)
        : !IsWholeMinute(To) ? ("to", ConditionCodes.ValueKind)
        : null;

    internal string HoursText => $"{TimePattern.Format(From)}-{TimePattern.Format(To)}";

    internal override ConditionNode ToNode(ContractCalendar calendar) => new HoursNode(this, calendar);

    private protected override string Describe() => $"local time {HoursText}";

    private protected override void WriteCase(TermWriter terms)
    {
        terms.Value("from", TimePattern.Format(From));
        terms.Value("to", TimePattern.Format(To));
    }

    private static bool IsWholeMinute(LocalTime time) => time.NanosecondOfDay % NodaConstants.NanosecondsPerMinute == 0;
}

/// <summary>The date in the zone lies in a half-open range.</summary>
/// <param name="Dates">The dates.</param>
public sealed record LocalDates(DateRange Dates) : Condition
{
    internal const string TagText = "local-dates";

    internal override string Tag => TagText;

    internal override (string Term, string Code)? Fault =>
        Dates == default ? ("dates", ConditionCodes.RangeEmpty) : null;

    internal override ConditionNode ToNode(ContractCalendar calendar) => new DatesNode(this, calendar);

    private protected override string Describe() => $"local date {Dates}";

    private protected override void WriteCase(TermWriter terms) => terms.Value("dates", Dates);
}

/// <summary>The date in the zone is one of some days of the week.</summary>
/// <param name="Days">The days, each once.</param>
public sealed record LocalWeekdays(ValueList<IsoDayOfWeek> Days) : Condition
{
    internal const string TagText = "local-weekdays";

    internal override string Tag => TagText;

    internal override (string Term, string Code)? Fault => Days.Count == 0 ? ("days", ConditionCodes.Empty)
        : Days.Distinct().Count() < Days.Count || !Days.All(IsDay) ? ("days", ConditionCodes.Weekday)
        : null;

    internal override ConditionNode ToNode(ContractCalendar calendar) => new WeekdaysNode(this, calendar);

    private static bool IsDay(IsoDayOfWeek day) => day is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday;

    private protected override string Describe() => $"local day {string.Join(" ", Days.Select(EnumText.Of))}";

    private protected override void WriteCase(TermWriter terms) =>
        terms.Values("days", Days.Select(EnumText.Of).ToValueList());
}
