using System.Globalization;
using System.Xml.Linq;
using PerfMarketing.Identity;
using PerfMarketing.Measurement;
using PerfMarketing.Monetary;

namespace PerfMarketing.Tool.Pictures;

/// <summary>
/// Draws what a log costs under several campaigns, as an SVG picture: a bar for each, parted by who gets it.
/// </summary>
/// <remarks>
/// The same comparison gives the same text. Currencies have bars of their own, and a length of their own. What a party
/// pays more than it gets is no part of a bar; the cost stands beside it.
/// </remarks>
internal sealed class ComparisonPicture(CampaignComparison comparison)
{
    private const int Width = 940;
    private const int Left = 190;
    private const int Right = 700;
    private const int Top = 84;
    private const int Row = 34;
    private const int LegendRow = 24;
    private const int PartyCountMax = 6;
    private const int NameLengthMax = 24;

    private const string Title = "What the same results cost";

    // Light first, then what differs in the dark. Each color stands out from both grounds.
    private const string Style = """

        text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328; }
        .title { font-size: 18px; font-weight: 600; }
        .soft { fill: #59636e; }
        .number { text-anchor: end; }
        .ground { fill: #ffffff; }
        .c0 { fill: #2f7de1; } .c1 { fill: #e0661b; } .c2 { fill: #1f9d6b; }
        .c3 { fill: #b255c9; } .c4 { fill: #d6336c; } .c5 { fill: #b58900; }
        .rest { fill: #8b949e; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .soft { fill: #9198a1; }
          .ground { fill: #0d1117; }
        }

        """;

    /// <summary>Draws it.</summary>
    /// <returns>The text of the picture.</returns>
    public string Draw()
    {
        PartyId[] shown = Shown();
        List<XElement> parts =
        [
            Svg.Text(24, 36, "title", Title),
            Svg.Text(24, 58, "soft", "The cost under each campaign, by who gets it; and the cost of one acquisition"),
        ];
        int y = Top;
        foreach (Currency currency in Currencies())
        {
            double greatest = Math.Max(1, comparison.Campaigns.Select((_, i) => Length(i, currency)).Max());
            for (int i = 0; i < comparison.Campaigns.Count; i++)
            {
                parts.AddRange(Bar(i, currency, shown, (Right - Left) / greatest, y));
                y += Row;
            }

            y += Row / 2;
        }

        parts.AddRange(Legend(shown, y));
        int height = y + (LegendRow * ((Names(shown).Count + 2) / 3)) + 12;
        return Svg.Picture(Width, height, Title, Style, parts);
    }

    private Currency[] Currencies() =>
        [.. comparison.Campaigns.SelectMany(static c => c.Costs).Select(static c => c.Cost.Currency).Distinct()
            .OrderBy(static c => c.Code, StringComparer.Ordinal)];

    // Those who get most; by name where they get the same.
    private PartyId[] Shown() =>
        [.. comparison.Parties
            .GroupBy(static p => p.Party, static p => p.Kept.Sum(static m => (double)m.Amount))
            .OrderByDescending(static p => p.Sum()).ThenBy(static p => p.Key)
            .Take(PartyCountMax).Select(static p => p.Key).Order()];

    private List<string> Names(PartyId[] shown)
    {
        List<string> names = [.. shown.Select(static party => party.ToString()!)];
        if (comparison.Parties.Any(p => !shown.Contains(p.Party)))
        {
            names.Add("all others");
        }

        return names;
    }

    private double Length(int campaign, Currency currency) =>
        comparison.Parties.Where(p => p.Kept[campaign].Currency == currency)
            .Sum(p => Math.Max(0, (double)p.Kept[campaign].Amount));

    private IEnumerable<XElement> Bar(int campaign, Currency currency, PartyId[] shown, double scale, int y)
    {
        yield return Svg.Text(Left - 12, y + 17, "number", Cut(comparison.Campaigns[campaign].Name));
        double x = Left;
        foreach ((ComparedParty party, int place) in comparison.Parties
            .Where(p => p.Kept[campaign].Currency == currency && p.Kept[campaign].MinorUnits > 0)
            .Select(p => (p, Array.IndexOf(shown, p.Party)))
            .OrderBy(static p => p.Item2 < 0 ? int.MaxValue : p.Item2))
        {
            double width = (double)party.Kept[campaign].Amount * scale;
            yield return Svg.Box(ClassOf(place), x, y, width, Row - 10);
            x += width;
        }

        ComparedCost? cost = comparison.Campaigns[campaign].Costs.FirstOrDefault(c => c.Cost.Currency == currency);
        yield return Svg.Text(x + 10, y + 17, string.Empty, cost is null ? "-" : $"{cost.Cost}{Each(cost)}");
    }

    private static string Each(ComparedCost cost) => cost.PerAcquisition is not { } one ? string.Empty :
        string.Create(
            CultureInfo.InvariantCulture,
            $", {Math.Round(one.Rounded.Amount, 2, MidpointRounding.AwayFromZero):0.00} each");

    private IEnumerable<XElement> Legend(PartyId[] shown, int y)
    {
        List<string> names = Names(shown);
        for (int i = 0; i < names.Count; i++)
        {
            double x = Left + (i % 3 * 240);
            double at = y + (i / 3 * LegendRow);
            yield return Svg.Box(ClassOf(i < shown.Length ? i : -1), x, at, 14, 14);
            yield return Svg.Text(x + 22, at + 12, string.Empty, Cut(names[i]));
        }
    }

    private static string ClassOf(int place) => place < 0 ? "rest" : $"c{Svg.Number(place)}";

    // The end of a long path says more than its beginning.
    private static string Cut(string name) => name.Length <= NameLengthMax ? name : "…" + name[^(NameLengthMax - 1)..];
}
