using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Campaigns.Validation;

/// <summary>When each version of each contract is in force: on its own days, less those of newer versions.</summary>
internal sealed class ForceTimes
{
    private readonly Dictionary<(ContractId Id, int Version), List<Interval>> times = [];

    public ForceTimes(ValueList<ContractDraft> contracts)
    {
        foreach (IGrouping<ContractId, ContractDraft> versions in contracts.GroupBy(static c => c.Id))
        {
            List<Interval> taken = [];
            foreach (ContractDraft contract in versions.OrderByDescending(static c => c.Version))
            {
                if (SpanOf(contract.Effective, contract) is { } own)
                {
                    times.TryAdd((contract.Id, contract.Version), Without(own, taken));
                    taken.Add(own);
                }
            }
        }
    }

    /// <summary>Whether two contracts are in force at once, each on certain days of its own.</summary>
    public bool Meet(ContractDraft left, DateRange? leftDates, ContractDraft right, DateRange? rightDates)
    {
        if (SpanOf(leftDates, left) is not { } first || SpanOf(rightDates, right) is not { } second)
        {
            return false;
        }

        Interval both = Common(first, second);
        return both.Start < both.End
            && Of(left).Any(l => Of(right).Any(r => Common(Common(l, r), both) is { } meet && meet.Start < meet.End));
    }

    private List<Interval> Of(ContractDraft contract) =>
        times.GetValueOrDefault((contract.Id, contract.Version)) ?? [];

    private static Interval Common(Interval left, Interval right) =>
        new(Instant.Max(left.Start, right.Start), Instant.Min(left.End, right.End));

    // Null when the zone is unknown, which is told elsewhere.
    private static Interval? SpanOf(DateRange? dates, ContractDraft contract)
    {
        if (!ContractZone.TryFind(contract.Zone, out DateTimeZone? zone))
        {
            return null;
        }

        ContractCalendar calendar = new(zone);
        return dates is not { } range ? new(Instant.MinValue, Instant.MaxValue)
            : new(calendar.StartOf(range.From), range.To is { } to ? calendar.StartOf(to) : Instant.MaxValue);
    }

    private static List<Interval> Without(Interval whole, List<Interval> taken)
    {
        List<Interval> left = [whole];
        foreach (Interval gone in taken)
        {
            left = [.. left.SelectMany(part => new[]
            {
                new Interval(part.Start, Instant.Min(part.End, gone.Start)),
                new Interval(Instant.Max(part.Start, gone.End), part.End),
            }).Where(static part => part.Start < part.End)];
        }

        return left;
    }

    /// <summary>A half-open stretch of time.</summary>
    private readonly record struct Interval(Instant Start, Instant End);
}
