using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement.Amounts;

/// <summary>Computes what a campaign earns its partners from columns of numbers: amounts only, and fast.</summary>
/// <remarks>
/// For forecasts, simulations and checks over many millions of rows. The amounts are those that
/// <see cref="CampaignRun"/>
/// posts for the same touches and outcomes, to the cent; there are no entries, no explanations and no ledger. What is
/// supported is little: the last touch within a lookback, one version of each contract, clauses without conditions,
/// proof or limits, and models whose sums follow from the sums of a month: fixed prices, percentages and graduated
/// tiers. Every other term is named by <see cref="TryCreate"/>. Immutable and thread-safe.
/// </remarks>
public sealed class AmountRun
{
    private readonly Campaign campaign;
    private readonly AmountRoute[][] routes;

    // When the first contract that names a partner is in force; and whether any is named by several.
    private readonly (long From, long To)[] named;
    private readonly bool isSplit;
    private readonly Currency currency;
    private readonly ulong lookback;

    private AmountRun(Campaign campaign, OutcomeKind kind, ValueList<PartnerId> partners, Currency currency)
    {
        this.campaign = campaign;
        this.currency = currency;
        lookback = campaign.Attribution.Lookback.Length is { } length
            ? (ulong)length.BclCompatibleTicks
            : ulong.MaxValue;
        routes = [.. partners.Select(partner => RoutesOf(campaign, kind, partner))];
        named = [.. routes.Select(static own => own.Length > 0 ? own[0].InForce : default)];
        isSplit = Array.Exists(routes, static own => own.Length > 1);
    }

    /// <summary>The run of a campaign for outcomes of one kind, when all of its terms are supported.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="kind">The kind of the outcomes; clauses for others do not count.</param>
    /// <param name="partners">Whom the numbers in the column of partners stand for, each once.</param>
    /// <param name="currency">The currency of the values, which is that of all contracts.</param>
    /// <param name="run">The run; null when a term is not supported.</param>
    /// <param name="unsupported">The terms that are not supported, each with its path; empty when all are.</param>
    /// <exception cref="ArgumentException">A partner is listed twice.</exception>
    public static bool TryCreate(
        Campaign campaign,
        OutcomeKind kind,
        ValueList<PartnerId> partners,
        Currency currency,
        [NotNullWhen(true)] out AmountRun? run,
        out ValueList<Reason> unsupported)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(partners);
        if (partners.Distinct().Count() < partners.Count)
        {
            throw new ArgumentException("Each partner is listed once.", nameof(partners));
        }

        unsupported = AmountTerms.Check(campaign, kind, currency);
        run = unsupported.Count == 0 ? new(campaign, kind, partners, currency) : null;
        return run is not null;
    }

    /// <summary>What the partners earned, by contract, partner and month.</summary>
    /// <param name="touches">The touchpoints, in any order.</param>
    /// <param name="outcomes">The outcomes, in any order.</param>
    /// <returns>
    /// One line for each clause, partner and month with outcomes: in the order of contracts, of the listed partners,
    /// and of time.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A partner's number is not in the list, or a customer's number is too great.
    /// </exception>
    /// <exception cref="OverflowException">A sum is more than an amount can be.</exception>
    public ValueList<AmountLine> Settle(in TouchColumns touches, in OutcomeColumns outcomes)
    {
        foreach (int partner in touches.Partners)
        {
            if (partner >= routes.Length)
            {
                throw new ArgumentException("A touch names a partner that is not listed.", nameof(touches));
            }
        }

        OutcomeSlots slots = new(
            outcomes,
            AmountRoute.TicksOf(Instant.Max(campaign.Start, ContractCalendar.Earliest)),
            AmountRoute.TicksOf(Instant.Min(campaign.End, ContractCalendar.Latest)));
        if (slots.All.IsEmpty)
        {
            return [];
        }

        NoteTouches(slots, touches);
        LongJourneys.Remove(slots, touches, lookback, IsEligible);
        AmountSums sums = new(routes, slots);
        for (int customer = 0; customer < slots.CustomerCount; customer++)
        {
            Add(sums, slots.Of(customer));
        }

        return sums.ToLines(currency);
    }

    // The contracts that name a partner, each with its first clause for the outcomes and the partner.
    private static AmountRoute[] RoutesOf(Campaign campaign, OutcomeKind kind, PartnerId partner)
    {
        ClauseSubject subject = new(kind, FactSet.Empty, Instant.MinValue) { Partner = partner };
        return
        [
            .. campaign.Contracts.Index().Where(c => c.Item.Names(partner))
                .Select(c => new AmountRoute(c.Index, c.Item, c.Item.FindClause(subject), partner)),
        ];
    }

    private void NoteTouches(OutcomeSlots slots, in TouchColumns touches)
    {
        ReadOnlySpan<int> customers = touches.Customers;
        ReadOnlySpan<long> ticks = touches.Ticks;
        ReadOnlySpan<int> partners = touches.Partners;
        if (!touches.Sequences.IsEmpty)
        {
            NoteSequences(slots, touches);
            return;
        }

        for (int i = 0; i < customers.Length; i++)
        {
            int partner = partners[i];
            if (partner >= 0 && ((ticks[i] >= named[partner].From && ticks[i] < named[partner].To)
                || (isSplit && IsEligible(partner, ticks[i]))))
            {
                slots.Note(customers[i], ticks[i], partner);
            }
        }
    }

    private void NoteSequences(OutcomeSlots slots, in TouchColumns touches)
    {
        var newest = new long[slots.All.Length];
        for (int i = 0; i < touches.Customers.Length; i++)
        {
            (long ticks, int partner, long sequence) = (touches.Ticks[i], touches.Partners[i], touches.Sequences[i]);
            if (!IsEligible(partner, ticks) || slots.Find(touches.Customers[i], ticks) is not (>= 0 and int place))
            {
                continue;
            }

            ref OutcomeSlots.Slot slot = ref slots.At(place);
            bool isNewest = slot.Touches == 0 || ticks > slot.TouchedAt
                || (ticks == slot.TouchedAt && sequence >= newest[place]);
            slot.Touches++;
            if (isNewest)
            {
                (slot.TouchedAt, slot.Partner, newest[place]) = (ticks, partner, sequence);
            }
        }
    }

    // Whether some contract in force names the partner of a touch.
    private bool IsEligible(int partner, long ticks)
    {
        if (partner >= 0)
        {
            foreach (AmountRoute route in routes[partner])
            {
                if (route.IsInForce(ticks))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // One customer's outcomes, oldest first: the newest touch so far has the credit while its window is open.
    private void Add(AmountSums sums, Span<OutcomeSlots.Slot> own)
    {
        (long touchedAt, int partner) = (0, -1);
        foreach (ref OutcomeSlots.Slot slot in own)
        {
            if (slot.Touches > 0)
            {
                (touchedAt, partner) = (slot.TouchedAt, slot.Partner);
            }

            if (partner >= 0 && unchecked((ulong)(slot.At - touchedAt)) < lookback && !slot.IsRefused)
            {
                sums.Add(routes[partner], partner, slot.At, slot.Value);
            }
        }
    }
}
