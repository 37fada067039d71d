using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>Cuts the entries of one contract and partner, period by period.</summary>
internal sealed class StatementCutter
{
    private readonly CampaignId campaign;
    private readonly ContractId contract;
    private readonly PartnerId partner;
    private readonly StatementPeriods periods;
    private readonly List<Statement> statements;
    private readonly LedgerEntry[] entries;
    private readonly HeldAmounts amounts;
    private readonly StatementTraffic traffic;
    private readonly PriorityQueue<Money, Instant> withheld = new();
    private readonly Instant closedThrough;
    private readonly Money nothing;
    private Money reserve;
    private int next;

    private StatementCutter(
        Campaign campaign,
        (ContractId Contract, PartnerId Partner) key,
        IEnumerable<Statement> frozen,
        LedgerEntry[] open,
        in StatementsUntil until)
    {
        this.campaign = campaign.Id;
        (contract, partner) = key;
        (traffic, closedThrough) = (until.Traffic, until.ClosedThrough);
        statements = [.. frozen.OrderBy(static s => s.From)];
        periods = new(
            campaign, contract, partner, until.Closings, statements.Count > 0 ? statements[^1].To : null);
        entries = open;
        nothing = Money.Zero(statements.Count > 0 ? statements[0].Gross.Currency
            : entries.Length > 0 ? entries[0].Amount.Currency
            : campaign.Contracts.First(c => c.Id == key.Contract).Currency);
        (amounts, reserve) = (new(nothing.Currency), nothing);
    }

    /// <summary>
    /// The statements of one contract and partner; those before the first one that is beyond the bounds, if one is.
    /// </summary>
    public static (List<Statement> Statements, StatementBeyond? Beyond) Cut(
        Campaign campaign,
        (ContractId Contract, PartnerId Partner) key,
        IEnumerable<Statement> frozen,
        LedgerEntry[] open,
        in StatementsUntil until)
    {
        StatementCutter cutter = new(campaign, key, frozen, open, until);
        string? period = cutter.TryRestore() ?? cutter.TryCut(until.AsOf);
        return (cutter.statements, period is null ? null : new(key.Contract, key.Partner, period));
    }

    // The period of the first closed statement that is beyond the bounds; null when all are fine.
    private string? TryRestore()
    {
        foreach (Statement statement in statements)
        {
            try
            {
                Restore(statement);
            }
            catch (OverflowException)
            {
                return statement.Period;
            }
        }

        return null;
    }

    // A period has a statement when something was decided in it or counted as traffic, or a balance waits for its hold
    // to end, also beside a debt of as much, or its terms settle what others carried. All are known when the period
    // ends, so that what is decided later never adds a period before.
    private string? TryCut(Instant asOf)
    {
        StatementPeriod period = statements.Count > 0
            ? periods.From(statements[^1].To)
            : periods.Containing(Instant.Min(
                entries.Length > 0 ? entries[0].DecidedAt : Instant.MaxValue, traffic.NextAt ?? Instant.MaxValue));
        while (period.Start <= asOf
            && (next < entries.Length || amounts.Waits || withheld.Count > 0 || traffic.NextAt is not null
                || periods.AnySettles(Settles, period.Start, asOf)))
        {
            bool waits = ((amounts.Waits || withheld.Count > 0)
                    && (statements[^1].Closing.MinorUnits != 0 || withheld.Count > 0 || amounts.HoldsAnything))
                || (period.End > closedThrough && Settles(period.Terms));
            try
            {
                Take(period, waits, asOf);
            }
            catch (OverflowException)
            {
                return period.Key;
            }

            period = periods.From(period.End);
        }

        return null;
    }

    // Whether terms pay or claim what was carried.
    private bool Settles(SettlementTerms terms)
    {
        Money balance = amounts.Released - reserve;
        return balance.MinorUnits > 0
            ? Reaches(balance, terms)
            : balance.MinorUnits < 0 && terms.Negative == NegativeBalance.Debt;
    }

    private static bool Reaches(Money balance, SettlementTerms terms) =>
        terms.Threshold is not { } least || balance >= least;

    private void Take(in StatementPeriod period, bool waits, Instant asOf)
    {
        int begin = next;
        Money before = amounts.Released;

        // What is payable when the period closes is paid with it; in an open one, what is payable now.
        Instant end = Instant.Min(period.End, asOf);
        for (; next < entries.Length && entries[next].DecidedAt < period.End; next++)
        {
            amounts.Add(entries[next], end);
        }

        amounts.Release(end);
        if (traffic.Reach(period.End) || next > begin || waits)
        {
            statements.Add(Cut(period, entries.AsSpan(begin, next - begin), before, asOf));
        }
    }

    // What closed statements paid and withheld stands.
    private void Restore(Statement statement)
    {
        Instant end = statements[^1].To;
        Money released = ReleaseReserve(statement.To);
        traffic.Restore(statement);
        foreach (LedgerEntry line in statement.Lines)
        {
            amounts.Add(line, end);
        }

        amounts.Pay(statement.Payable - (statement.Claimed ?? nothing));
        if (statement is { Withheld: { } part, ReserveUntil: { } until })
        {
            Withhold(part, until);
        }

        UseReserve((statement.Released ?? nothing) - released);
    }

    private Statement Cut(StatementPeriod period, ReadOnlySpan<LedgerEntry> lines, Money before, Instant asOf)
    {
        Money owed = before - reserve;
        (Money gross, Money adjustments) = SumsOf(lines);
        Money released = ReleaseReserve(Instant.Min(period.End, asOf));
        SettlementTerms terms = period.Terms;
        Money part = terms.Reserve?.WithheldOf(amounts.Released - before) ?? nothing;
        Instant until = terms.Reserve is { } rolling ? period.After(rolling.Days) : default;
        if (part.MinorUnits > 0)
        {
            Withhold(part, until);
        }

        // Nobody is asked for what is held of him already.
        bool claims = terms.Negative == NegativeBalance.Debt;
        released += claims ? UseReserve(reserve - amounts.Released) : nothing;
        Money balance = amounts.Released - reserve;
        bool isPaid = balance.MinorUnits > 0 && Reaches(balance, terms);
        Money payable = isPaid ? balance : nothing;
        Money claimed = claims && balance.MinorUnits < 0 ? -balance : nothing;
        amounts.Pay(payable - claimed);
        Money settled = owed.MinorUnits < 0 ? Money.Max(nothing, Money.Min(balance - owed, -owed)) : nothing;
        Money opening = statements.Count > 0 ? statements[^1].Closing : nothing;
        return new()
        {
            Id = Statement.IdOf(campaign, contract, partner, period.Key),
            Contract = contract,
            Partner = partner,
            Version = period.Version,
            Period = period.Key,
            From = period.Start,
            To = period.End,
            IsClosed = period.End <= asOf,
            Opening = opening,
            Lines = ValueList.Create(lines),
            Traffic = traffic.Show(lines),
            Gross = gross,
            Adjustments = adjustments,
            Payable = payable,
            DueOn = isPaid ? terms.Due?.DueOn(period.LastDay) : null,
            Exposure = terms.Exposure,
            Claimed = Some(claimed),
            Withheld = Some(part),
            ReserveUntil = part.MinorUnits > 0 ? until : null,
            Released = Some(released),
            ClawbackSettled = Some(settled),
            Held = Some(amounts.Held),
            Reserve = Some(reserve),
            Closing = opening + gross + adjustments - payable + claimed,
        };
    }

    private (Money Gross, Money Adjustments) SumsOf(ReadOnlySpan<LedgerEntry> lines)
    {
        Money gross = nothing;
        Money adjustments = nothing;
        foreach (LedgerEntry line in lines)
        {
            (gross, adjustments) = line.IsGross
                ? (gross + line.Amount, adjustments)
                : (gross, adjustments + line.Amount);
        }

        return (gross, adjustments);
    }

    private Money ReleaseReserve(Instant end)
    {
        Money released = nothing;
        while (withheld.TryPeek(out Money part, out Instant until) && until <= end)
        {
            withheld.Dequeue();
            released += part;
        }

        reserve -= released;
        return released;
    }

    private void Withhold(Money part, Instant until)
    {
        withheld.Enqueue(part, until);
        reserve += part;
    }

    // Gives back before its time what is needed, first what would be given back first.
    private Money UseReserve(Money needed)
    {
        Money used = nothing;
        while (used < needed && withheld.TryDequeue(out Money part, out Instant until))
        {
            Money taken = Money.Min(part, needed - used);
            used += taken;
            if (taken < part)
            {
                withheld.Enqueue(part - taken, until);
            }
        }

        reserve -= used;
        return used;
    }

    private static Money? Some(Money amount) => amount.MinorUnits == 0 ? null : amount;
}

/// <summary>Up to when statements are cut, and what was closed of them.</summary>
/// <param name="Traffic">What was counted of invalid traffic.</param>
/// <param name="Closings">What closed statements of the contract, in its order.</param>
/// <param name="ClosedThrough">Up to when all is closed without a record: no statement is added before.</param>
/// <param name="AsOf">The instant.</param>
internal readonly record struct StatementsUntil(
    StatementTraffic Traffic, IEnumerable<StatementsClosed> Closings, Instant ClosedThrough, Instant AsOf);
