using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement.Accounts;

/// <content>What rounding adds or takes away, as accounts of their own.</content>
public sealed partial class AccountBook
{
    private readonly Dictionary<(Holding Holding, TallyKey Tally, bool IsConverted), RoundingPool> pools = [];

    // What rounding added stands as far as the entry does that it rounded. Its account is what stands exactly, rounded:
    // so no rounding adds up, and what comes back takes what it had brought.
    private void NoteRounding(Holding holding, EarningLot lot, LedgerEntry entry)
    {
        RoundingPool pool = lot.Pool ??= PoolOf(holding, lot);
        decimal before = pool.Standing;
        lot.Net += entry.Amount.MinorUnits;
        if (!ReferenceEquals(pool, lot))
        {
            pool.Net += entry.Amount.MinorUnits;
        }

        if (entry is Amendment { Restated: var restated } && lot.Priced is { } priced)
        {
            pool.Gross += restated.Amount.MinorUnits - priced.Amount.MinorUnits;
            pool.Rounding += RoundingOf(restated) - RoundingOf(priced);
            lot.Priced = restated;
        }
        else if (entry.IsGross)
        {
            pool.Gross += entry.Amount.MinorUnits;
            pool.Rounding = LeftOf(lot, entry) is { } worth ? pool.Gross - worth : pool.Rounding + RoundingOf(entry);
        }
        else if (pool.Gross == 0)
        {
            // Of what was posted as nothing a correction leaves nothing.
            pool.Rounding = 0;
        }

        Post(holding, pool.Standing - before, IsConverted(lot));
    }

    private void Post(Holding holding, decimal change, bool isConverted)
    {
        if (change == 0)
        {
            return;
        }

        AccountKind kind = isConverted ? AccountKind.FxDelta : AccountKind.RoundingDelta;
        decimal stands = (isConverted ? holding.RoundedConverted : holding.Rounded) + change;
        (holding.Rounded, holding.RoundedConverted) =
            isConverted ? (holding.Rounded, stands) : (stands, holding.RoundedConverted);
        long due = -(long)decimal.Round(stands, 0, MidpointRounding.AwayFromZero);
        if (due != holding[kind])
        {
            moves.Move(AccountKind.AdvertiserDue, kind, due - holding[kind]);
        }
    }

    // Earnings that are differences of a rounded running sum are rounded together.
    private RoundingPool PoolOf(Holding holding, EarningLot lot)
    {
        if (lot.Origin is not Earning earning
            || campaign.FindContract(earning.Contract, earning.Version)?.FindClause(earning.Clause)
                is not { IsCumulative: true })
        {
            return lot;
        }

        (Holding, TallyKey, bool) key = (holding, earning.TallyKey, IsConverted(lot));
        if (!pools.TryGetValue(key, out RoundingPool? pool))
        {
            pools.Add(key, pool = new());
        }

        return pool;
    }

    private static bool IsConverted(EarningLot lot) => lot.Origin is Earning { Rates.Count: > 0 };

    // In minor units, exact.
    private static decimal RoundingOf(LedgerEntry entry) => entry switch
    {
        Earning earning => MinorOf(earning.Rounding, entry.Amount.Currency),
        Repricing { Lines: var lines } => MinorOf(PostedLines.RoundingIn(lines), entry.Amount.Currency),
        PeriodEarning { Lines: var lines } => MinorOf(PostedLines.RoundingIn(lines), entry.Amount.Currency),
        _ => 0,
    };

    // What a period is worth exactly, once its price has fallen below what limits and budgets let pass: that is rounded
    // once, whatever was before. Null for all else.
    private static decimal? LeftOf(EarningLot lot, LedgerEntry entry) =>
        entry is Repricing { Correction: null, Amount.MinorUnits: < 0, Lines: var lines }
            && lines.Any(static l => l.Code == PayoutLineNames.Unpaid) && lot.Priced is { } earning
            ? MinorOf((earning.Before + earning.Counted).Accrued.Amount, entry.Amount.Currency)
            : null;

    private static decimal MinorOf(decimal amount, Currency currency)
    {
        for (int i = 0; i < currency.MinorDigits; i++)
        {
            amount *= 10;
        }

        return amount;
    }
}
