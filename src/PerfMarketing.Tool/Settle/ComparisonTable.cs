using System.Globalization;
using System.Numerics;
using PerfMarketing.Measurement;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Settle;

/// <summary>Prints a comparison as tables of plain text: one column for each campaign.</summary>
internal sealed class ComparisonTable(ComparisonReport report, TextWriter target)
{
    /// <summary>How many differences are printed for each campaign.</summary>
    public const int DifferenceCountMax = 5;

    private readonly CampaignComparison comparison = report.Comparison;

    /// <summary>Prints everything.</summary>
    public void Write()
    {
        target.WriteLine($"One log under {Invariant(comparison.Campaigns.Count)} campaigns, as of {report.AsOf}");
        target.WriteLine(Happened());
        target.WriteLine();
        WriteTable(Rows());
        foreach (ComparedCampaign campaign in comparison.Campaigns.Skip(1))
        {
            WriteChanges(campaign);
        }

        if (report.Unused.IsAny)
        {
            target.WriteLine();
            report.Unused.Print(target);
        }
    }

    private string Happened()
    {
        ComparedResults results = comparison.Results;
        string revenue = results.Revenue.Count == 0 ? "no revenue" : "revenue " + string.Join(" and ", results.Revenue);
        return $"{Invariant(results.Clicks)} clicks, {Invariant(results.Leads)} leads, "
            + $"{Invariant(results.Acquisitions)} acquisitions, {revenue}";
    }

    private List<string[]> Rows()
    {
        List<string[]> rows = [["", .. comparison.Campaigns.Select(static c => c.Name)]];
        Currency[] currencies = [.. comparison.Campaigns.SelectMany(static c => c.Costs)
            .Select(static c => c.Cost.Currency).Distinct().OrderBy(static c => c.Code, StringComparer.Ordinal)];
        foreach (Currency currency in currencies)
        {
            string of = currencies.Length > 1 ? $" {currency}" : string.Empty;
            rows.Add(Row("cost" + of, currency, static c => c.Cost.ToString()));
            rows.Add(Row("per click, CPC" + of, currency, static c => Text(c.PerClick)));
            rows.Add(Row("per lead, CPL" + of, currency, static c => Text(c.PerLead)));
            rows.Add(Row("per acquisition, CPA" + of, currency, static c => Text(c.PerAcquisition)));
            rows.Add(Row("share of revenue" + of, currency, static c => Text(c.ShareOfRevenue)));
            if (comparison.Parties.Any(static p => p.IsIntermediary))
            {
                rows.Add(Row("kept in between" + of, currency, static c => c.Margin.ToString()));
            }
        }

        rows.Add(["approved outcomes", .. comparison.Campaigns.Select(static c =>
            Invariant(c.Funnel.CountOf(FunnelStage.Approved)))]);
        rows.Add([]);
        rows.AddRange(comparison.Parties.Select(static party =>
            (string[])[party.Party.ToString(), .. party.Kept.Select(static m => m.ToString())]));
        return rows;
    }

    private string[] Row(string name, Currency currency, Func<ComparedCost, string> text) =>
    [
        name,
        .. comparison.Campaigns.Select(c =>
            c.Costs.FirstOrDefault(x => x.Cost.Currency == currency) is { } cost ? text(cost) : "-"),
    ];

    private void WriteChanges(ComparedCampaign campaign)
    {
        target.WriteLine();
        string first = comparison.Campaigns[0].Name;
        if (campaign.Differences.Count == 0)
        {
            target.WriteLine($"{campaign.Name} pays what {first} pays.");
            return;
        }

        int place = comparison.Campaigns.ToList().IndexOf(campaign);
        target.WriteLine($"{campaign.Name} against {first}: {Invariant(campaign.Differences.Count)} differences");
        WriteParties("gains", place, 1);
        WriteParties("loses", place, -1);
        WriteTable([["outcomes", "count", "difference", "because"], .. Groups(campaign)]);
        WriteTable(
        [
            ["the greatest", first, campaign.Name, "difference", "because"],
            .. campaign.Differences.Take(DifferenceCountMax).Select(static d => (string[])
            [
                d.Outcome?.ToString() ?? $"{d.Partner} {d.Period}",
                d.Before.ToString(),
                d.After.ToString(),
                Signed(d.Delta),
                d.Reason.ToString(),
            ]),
        ]);
        if (campaign.Differences.Count > DifferenceCountMax)
        {
            target.WriteLine($"and {Invariant(campaign.Differences.Count - DifferenceCountMax)} more");
        }
    }

    // By kind and reason, the greatest sum first: what the comparison comes down to.
    private static IEnumerable<string[]> Groups(ComparedCampaign campaign) =>
        from one in campaign.Differences
        group one by (Kind: one.Kind?.Code ?? "period", one.Reason.Code, one.Delta.Currency) into same
        let sum = same.Aggregate(Money.Zero(same.Key.Currency), static (sum, d) => sum + d.Delta)
        orderby Math.Abs(sum.MinorUnits) descending, same.Key.Kind, same.Key.Code
        select (string[])[same.Key.Kind, Invariant(same.Count()), Signed(sum), same.Key.Code];

    private void WriteParties(string verb, int place, int sign)
    {
        foreach (ComparedParty party in comparison.Parties
            .Where(p => Math.Sign(p.ChangeUnder(place).MinorUnits) == sign)
            .OrderByDescending(p => sign * p.ChangeUnder(place).MinorUnits))
        {
            target.WriteLine($"  {party.Party} {verb} {Signed(party.ChangeUnder(place))}");
        }
    }

    // The first and a last column of words to the left, numbers to the right; an empty row is a line.
    private void WriteTable(List<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column =>
            rows.Max(row => column < row.Length ? row[column].Length : 0))];
        bool endsInWords = rows[0][^1] == "because";
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, i) =>
                i == 0 ? cell.PadRight(widths[i])
                : endsInWords && i == row.Length - 1 ? cell
                : cell.PadLeft(widths[i]));
            target.WriteLine(row.Length == 0
                ? new string('-', widths.Sum() + (2 * (widths.Length - 1)))
                : string.Join("  ", cells).TrimEnd());
        }
    }

    private static string Text(UnitCost? cost) => cost is { } one ? one.Rounded.ToString() : "-";

    // A percentage with two decimals, half away from zero, from the exact share.
    private static string Text(Ratio? share)
    {
        if (share is not { } part)
        {
            return "-";
        }

        BigInteger hundredths = ((2 * 10_000 * BigInteger.Abs(part.Numerator)) + part.Denominator)
            / (2 * new BigInteger(part.Denominator));
        decimal percent = Math.Sign(part.Numerator) * (decimal)hundredths / 100;
        return percent.ToString("0.00", CultureInfo.InvariantCulture) + "%";
    }

    private static string Signed(Money amount) => amount.MinorUnits > 0 ? $"+{amount}" : amount.ToString();

    private static string Invariant(decimal number) => number.ToString("#,0.####", CultureInfo.InvariantCulture);
}
