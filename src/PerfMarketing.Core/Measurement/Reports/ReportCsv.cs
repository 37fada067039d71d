using System.Globalization;
using System.Text;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>
/// Writes reports as CSV, with a header; texts are made safe for spreadsheets by <see cref="CsvText"/>.
/// </summary>
public static class ReportCsv
{
    /// <summary>What each payee is owed: one row for each payee and currency.</summary>
    /// <param name="report">The report.</param>
    public static string Write(PayablesReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        CsvRow row = Header(
            text, "payee", "currency", "statements", "opening", "earned", "payable", "claimed", "carried");
        foreach (PayeeBalance balance in report.Payees)
        {
            row.Text(balance.Payee.Value).Text(balance.Earned.Currency.Code).Integer(balance.StatementCount)
                .Number(balance.Opening.Amount).Number(balance.Earned.Amount).Number(balance.Payable.Amount)
                .Number(balance.Claimed.Amount).Number(balance.Carried.Amount).End();
        }

        return text.ToString();
    }

    /// <summary>What is owed by age: one row for each payee, currency and bucket.</summary>
    /// <param name="report">The report.</param>
    public static string Write(AgingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        CsvRow row = Header(text, "payee", "currency", "days", "statements", "amount");
        foreach (AgingLine line in report.Lines)
        {
            row.Text(line.Payee.Value).Text(line.NotDue.Currency.Code).Text("not due").Integer(null)
                .Number(line.NotDue.Amount).End();
            foreach (AgingBucket bucket in line.Buckets)
            {
                row.Text(line.Payee.Value).Text(line.NotDue.Currency.Code).Text(DaysOf(bucket)).Integer(bucket.Count)
                    .Number(bucket.Amount.Amount).End();
            }
        }

        return text.ToString();
    }

    /// <summary>What was reversed: one row for each line.</summary>
    /// <param name="lines">The lines of a <see cref="ReversalReport"/>, or sums of them.</param>
    public static string Write(ValueList<ReversalLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        StringBuilder text = new();
        CsvRow row = Header(
            text, "contract", "partner", "month", "currency", "earnings", "reversed earnings", "earned", "reversed",
            "raised");
        foreach (ReversalLine line in lines)
        {
            row.Text(line.Contract.ToString()).Text(line.Partner.ToString()).Text(line.Month)
                .Text(line.Earned.Currency.Code).Integer(line.Count).Integer(line.ReversedCount)
                .Number(line.Earned.Amount).Number(line.Reversed.Amount).Number(line.Raised.Amount).End();
        }

        return text.ToString();
    }

    /// <summary>The matrix: one row for each event month, two cells for each period, with the sums.</summary>
    /// <param name="bridge">The bridge.</param>
    public static string Write(Bridge bridge)
    {
        ArgumentNullException.ThrowIfNull(bridge);
        StringBuilder text = new();
        CsvRow row = new(text);
        row.Text($"event month ({bridge.Currency.Code})");
        foreach (string period in bridge.Columns.Select(static c => c.Period).Append("total"))
        {
            row.Text($"{period} count").Text($"{period} amount");
        }

        row.End();
        foreach (BridgeRow line in bridge.Rows)
        {
            Cells(row.Text(line.Month), line.Cells.Append(line.Total));
        }

        Cells(row.Text("total"), bridge.Columns.Select(static c => c.Stated).Append(bridge.Total));
        return text.ToString();
    }

    private static void Cells(CsvRow row, IEnumerable<BridgeCell> cells)
    {
        foreach (BridgeCell cell in cells)
        {
            row.Integer(cell.Count).Number(cell.Amount.Amount);
        }

        row.End();
    }

    private static CsvRow Header(StringBuilder text, params ReadOnlySpan<string> names)
    {
        CsvRow row = new(text);
        foreach (string name in names)
        {
            row.Text(name);
        }

        return row.End();
    }

    private static string DaysOf(AgingBucket bucket) => string.Create(
        CultureInfo.InvariantCulture,
        $"{bucket.FromDays}{(bucket.ToDays is { } to ? $"-{to}" : " or more")}");
}
