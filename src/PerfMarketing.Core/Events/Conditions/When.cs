using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events.Conditions;

/// <summary>Conditions as they are said: <c>When.Fact(Facts.Device).Is("mobile")</c>.</summary>
public static class When
{
    /// <summary>Starts a condition about a fact.</summary>
    /// <param name="key">The fact's key.</param>
    /// <exception cref="ArgumentException">The key is <c>default</c> and names nothing.</exception>
    public static FactTest<T> Fact<T>(FactKey<T> key) => new(key);

    /// <summary>All of several conditions hold.</summary>
    /// <param name="conditions">The conditions, at least one.</param>
    public static Condition All(params ReadOnlySpan<Condition> conditions) => new AllOf(ValueList.Create(conditions));

    /// <summary>At least one of several conditions holds.</summary>
    /// <param name="conditions">The conditions, at least one.</param>
    public static Condition Any(params ReadOnlySpan<Condition> conditions) => new AnyOf(ValueList.Create(conditions));

    /// <summary>A condition is known not to hold.</summary>
    /// <param name="condition">The condition.</param>
    public static Condition Not(Condition condition) => new Not(condition);

    /// <summary>The local time lies within some hours, over midnight when they end before they start.</summary>
    /// <param name="from">The first time of day that counts.</param>
    /// <param name="to">The first time of day that no longer counts.</param>
    public static Condition LocalHours(LocalTime from, LocalTime to) => new LocalHours(from, to);

    /// <summary>The local date lies in a range.</summary>
    /// <param name="dates">The range.</param>
    public static Condition LocalDates(DateRange dates) => new LocalDates(dates);

    /// <summary>The local date is one of some days of the week.</summary>
    /// <param name="days">The days, each once.</param>
    public static Condition LocalWeekdays(params ReadOnlySpan<IsoDayOfWeek> days) =>
        new LocalWeekdays(ValueList.Create(days));
}
