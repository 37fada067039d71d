using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Measurement.Reports;

/// <summary>
/// Why a report by event month and the statements differ: a matrix of the months in which outcomes occurred and the
/// periods in whose statements they stand, which adds up in count and money.
/// </summary>
/// <remarks>
/// The cells of a row sum to what occurred in its month; the cells of a column sum to what the statements of its period
/// state. One bridge holds one currency.
/// </remarks>
/// <param name="Columns">The periods of the statements, in the order of their keys.</param>
/// <param name="Rows">The event months that occur, in order.</param>
public sealed record Bridge(ValueList<BridgeColumn> Columns, ValueList<BridgeRow> Rows) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>Everything: what occurred is what was stated.</summary>
    public BridgeCell Total => Columns.Select(static c => c.Stated).Aggregate(static (sum, cell) => sum + cell);

    /// <summary>The currency.</summary>
    public Currency Currency => Columns[0].Stated.Amount.Currency;

    /// <summary>The bridges of some statements.</summary>
    /// <param name="campaign">The campaign, whose contracts say in which zone months are cut.</param>
    /// <param name="statements">The statements, in any order.</param>
    /// <returns>One bridge for each currency, by currency code.</returns>
    /// <exception cref="ArgumentException">
    /// A statement stands twice, or is of a contract that the campaign does not have.
    /// </exception>
    /// <exception cref="OverflowException">A sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public static ValueList<Bridge> Of(Campaign campaign, IEnumerable<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(statements);
        Statement[] all = [.. statements];
        if (all.DistinctBy(static s => s.Id).Count() < all.Length)
        {
            throw new ArgumentException("Each statement stands once.", nameof(statements));
        }

        EventMonths months = new(campaign);
        return all.GroupBy(static s => s.Gross.Currency)
            .OrderBy(static g => g.Key.Code, StringComparer.Ordinal)
            .Select(g => Of(months, g.Key, [.. g]))
            .ToValueList();
    }

    /// <summary>Reads a bridge; one that does not add up is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static Bridge Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        Bridge bridge = new(terms.List("columns", BridgeColumn.Read), terms.List("rows", BridgeRow.Read));
        if (!bridge.AddsUp())
        {
            terms.Fail("columns", ReportCodes.Unsound, "The cells do not sum to what the statements state.");
        }

        return bridge;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.List("columns", Columns);
        terms.List("rows", Rows);
    }

    private static Bridge Of(EventMonths months, Currency currency, ReadOnlySpan<Statement> statements)
    {
        BridgeCell none = new(0, Money.Zero(currency));
        SortedDictionary<string, BridgeCell> stated = new(StringComparer.Ordinal);
        SortedDictionary<string, Dictionary<string, BridgeCell>> rows = new(StringComparer.Ordinal);
        foreach (Statement statement in statements)
        {
            stated[statement.Period] = stated.GetValueOrDefault(statement.Period, none)
                + new BridgeCell(statement.Lines.Count, statement.Total);
            foreach (LedgerEntry line in statement.Lines)
            {
                string month = months.Of(line);
                if (!rows.TryGetValue(month, out Dictionary<string, BridgeCell>? row))
                {
                    rows.Add(month, row = new(StringComparer.Ordinal));
                }

                row[statement.Period] =
                    row.GetValueOrDefault(statement.Period, none) + new BridgeCell(1, line.Amount);
            }
        }

        return new(
            [.. stated.Select(static s => new BridgeColumn(s.Key, s.Value))],
            [
                .. rows.Select(r => new BridgeRow(
                    r.Key, [.. stated.Keys.Select(period => r.Value.GetValueOrDefault(period, none))])),
            ]);
    }

    // Of a text that anybody may have written: what could not be read of it is null.
    private bool AddsUp()
    {
        if (Columns.Any(static column => column is null))
        {
            return false;
        }

        for (int i = 0; i < Columns.Count; i++)
        {
            (Int128 Count, Int128 Units) sum = default;
            foreach (BridgeRow row in Rows)
            {
                if (row is null || row.Cells.Count != Columns.Count
                    || row.Cells[i].Amount.Currency != Columns[0].Stated.Amount.Currency)
                {
                    return false;
                }

                sum = (sum.Count + row.Cells[i].Count, sum.Units + row.Cells[i].Amount.MinorUnits);
            }

            BridgeCell stated = Columns[i].Stated;
            if (sum != (stated.Count, stated.Amount.MinorUnits)
                || stated.Amount.Currency != Columns[0].Stated.Amount.Currency)
            {
                return false;
            }
        }

        return Columns.Count > 0;
    }
}
