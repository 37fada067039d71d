using PerfMarketing.Attribution;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tool.Settle;

/// <summary>Counts outcomes and sums statements for each partner.</summary>
internal sealed class PartnerTally
{
    private readonly Counts all = new();
    private readonly SortedDictionary<PartnerId, Counts> counts = [];
    private readonly SortedDictionary<(PartnerId Partner, string Currency), PartnerRow> amounts = [];

    /// <summary>Counts an outcome for every partner that has credit in it; tests are not counted.</summary>
    /// <param name="known">The outcome as it stands.</param>
    /// <param name="month">The month that is counted; null means all.</param>
    public void Count(OutcomeState known, ShownMonth? month)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (known is not { Outcome.IsTest: false, Decision: { Attribution: { IsCredited: true } found } decided })
        {
            return;
        }

        ValueList<Credit> credits = found.Credits;
        Span<long> weights = credits.Count <= 16 ? stackalloc long[credits.Count] : new long[credits.Count];
        Span<decimal> parts = new decimal[credits.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = credits[i].Weight;
        }

        bool isShown = false;
        Allocation.Split(1m, weights, parts);
        for (int i = 0; i < parts.Length; i++)
        {
            if (month is null || month.Shows(credits[i].Partner, decided.DecidedAt))
            {
                CountsOf(credits[i].Partner).Add(parts[i], decided.Qualification);
                isShown = true;
            }
        }

        if (isShown)
        {
            all.Add(1, decided.Qualification);
        }
    }

    /// <summary>Adds a statement's amounts.</summary>
    /// <param name="statement">The statement.</param>
    public void Add(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        Currency currency = statement.Gross.Currency;
        CountsOf(statement.Partner);
        Money zero = Money.Zero(currency);
        (PartnerId, string) key = (statement.Partner, currency.Code);
        PartnerRow row = amounts.GetValueOrDefault(key)
            ?? new() { Currency = currency, Gross = zero, Adjustments = zero, Payable = zero };
        amounts[key] = Summed($"'{statement.Partner}'", currency, () => row with
        {
            Gross = row.Gross + statement.Gross,
            Adjustments = row.Adjustments + statement.Adjustments,
            Payable = row.Payable + statement.Payable,
        });
    }

    /// <summary>A row for each partner, in the order of their ids; a partner paid in two currencies has two.</summary>
    /// <param name="currency">The currency of partners that nothing was stated for.</param>
    public ValueList<PartnerRow> Rows(Currency currency)
    {
        List<PartnerRow> rows = [];
        foreach ((PartnerId partner, Counts counted) in counts)
        {
            Money zero = currency.IsUnset ? default : Money.Zero(currency);
            PartnerRow[] stated = [.. amounts.Where(a => a.Key.Partner == partner).Select(static a => a.Value)];
            PartnerRow first = stated.Length > 0
                ? stated[0]
                : new() { Currency = currency, Gross = zero, Adjustments = zero, Payable = zero };
            rows.Add(counted.AddTo(first with { Partner = partner }));
            rows.AddRange(stated.Skip(1).Select(row => row with { Partner = partner }));
        }

        return rows.ToValueList();
    }

    /// <summary>All partners together: outcomes counted once each, amounts summed for each currency.</summary>
    /// <param name="rows">The partners' rows.</param>
    public ValueList<PartnerRow> Totals(ValueList<PartnerRow> rows)
    {
        PartnerRow[] sums =
        [
            .. rows.Where(static row => !row.Currency.IsUnset).GroupBy(static row => row.Currency)
                .Select(static group => Summed("all partners", group.Key, () => group.Aggregate(
                    static (sum, row) => sum with
                    {
                        Gross = sum.Gross + row.Gross,
                        Adjustments = sum.Adjustments + row.Adjustments,
                        Payable = sum.Payable + row.Payable,
                    }))).Select(static sum => new PartnerRow
                {
                    Currency = sum.Currency,
                    Gross = sum.Gross,
                    Adjustments = sum.Adjustments,
                    Payable = sum.Payable,
                }),
        ];
        PartnerRow first = all.AddTo(sums.Length > 0 ? sums[0] : new());
        return [first, .. sums.Skip(1)];
    }

    private static PartnerRow Summed(string whose, Currency currency, Func<PartnerRow> sum)
    {
        try
        {
            return sum();
        }
        catch (OverflowException problem)
        {
            throw new OverflowException(
                $"The statements of {whose} are, summed in {currency}, more than an amount can be.", problem);
        }
    }

    private Counts CountsOf(PartnerId partner)
    {
        if (!counts.TryGetValue(partner, out Counts? found))
        {
            counts.Add(partner, found = new());
        }

        return found;
    }

    private sealed class Counts
    {
        private readonly SortedDictionary<string, long> rejected = new(StringComparer.Ordinal);
        private decimal outcomes;
        private long touched;
        private long qualified;
        private long pending;

        public void Add(decimal share, Qualification qualification)
        {
            touched++;
            switch (qualification)
            {
                case Qualification.Qualified:
                    outcomes += share;
                    qualified++;
                    break;
                case Qualification.Rejected { Reasons: var reasons }:
                    string code = reasons.Count > 0 ? reasons[0].Code : string.Empty;
                    rejected[code] = rejected.GetValueOrDefault(code) + 1;
                    break;
                default:
                    pending++;
                    break;
            }
        }

        public PartnerRow AddTo(PartnerRow row) => row with
        {
            Outcomes = outcomes,
            Touched = touched,
            Qualified = qualified,
            Pending = pending,
            Rejected = [.. rejected.Select(static r => new ReasonCount(r.Key, r.Value))],
        };
    }
}
