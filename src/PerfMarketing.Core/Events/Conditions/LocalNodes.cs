using NodaTime;
using NodaTime.Text;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events.Conditions;

internal sealed class HoursNode(LocalHours source, ContractCalendar calendar) : LeafNode(source)
{
    private readonly long from = source.From.NanosecondOfDay;
    private readonly long to = source.To.NanosecondOfDay;

    internal override Truth Evaluate(FactSet facts, Instant at)
    {
        long time = TimeOf(at).NanosecondOfDay;
        bool holds = from < to ? from <= time && time < to : from <= time || time < to;
        return holds ? Truth.True : Truth.False;
    }

    protected override Reason Because(FactSet facts, Instant at) => Reason.Of(
        ConditionCodes.OutsideHours,
        ("time", LocalTimePattern.ExtendedIso.Format(TimeOf(at))),
        ("hours", source.HoursText));

    private LocalTime TimeOf(Instant at) => at.WithOffset(calendar.Zone.GetUtcOffset(at)).TimeOfDay;
}

internal sealed class DatesNode(LocalDates source, ContractCalendar calendar) : LeafNode(source)
{
    private readonly DateRange dates = source.Dates;

    internal override Truth Evaluate(FactSet facts, Instant at) =>
        dates.Contains(calendar.DateOf(at)) ? Truth.True : Truth.False;

    protected override Reason Because(FactSet facts, Instant at) => Reason.Of(
        ConditionCodes.OutsideDates, ("date", LocalDatePattern.Iso.Format(calendar.DateOf(at))), ("dates", dates));
}

internal sealed class WeekdaysNode : LeafNode
{
    private readonly ContractCalendar calendar;
    private readonly LocalWeekdays source;
    private readonly int days;

    internal WeekdaysNode(LocalWeekdays source, ContractCalendar calendar)
        : base(source)
    {
        this.source = source;
        this.calendar = calendar;
        foreach (IsoDayOfWeek day in source.Days)
        {
            days |= 1 << (int)day;
        }
    }

    internal override Truth Evaluate(FactSet facts, Instant at) =>
        (days & (1 << (int)calendar.DateOf(at).DayOfWeek)) != 0 ? Truth.True : Truth.False;

    protected override Reason Because(FactSet facts, Instant at) => Reason.Of(
        ConditionCodes.OtherWeekday,
        ("day", EnumText.Of(calendar.DateOf(at).DayOfWeek)),
        ("days", string.Join(" ", source.Days.Select(EnumText.Of))));
}
