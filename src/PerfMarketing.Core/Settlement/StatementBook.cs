using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>Cuts ledger entries into monthly statements, by when they were decided, in the contract's zone.</summary>
/// <remarks>A pure function of its arguments; statements that are given as closed are returned as they are.</remarks>
public static class StatementBook
{
    /// <summary>The statements of a campaign up to an instant.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="entries">
    /// All entries, in the order in which they were decided; those of closed statements may be among them.
    /// </param>
    /// <param name="closed">The statements that were closed before, in order of their periods.</param>
    /// <param name="asOf">What is decided at or after this instant does not count.</param>
    /// <returns>The statements by contract, partner and period; months without lines and balance have none.</returns>
    public static ValueList<Statement> Build(
        Campaign campaign, IEnumerable<LedgerEntry> entries, IEnumerable<Statement> closed, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(closed);
        var frozen = closed.ToLookup(static s => (s.Contract, s.Partner));
        HashSet<EntryId> settled =
            [.. frozen.SelectMany(static g => g).SelectMany(static s => s.Lines).Select(static l => l.Id)];
        var open = entries.Where(e => !settled.Contains(e.Id) && e.DecidedAt <= asOf)
            .ToLookup(static e => (e.Contract, e.Partner));

        List<Statement> statements = [];
        foreach ((ContractId Contract, PartnerId Partner) key in frozen.Select(static g => g.Key)
            .Union(open.Select(static g => g.Key)).OrderBy(static k => k.Contract).ThenBy(static k => k.Partner))
        {
            Account account = new(CalendarOf(campaign, key.Contract), frozen[key], open[key]);
            statements.AddRange(account.Statements(asOf));
        }

        return statements.ToValueList();
    }

    private static ContractCalendar CalendarOf(Campaign campaign, ContractId id)
    {
        foreach (Contract contract in campaign.Contracts)
        {
            if (contract.Id == id)
            {
                return contract.Calendar;
            }
        }

        return campaign.Calendar;
    }

    /// <summary>One contract and partner, month by month.</summary>
    private sealed class Account(
        ContractCalendar calendar, IEnumerable<Statement> frozen, IEnumerable<LedgerEntry> open)
    {
        private readonly List<Statement> statements = [.. frozen.OrderBy(static s => s.From)];
        private readonly List<LedgerEntry> known = [];
        private readonly LedgerEntry[] entries = [.. open.OrderBy(static e => e.DecidedAt)];

        public List<Statement> Statements(Instant asOf)
        {
            known.AddRange(statements.SelectMany(static s => s.Lines));
            known.AddRange(entries);
            int next = 0;
            CalendarPeriod month = First();
            while (month.Start <= asOf && (next < entries.Length || IsHeldAt(month.Start)))
            {
                int begin = next;
                while (next < entries.Length && entries[next].DecidedAt < month.End)
                {
                    next++;
                }

                Cut(month, entries.AsSpan(begin, next - begin), asOf);
                month = calendar.Next(month);
            }

            return statements;
        }

        private CalendarPeriod First() => statements.Count > 0
            ? calendar.Containing(PeriodUnit.Month, statements[^1].To)
            : calendar.Containing(PeriodUnit.Month, entries[0].DecidedAt);

        // Nothing more can happen once every hold has ended: what is owed back waits for the next entry.
        private bool IsHeldAt(Instant start) => known.Exists(e => e.PayableAt >= start);

        private void Cut(CalendarPeriod month, ReadOnlySpan<LedgerEntry> lines, Instant asOf)
        {
            LedgerEntry any = known[0];
            Currency currency = any.Amount.Currency;
            Money opening = statements.Count > 0 ? statements[^1].Closing : Money.Zero(currency);
            Money gross = Money.Zero(currency);
            Money adjustments = Money.Zero(currency);
            foreach (LedgerEntry line in lines)
            {
                (gross, adjustments) = line is Earning
                    ? (gross + line.Amount, adjustments)
                    : (gross, adjustments + line.Amount);
            }

            // Half-open: what is decided at the end of the month belongs to the next; what is decided as of now counts.
            Money payable = Payable(month.End <= asOf ? month.End : asOf + Duration.Epsilon, currency);
            statements.Add(new()
            {
                Id = Statement.IdOf(any.Contract, any.Partner, month.Key),
                Contract = any.Contract,
                Partner = any.Partner,
                Period = month.Key,
                From = month.Start,
                To = month.End,
                IsClosed = month.End <= asOf,
                Opening = opening,
                Lines = ValueList.Create(lines),
                Gross = gross,
                Adjustments = adjustments,
                Payable = payable,
                Closing = opening + gross + adjustments - payable,
            });
        }

        // What has left its hold by the end, less what was payable before; what is owed back waits for the next month.
        private Money Payable(Instant end, Currency currency)
        {
            Money released = Money.Zero(currency);
            foreach (LedgerEntry entry in known)
            {
                if (entry.PayableAt < end && entry.DecidedAt < end)
                {
                    released += entry.Amount;
                }
            }

            foreach (Statement statement in statements)
            {
                released -= statement.Payable;
            }

            return released.MinorUnits > 0 ? released : Money.Zero(currency);
        }
    }
}
