using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
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
    /// <param name="asOf">What is decided after this instant does not count.</param>
    /// <returns>The statements by contract, partner and period; months without lines and balance have none.</returns>
    public static ValueList<Statement> Build(
        Campaign campaign, IEnumerable<LedgerEntry> entries, IEnumerable<Statement> closed, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(closed);
        asOf = Instant.Min(asOf, ContractCalendar.Latest - Duration.Epsilon);
        var frozen = closed.ToLookup(static s => (s.Contract, s.Partner));
        HashSet<EntryId> settled =
            [.. frozen.SelectMany(static g => g).SelectMany(static s => s.Lines).Select(static l => l.Id)];
        var open = entries.Where(e => !settled.Contains(e.Id) && e.DecidedAt <= asOf)
            .ToLookup(static e => (e.Contract, e.Partner));

        List<Statement> statements = [];
        foreach ((ContractId Contract, PartnerId Partner) key in frozen.Select(static g => g.Key)
            .Union(open.Select(static g => g.Key)).OrderBy(static k => k.Contract).ThenBy(static k => k.Partner))
        {
            Account account = new(campaign, key.Contract, key.Partner, frozen[key], open[key]);
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
        Campaign campaign,
        ContractId contract,
        PartnerId partner,
        IEnumerable<Statement> frozen,
        IEnumerable<LedgerEntry> open)
    {
        private readonly ContractCalendar calendar = CalendarOf(campaign, contract);
        private readonly List<Statement> statements = [.. frozen.OrderBy(static s => s.From)];
        private readonly LedgerEntry[] entries = [.. open.OrderBy(static e => e.DecidedAt)];
        private readonly PriorityQueue<Money, Instant> held = new();
        private Money released;
        private int next;

        // A month has a statement when something was decided in it, or a balance waits for its hold to end. Both are
        // known when the month ends, so that what is decided later never adds a month before.
        public List<Statement> Statements(Instant asOf)
        {
            Money paid = Begin();
            CalendarPeriod month = First();
            while (month.Start <= asOf && (next < entries.Length || held.Count > 0))
            {
                // Half-open: what leaves its hold at a month's end is payable in the next; what does as of now, now.
                Instant end = month.End <= asOf ? month.End : asOf + Duration.Epsilon;
                bool waits = held.Count > 0 && statements[^1].Closing.MinorUnits != 0;
                int begin = next;
                for (; next < entries.Length && entries[next].DecidedAt < month.End; next++)
                {
                    Hold(entries[next], end);
                }

                Release(end);
                if (next > begin || waits)
                {
                    statements.Add(Cut(month, entries.AsSpan(begin, next - begin), paid, asOf));
                    paid += statements[^1].Payable;
                }

                month = calendar.Next(month);
            }

            return statements;
        }

        // Takes in the statements that stand; what they paid in all.
        private Money Begin()
        {
            released = Money.Zero(statements.Count > 0 ? statements[0].Gross.Currency : entries[0].Amount.Currency);
            foreach (LedgerEntry entry in statements.SelectMany(static s => s.Lines))
            {
                Hold(entry, statements[^1].To);
            }

            return statements.Aggregate(Money.Zero(released.Currency), static (sum, s) => sum + s.Payable);
        }

        private CalendarPeriod First() => calendar.Containing(
            PeriodUnit.Month, statements.Count > 0 ? statements[^1].To : entries[0].DecidedAt);

        private Statement Cut(CalendarPeriod month, ReadOnlySpan<LedgerEntry> lines, Money paid, Instant asOf)
        {
            Money opening = statements.Count > 0 ? statements[^1].Closing : Money.Zero(released.Currency);
            Money gross = Money.Zero(released.Currency);
            Money adjustments = gross;
            foreach (LedgerEntry line in lines)
            {
                (gross, adjustments) = line.IsGross
                    ? (gross + line.Amount, adjustments)
                    : (gross, adjustments + line.Amount);
            }

            Money payable = released > paid ? released - paid : Money.Zero(released.Currency);
            return new()
            {
                Id = Statement.IdOf(campaign.Id, contract, partner, month.Key),
                Contract = contract,
                Partner = partner,
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
            };
        }

        private void Hold(LedgerEntry entry, Instant end)
        {
            if (entry is Earning { Instalments: { Count: > 0 } instalments })
            {
                foreach (Instalment instalment in instalments)
                {
                    Hold(instalment.Amount, instalment.PayableAt, end);
                }
            }
            else
            {
                Hold(entry.Amount, entry.PayableAt, end);
            }
        }

        private void Hold(Money amount, Instant payableAt, Instant end)
        {
            if (payableAt < end)
            {
                released += amount;
            }
            else
            {
                held.Enqueue(amount, payableAt);
            }
        }

        // What has left its hold before an instant.
        private void Release(Instant end)
        {
            while (held.TryPeek(out Money amount, out Instant payableAt) && payableAt < end)
            {
                released += amount;
                held.Dequeue();
            }
        }
    }
}
