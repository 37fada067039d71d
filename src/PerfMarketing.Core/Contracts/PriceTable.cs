using System.Globalization;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts;

/// <summary>What a clause pays over a range of volumes: total, marginal and effective price.</summary>
/// <remarks>
/// Computed by the pricing that pays, for one partner with the whole credit from an empty tally, before limits and
/// budgets. Payouts that a period owes without an outcome (a retainer, a guarantee) are not in it.
/// </remarks>
public sealed record PriceTable
{
    private const int PriceDecimals = 6;

    private static readonly string[] Headings = ["total", "added", "marginal price", "effective price"];

    /// <summary>The clause.</summary>
    public required ClauseId Clause { get; init; }

    /// <summary>What grows from row to row.</summary>
    public required PriceVolume Of { get; init; }

    /// <summary>The rows, by rising volume.</summary>
    public required ValueList<PriceRow> Rows { get; init; }

    /// <summary>Makes the table of a clause.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="clause">One of its clauses.</param>
    /// <param name="sample">
    /// One outcome: as it is repeated, or with the quantity and value of one unit. Its lines count only where it is
    /// repeated.
    /// </param>
    /// <param name="range">The volumes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not one, or has too many rows.</exception>
    /// <exception cref="OverflowException">An amount is more than an amount can be.</exception>
    public static PriceTable Make(Contract contract, Clause clause, in Basis sample, PriceRange range)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(clause);
        ArgumentNullException.ThrowIfNull(range);
        range.Check();
        Walk walk = new(contract, clause);
        List<PriceRow> rows = [];
        for (decimal volume = range.From; volume <= range.To; volume += range.Step)
        {
            Money total = range.Of switch
            {
                PriceVolume.Quantity => walk.Once(
                    sample with { Quantity = volume, Value = sample.Value * volume, Lines = [] }),
                PriceVolume.Value => walk.Once(sample with { Value = new(volume, contract.Currency), Lines = [] }),
                _ => walk.To(sample, volume),
            };
            rows.Add(PriceRow.After(rows.LastOrDefault(), volume, total));
        }

        return new() { Clause = clause.Id, Of = range.Of, Rows = rows.ToValueList() };
    }

    /// <summary>The table as text with columns of one width, prices with at most 6 decimals.</summary>
    public override string ToString()
    {
        string[][] cells =
        [
            [EnumText.Of(Of), .. Headings],
            .. Rows.Select(static row => new[]
            {
                row.Volume.ToString("0.############", CultureInfo.InvariantCulture),
                row.Total.ToString(),
                row.Added.ToString(),
                Short(row.MarginalPrice).ToString(),
                Short(row.EffectivePrice).ToString(),
            }),
        ];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(i => cells.Max(row => row[i].Length))];
        return string.Join('\n', cells.Select(row =>
            string.Join("  ", row.Select((cell, i) => cell.PadLeft(widths[i])))));
    }

    private static Accrual Short(Accrual price) =>
        new(decimal.Round(price.Amount, PriceDecimals, MidpointRounding.AwayFromZero), price.Currency);

    /// <summary>Prices outcome after outcome, as a period does.</summary>
    private sealed class Walk(Contract contract, Clause clause)
    {
        private readonly ClausePricing pricing = new();
        private Tally tally = Tally.Zero(contract.Currency);
        private Money total = Money.Zero(contract.Currency);
        private long count;

        public Money To(in Basis sample, decimal outcomes)
        {
            for (; count < outcomes; count++)
            {
                PricedShare share = Price(sample, tally);
                tally += share.Counted;
                total += Posted(share);
            }

            return total;
        }

        public Money Once(in Basis basis) =>
            basis.Quantity == 0 ? Money.Zero(contract.Currency) : Posted(Price(basis, Tally.Zero(contract.Currency)));

        private static Money Posted(PricedShare share) => share.Amount + share.Repriced;

        private PricedShare Price(in Basis basis, in Tally before) =>
            pricing.Price(clause, basis, [new(contract.Partners[0], 1, before)], 1)[0];
    }
}
