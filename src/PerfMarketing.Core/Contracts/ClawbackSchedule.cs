using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>
/// Which part of what was earned a correction takes back, by how late it happens: all of it up to 30 days, half of it
/// up to 60, then nothing.
/// </summary>
/// <remarks>
/// Whole days lie between two dates of the contract's zone: a sale and its return on one date are 0 days apart. Steps
/// are half-open; after the last one nothing is taken back. What a correction leaves with the partner stays there,
/// whatever later corrections take.
/// </remarks>
/// <param name="Steps">The steps, by their ends.</param>
public sealed record ClawbackSchedule(ValueList<ClawbackStep> Steps) : ITerms
{
    /// <summary>The most steps.</summary>
    public const int StepCountMax = 24;

    /// <summary>The latest end of a step, in days.</summary>
    public const int DaysMax = 3_650;

    /// <summary>From when on days are counted. <see cref="ClawbackStart.Occurred"/> by default.</summary>
    public ClawbackStart Since { get; init; }

    /// <summary>The reasons of corrections that take back everything at any time; none by default.</summary>
    public ValueList<CorrectionReason> Exempt { get; init; } = [];

    /// <summary>The schedule with one step: a part up to a number of days, then nothing.</summary>
    /// <param name="days">The first number of days for which nothing is taken back.</param>
    /// <param name="part">The part before; 100 % when null.</param>
    public static ClawbackSchedule UpTo(int days, Percentage? part = null) =>
        new([new(days, part ?? 100.Percent)]);

    /// <summary>Reads a schedule.</summary>
    /// <param name="terms">The terms.</param>
    public static ClawbackSchedule Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.List("steps", ClawbackStep.Read, 1, StepCountMax))
        {
            Since = terms.Enum("since", ClawbackStart.Occurred),
            Exempt = terms.Values<CorrectionReason>("exempt", 0, ReversalLimit.ExemptCountMax),
        };
    }

    /// <summary>The schedule with one more step.</summary>
    /// <param name="days">The first number of days for which the step no longer counts.</param>
    /// <param name="part">The part before.</param>
    public ClawbackSchedule Then(int days, Percentage part) => this with { Steps = Steps.Add(new(days, part)) };

    /// <summary>How many whole days have passed; nothing when the correction came before.</summary>
    /// <param name="occurredAt">When the outcome occurred.</param>
    /// <param name="payableAt">From when on the earning is payable.</param>
    /// <param name="correctedAt">When the correction happened.</param>
    /// <param name="calendar">The contract's calendar.</param>
    public int DaysOf(Instant occurredAt, Instant payableAt, Instant correctedAt, ContractCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        LocalDate from = DateOf(Since == ClawbackStart.Payable ? payableAt : occurredAt, calendar);
        return Math.Max(0, Period.DaysBetween(from, DateOf(correctedAt, calendar)));
    }

    /// <summary>The part that a correction takes back after a number of days.</summary>
    /// <param name="days">The whole days, from 0 on.</param>
    /// <param name="reason">Why the outcome was corrected; null when nobody said.</param>
    public Percentage PartAfter(int days, CorrectionReason? reason = null)
    {
        if (reason is { } exempt && Exempt.Contains(exempt))
        {
            return 100.Percent;
        }

        foreach (ClawbackStep step in Steps)
        {
            if (days < step.UpTo)
            {
                return step.Part;
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("since", Since, ClawbackStart.Occurred);
        terms.List("steps", Steps);
        terms.Values("exempt", Exempt);
    }

    // Dates are cut for the years of the calendar.
    private static LocalDate DateOf(Instant at, ContractCalendar calendar) => calendar.DateOf(
        Instant.Max(ContractCalendar.Earliest, Instant.Min(at, ContractCalendar.Latest - Duration.Epsilon)));
}
