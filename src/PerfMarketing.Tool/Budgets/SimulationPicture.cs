using System.Globalization;
using System.Xml.Linq;
using PerfMarketing.Primitives;
using PerfMarketing.Testing.Pacing;
using PerfMarketing.Tool.Pictures;

namespace PerfMarketing.Tool.Budgets;

/// <summary>Draws how paces spend over a day, and how the traffic comes, as an SVG picture.</summary>
/// <remarks>
/// The same report gives the same text. The picture brings its own ground, which is light or dark as the reader's
/// system is, and needs no font, script or other file.
/// </remarks>
internal sealed class SimulationPicture(SimulationReport report)
{
    private const double Left = 60;
    private const double Right = 650;
    private const double Top = 84;
    private const double Bottom = 410;
    private const double LegendLeft = 682;
    private const double LegendRow = 25;
    private const int Width = 940;
    private const int Height = 470;
    private const int ColorCount = 5;
    private const string Title = "Spending and traffic over a day";

    // Light first, then what differs in the dark. Each color stands out from both grounds.
    private const string Style = """

        text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328; }
        .title { font-size: 18px; font-weight: 600; }
        .soft { fill: #59636e; }
        .number { text-anchor: end; }
        .middle { text-anchor: middle; }
        .ground { fill: #ffffff; }
        .grid { stroke: #d8dee4; }
        .traffic { fill: #d5dbe1; }
        .pace { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
        .dashed { stroke-dasharray: 7 5; }
        .c0 { stroke: #2f7de1; } .c1 { stroke: #e0661b; } .c2 { stroke: #1f9d6b; }
        .c3 { stroke: #b255c9; } .c4 { stroke: #d6336c; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .soft { fill: #9198a1; }
          .ground { fill: #0d1117; }
          .grid { stroke: #30363d; }
          .traffic { fill: #2a313a; }
        }

        """;

    /// <summary>Draws it.</summary>
    /// <returns>The text of the picture.</returns>
    public string Draw()
    {
        ValueList<double> traffic = report.Paces.Count > 0 ? report.Paces[0].Report.TrafficBy : [];
        int days = report.Paces.Count > 0 ? report.Paces[0].Report.Days.Count : 0;
        string file = Path.GetFileName(report.Series);
        List<XElement> parts =
        [
            Svg.Text(24, 36, "title", Title),
            Svg.Text(24, 58, "soft", $"{file}, {(days == 1 ? "one day" : $"mean of {days} days")}"),
            Svg.Line("traffic", $"{PathOf(traffic)} L{Svg.Number(Right)} {Svg.Number(Bottom)} Z"),
            .. Axes(),
        ];

        // The first one on top.
        for (int i = report.Paces.Count - 1; i >= 0; i--)
        {
            parts.Add(Line(i, PathOf(report.Paces[i].Report.SpentBy)));
        }

        return Svg.Picture(Width, Height, Title, Style, [.. parts, .. Legend()]);
    }

    private static IEnumerable<XElement> Axes()
    {
        for (int percent = 0; percent <= 100; percent += 25)
        {
            double y = Bottom - (percent / 100d * (Bottom - Top));
            yield return Rule(Left, y, Right, y);
            yield return Svg.Text(Left - 10, y + 4, "soft number", $"{percent} %");
        }

        for (int hour = 0; hour <= 24; hour += 3)
        {
            double x = Left + (hour / 24d * (Right - Left));
            yield return Rule(x, Bottom, x, Bottom + 5);
            yield return Svg.Text(x, Bottom + 22, "soft middle", Svg.Number(hour));
        }

        yield return Svg.Text((Left + Right) / 2, Bottom + 44, "soft middle", "hour of the day");
    }

    private IEnumerable<XElement> Legend()
    {
        yield return Svg.Text(Width - 78, Top + 2, "soft number", "value %");
        yield return Svg.Text(Width - 24, Top + 2, "soft number", "rms %");
        yield return Svg.Box("traffic", LegendLeft, Top + LegendRow - 9, 24, 12);
        yield return Svg.Text(LegendLeft + 34, Top + LegendRow + 2, string.Empty, "traffic so far");
        for (int i = 0; i < report.Paces.Count; i++)
        {
            (string name, PacingReport pace) = report.Paces[i];
            double y = Top + (LegendRow * (i + 2));
            yield return Line(i, $"M{Svg.Number(LegendLeft)} {Svg.Number(y - 2)} h24");
            yield return Svg.Text(LegendLeft + 34, y + 2, string.Empty, name);
            yield return Svg.Text(Width - 78, y + 2, "number", Percent(pace.Value));
            yield return Svg.Text(Width - 24, y + 2, "number", Percent(pace.Rms));
        }
    }

    // Every other one is dashed: a line beneath it shows, and ten differ by color or dash.
    private static XElement Line(int index, string path)
    {
        string dash = index % 2 == 1 ? " dashed" : string.Empty;
        return Svg.Line($"pace c{index % ColorCount}{dash}", path);
    }

    private static XElement Rule(double fromX, double fromY, double toX, double toY) => Svg.Line(
        "grid", $"M{Svg.Number(fromX)} {Svg.Number(fromY)} L{Svg.Number(toX)} {Svg.Number(toY)}");

    // From the lower left corner on: what came by the end of each part of the day.
    private static string PathOf(ValueList<double> percents)
    {
        double step = (Right - Left) / Math.Max(1, percents.Count - 1);
        return string.Join(' ', percents.Select((percent, i) => string.Concat(
            i == 0 ? "M" : "L",
            Svg.Number(Left + (i * step)),
            " ",
            Svg.Number(Bottom - (percent / 100 * (Bottom - Top))))));
    }

    private static string Percent(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
