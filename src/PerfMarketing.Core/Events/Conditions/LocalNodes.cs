using NodaTime;
using NodaTime.Text;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events.Conditions;

/// <summary>A leaf about the local time; unknown for an instant for which calendars cut no dates.</summary>
internal abstract class LocalNode(Condition source, ContractCalendar calendar) : LeafNode(source)
{
    protected ContractCalendar Calendar => calendar;

    internal sealed override Truth Evaluate(FactSet facts, Instant at) =>
        ContractCalendar.Covers(at) ? Truths.Known(Holds(at)) : Truth.Unknown;

    protected abstract bool Holds(Instant at);

    protected sealed override Reason Open(FactSet facts) => new(ConditionCodes.InstantOutOfRange);
}

internal sealed class HoursNode(LocalHours source, ContractCalendar calendar) : LocalNode(source, calendar)
{
    private readonly long from = source.From.NanosecondOfDay;
    private readonly long to = source.To.NanosecondOfDay;

    protected override bool Holds(Instant at)
    {
        long time = TimeOf(at).NanosecondOfDay;
        return from < to ? from <= time && time < to : from <= time || time < to;
    }

    protected override Reason Because(FactSet facts, Instant at) => Reason.Of(
        ConditionCodes.OutsideHours,
        ("time", LocalTimePattern.ExtendedIso.Format(TimeOf(at))),
        ("hours", source.HoursText));

    private LocalTime TimeOf(Instant at) => at.WithOffset(Calendar.Zone.GetUtcOffset(at)).TimeOfDay;
}

internal sealed class DatesNode(LocalDates source, ContractCalendar calendar) : LocalNode(source, calendar)
{
    private readonly DateRange dates = source.Dates;

    protected override bool Holds(Instant at) => dates.Contains(Calendar.DateOf(at));

    protected override Reason Because(FactSet facts, Instant at) => Reason.Of(
        ConditionCodes.OutsideDates, ("date", LocalDatePattern.Iso.Format(Calendar.DateOf(at))), ("dates", dates));
}

internal sealed class WeekdaysNode : LocalNode
{
    private readonly LocalWeekdays source;
    private readonly int days;

    internal WeekdaysNode(LocalWeekdays source, ContractCalendar calendar)
        : base(source, calendar)
    {
        this.source = source;
        foreach (IsoDayOfWeek day in source.Days)
        {
            days |= 1 << (int)day;
        }
    }

    protected override bool Holds(Instant at) => (days & (1 << (int)Calendar.DateOf(at).DayOfWeek)) != 0;

    protected override Reason Because(FactSet facts, Instant at) => Reason.Of(
        ConditionCodes.OtherWeekday,
        ("day", EnumText.Of(Calendar.DateOf(at).DayOfWeek)),
        ("days", string.Join(" ", source.Days.Select(EnumText.Of))));
}
