using System.Globalization;
using System.Text;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Accounts;

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

    /// <summary>What was reversed: one row for each contract, partner, month and currency.</summary>
    /// <param name="report">The report; for its sums see the other overload.</param>
    public static string Write(ReversalReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Write(report.Lines);
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

    /// <summary>
    /// The accounts: one row for each, with what is owed by others as a debit and what others are owed as a credit; the
    /// two columns sum to the same in each currency.
    /// </summary>
    /// <param name="trial">The trial balance.</param>
    public static string Write(TrialBalance trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        StringBuilder text = new();
        CsvRow row = Header(text, "contract", "partner", "account", "currency", "debit", "credit");
        foreach ((Account account, Money balance) in trial.Balances)
        {
            row.Text(account.Contract.ToString()).Text(account.Partner.ToString()).Text(EnumText.Of(account.Kind))
                .Text(account.Currency.Code).Number(Money.Max(-balance, Money.Zero(balance.Currency)).Amount)
                .Number(Money.Max(balance, Money.Zero(balance.Currency)).Amount).End();
        }

        return text.ToString();
    }

    /// <summary>
    /// What became of all outcomes: one row for each stage, reason and currency of their value, then the stages of the
    /// approved ones. Each row has the count of the whole line; a line without a value has one row.
    /// </summary>
    /// <param name="funnel">The funnel.</param>
    public static string Write(Funnel funnel)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        StringBuilder text = new();
        CsvRow row = Header(text, "stage", "reason", "outcomes", "currency", "value", "earned");
        foreach (FunnelLine line in funnel.Lines)
        {
            Amounts(row, (EnumText.Of(line.Stage), line.Reason, line.Count), line.Value, []);
        }

        foreach (ApprovedLine line in funnel.Approved)
        {
            Amounts(row, ("approved: " + EnumText.Of(line.Stage), null, line.Count), line.Value, line.Earned);
        }

        return text.ToString();
    }

    private static void Amounts(
        CsvRow row,
        (string Stage, string? Reason, long Count) line,
        ValueList<Money> value,
        ValueList<Money> earned)
    {
        Currency?[] currencies = [.. value.Concat(earned).Select(static m => (Currency?)m.Currency).Distinct()
            .OrderBy(static c => c!.Value.Code, StringComparer.Ordinal)];
        foreach (Currency? currency in currencies.Length > 0 ? currencies : [null])
        {
            row.Text(line.Stage).Text(line.Reason).Integer(line.Count).Text(currency?.Code)
                .Number(In(value, currency)).Number(In(earned, currency)).End();
        }
    }

    private static decimal? In(ValueList<Money> amounts, Currency? currency) =>
        amounts.Where(m => m.Currency == currency).Select(static m => (decimal?)m.Amount).SingleOrDefault();

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
