using System.Runtime.InteropServices;
using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>Which rooms of which limits an outcome falls in. Remembers the newest period of each limit.</summary>
internal sealed class LimitRooms
{
    // Outcomes come mostly in order: the period of the one before is the period of the next.
    private readonly Dictionary<(ContractCalendar, PeriodUnit), (CalendarPeriod Period, string Key)> newest = [];

    /// <summary>The rooms of a clause's limits and then of its contract's, partner by partner.</summary>
    /// <remarks>A limit by customer has no room for an outcome without one.</remarks>
    public IEnumerable<LimitRoom> Of(
        Contract contract, Clause clause, IReadOnlyList<PartnerId> partners, CustomerId? customer, Instant at)
    {
        int own = clause.Limits.Count;
        for (int i = 0; i < own + contract.Limits.Count; i++)
        {
            Limit limit = i < own ? clause.Limits[i] : contract.Limits[i - own];
            if (limit.IsByCustomer && customer is null)
            {
                continue;
            }

            (CalendarPeriod period, string name) = PeriodOf(limit, contract.Calendar, at);
            LimitKey key = new(
                contract.Id,
                i < own ? clause.Id : default,
                limit.Id,
                default,
                limit.IsByCustomer ? customer ?? default : default,
                name);
            if (!limit.IsByPartner)
            {
                yield return new(limit, key, period);
                continue;
            }

            foreach (PartnerId partner in partners)
            {
                yield return new(limit, key with { Partner = partner }, period);
            }
        }
    }

    /// <summary>
    /// The rooms of a contract's limits of money, as what it pays a partner without an outcome takes them.
    /// </summary>
    /// <remarks>What is paid for a period is no outcome, and concerns no customer.</remarks>
    public IEnumerable<LimitRoom> Of(Contract contract, PartnerId partner, Instant at)
    {
        foreach (Limit limit in contract.Limits.Where(static l => l.Amount is not null && !l.IsByCustomer))
        {
            (CalendarPeriod period, string name) = PeriodOf(limit, contract.Calendar, at);
            PartnerId own = limit.IsByPartner ? partner : default;
            yield return new(limit, new(contract.Id, default, limit.Id, own, default, name), period);
        }
    }

    private (CalendarPeriod Period, string Key) PeriodOf(Limit limit, ContractCalendar calendar, Instant at)
    {
        ref (CalendarPeriod Period, string Key) known =
            ref CollectionsMarshal.GetValueRefOrAddDefault(newest, (calendar, limit.Per), out bool isKnown);
        if (!isKnown || !known.Period.Contains(at))
        {
            CalendarPeriod period = calendar.Containing(limit.Per, at);
            known = (period, period.Key);
        }

        return known;
    }
}

/// <summary>One room of a limit that an outcome falls in.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Key">Which of its rooms.</param>
/// <param name="Period">The period of the room.</param>
internal readonly record struct LimitRoom(Limit Limit, LimitKey Key, CalendarPeriod Period)
{
    /// <summary>
    /// The most that the room holds, in outcomes or major units; no bound when only months are counted.
    /// </summary>
    public decimal Max => Limit.Count ?? Limit.Amount?.Amount ?? decimal.MaxValue;

    /// <summary>Whether what is needed fits into what is left: what shares were rounded by is neither.</summary>
    public bool Fits(decimal need, decimal taken) => taken <= RoomFor(need) + LimitState.Tolerance;

    /// <summary>The most that others may take beside what is needed.</summary>
    public decimal RoomFor(decimal need) => Max - decimal.Max(need, LimitState.Tolerance * 2);

    /// <summary>What some parts of an outcome take of the room; below zero when they take back more.</summary>
    public decimal NeedOf(IEnumerable<LimitPart> parts)
    {
        decimal amount = 0;
        decimal weight = 0;
        long total = 1;
        foreach (LimitPart part in parts)
        {
            if (Key.Partner.IsUnset || Key.Partner == part.Partner)
            {
                amount += part.Amount;
                weight += part.Counts ? part.Weight : 0;
                total = part.Total;
            }
        }

        return Limit.Amount is not null ? amount
            : weight == 0 ? 0
            : Limit.Credit == TallyCredit.Involved || Limit.Count is null ? 1
            : decimal.Round(weight / total, 12);
    }
}

/// <summary>What one partner gets of an outcome, as limits see it.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Weight">The partner's weight in the credit.</param>
/// <param name="Total">The weight of the whole credit.</param>
/// <param name="Amount">The amount in major units.</param>
/// <param name="Counts">
/// Whether it counts as an outcome: it was not refused, left unpaid by a limit, or taken back.
/// </param>
internal readonly record struct LimitPart(PartnerId Partner, long Weight, long Total, decimal Amount, bool Counts);
