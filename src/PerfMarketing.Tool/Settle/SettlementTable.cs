using System.Globalization;
using PerfMarketing.Identity;
using PerfMarketing.Measurement;
using PerfMarketing.Measurement.Reports;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Settle;

/// <summary>Prints a report as a table of plain text: numbers to the right, one line for each partner.</summary>
internal static class SettlementTable
{
    private static readonly string[] Heads =
    [
        "partner", "outcomes", "qualified", "pending", "rejected",
        "credits", "gross", "adjustments", "payable", "total",
    ];

    /// <summary>Prints a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="target">Where to print.</param>
    public static void Write(SettlementReport report, TextWriter target)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(target);
        string period = report.Period is null ? string.Empty : $", {report.Period}";
        target.WriteLine($"{report.Campaign}{period}, as of {report.AsOf}");
        target.WriteLine();
        List<string[]> lines = [Heads, .. report.Partners.Select(static row => Cells(row, row.Partner.ToString()!))];
        int totalsAt = lines.Count;
        lines.AddRange(report.Totals.Select(static row => Cells(row, "total")));
        int[] widths = [.. Heads.Select((_, column) => lines.Max(line => line[column].Length))];
        for (int i = 0; i < lines.Count; i++)
        {
            if (i == 1 || i == totalsAt)
            {
                target.WriteLine(new string('-', widths.Sum() + (2 * (widths.Length - 1))));
            }

            target.WriteLine(Line(lines[i], widths));
        }

        foreach (PartnerRow row in report.Partners.Where(static row => row.Rejected.Count > 0))
        {
            string reasons = string.Join(", ", row.Rejected.Select(static reason => $"{reason.Code} {reason.Count}"));
            target.WriteLine($"{row.Partner} rejected: {reasons}");
        }

        if (report.Totals[0].Touched < report.Partners.Sum(static row => row.Touched))
        {
            target.WriteLine("An outcome counts for every partner with credit in it, and once in the total.");
        }

        foreach (ContractId contract in report.NoStatement)
        {
            target.WriteLine($"No statement of {contract} ends in {report.Period}.");
        }

        WriteFunnel(report, target);
        WriteTraffic(report, target);
        report.Unused.Print(target);
    }

    private static void WriteFunnel(SettlementReport report, TextWriter target)
    {
        if (report.Funnel is not { } funnel)
        {
            return;
        }

        string whole = report.Period is null ? string.Empty : " in the whole log";
        target.WriteLine();
        target.WriteLine($"{Invariant(funnel.Received)} outcomes received{whole}, worth {Worth(funnel.Value)}:");
        foreach (FunnelLine line in funnel.Lines)
        {
            string reason = line.Reason is null ? string.Empty : $" ({line.Reason})";
            string stage = EnumText.Of(line.Stage);
            target.WriteLine($"{Invariant(line.Count),12}  {stage}{reason}, worth {Worth(line.Value)}");
        }
    }

    // Quantities are what is counted of impressions and clicks: one outcome may stand for many.
    private static void WriteTraffic(SettlementReport report, TextWriter target)
    {
        foreach (TrafficLine line in report.Traffic.Lines)
        {
            target.WriteLine($"invalid traffic of {line.Partner} under {line.Contract}: {line.Counts}");
            foreach (CodeCount found in line.Found)
            {
                target.WriteLine($"{Invariant(found.Count),12}  {found.Code}");
            }
        }
    }

    private static string Worth(ValueList<Money> amounts) =>
        amounts.Count == 0 ? "no stated amount" : string.Join(" and ", amounts.Select(static amount => Text(amount)));

    private static string[] Cells(PartnerRow row, string name) =>
    [
        name,
        Invariant(row.Touched),
        Invariant(row.Qualified),
        Invariant(row.Pending),
        Invariant(row.RejectedCount),
        row.Outcomes.ToString("#,0.####", CultureInfo.InvariantCulture),
        .. row.Currency.IsUnset
            ? (string[])["-", "-", "-", "-"]
            : [Text(row.Gross), Text(row.Adjustments), Text(row.Payable), Text(row.Total)],
    ];

    private static string Invariant(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Text(Money amount) => amount.ToString(null, CultureInfo.InvariantCulture);

    private static string Line(string[] cells, int[] widths) => string.Join(
        "  ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])));
}
