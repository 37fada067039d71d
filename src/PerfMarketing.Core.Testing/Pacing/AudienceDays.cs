using NodaTime;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Time;

namespace PerfMarketing.Testing.Pacing;

/// <summary>Learns from the days of the audience, which need not be those of the budget.</summary>
internal sealed class AudienceDays(ContractCalendar calendar)
{
    private TrafficDay? open;
    private bool isWhole;
    private Instant until = Instant.MinValue;

    internal TrafficModel Model { get; private set; } = TrafficModel.Empty;

    /// <summary>A stretch whose requests are about to come; what came before a gap is a part of a day only.</summary>
    internal void Cover(CalendarPeriod stretch)
    {
        if (open is null || stretch.Start != until)
        {
            open = new(calendar.Containing(PeriodUnit.Day, stretch.Start));
            isWhole = open.Day.Start == stretch.Start;
        }

        until = stretch.End;
    }

    internal void Add(Instant at, long cost)
    {
        Close(at);
        open!.Add(at, cost);
    }

    /// <summary>Learns from all days that are over.</summary>
    internal void Learn() => Close(until);

    private void Close(Instant at)
    {
        while (open!.Day.End <= at)
        {
            if (isWhole)
            {
                Model = Model.Learn(open, TrafficModel.ClassOf(calendar.DateOf(open.Day.Start)));
            }

            open = new(calendar.Next(open.Day));
            isWhole = true;
        }
    }
}
