using System.Globalization;
using System.Text;
using System.Xml.Linq;
using PerfMarketing.Primitives;
using PerfMarketing.Testing.Pacing;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tool.Budgets;

/// <summary>Draws how paces spend over a day, and how the traffic comes, as an SVG picture.</summary>
/// <remarks>
/// The same report gives the same text. The picture brings its own ground, which is light or dark as the reader's
/// system
/// is, and needs no font, script or other file.
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

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws it.</summary>
    /// <returns>The text of the picture.</returns>
    public string Draw()
    {
        ValueList<double> traffic = report.Paces.Count > 0 ? report.Paces[0].Report.TrafficBy : [];
        int days = report.Paces.Count > 0 ? report.Paces[0].Report.Days.Count : 0;
        string file = Drawable(ToolConsole.Printable(Path.GetFileName(report.Series)));
        XElement picture = new(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {Height}"),
            new XAttribute("width", Width),
            new XAttribute("height", Height),
            new XAttribute("role", "img"),
            new XElement(Svg + "title", "Spending and traffic over a day"),
            new XElement(Svg + "style", Style),
            new XElement(
                Svg + "rect",
                new XAttribute("class", "ground"),
                new XAttribute("width", Width),
                new XAttribute("height", Height)),
            Text(24, 36, "title", "Spending and traffic over a day"),
            Text(24, 58, "soft", $"{file}, {(days == 1 ? "one day" : $"mean of {days} days")}"),
            new XElement(
                Svg + "path",
                new XAttribute("class", "traffic"),
                new XAttribute("d", $"{PathOf(traffic)} L{Number(Right)} {Number(Bottom)} Z")),
            Axes());

        // The first one on top.
        for (int i = report.Paces.Count - 1; i >= 0; i--)
        {
            picture.Add(Line(i, PathOf(report.Paces[i].Report.SpentBy)));
        }

        picture.Add(Legend());
        return new XDocument(picture).ToString().ReplaceLineEndings("\n") + "\n";
    }

    // A picture is XML, which has no half characters and not these two.
    private static string Drawable(string text) => string.Concat(text.EnumerateRunes().Select(
        static rune => (rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune).ToString()));

    private static IEnumerable<XElement> Axes()
    {
        for (int percent = 0; percent <= 100; percent += 25)
        {
            double y = Bottom - (percent / 100d * (Bottom - Top));
            yield return Rule(Left, y, Right, y);
            yield return Text(Left - 10, y + 4, "soft number", $"{percent} %");
        }

        for (int hour = 0; hour <= 24; hour += 3)
        {
            double x = Left + (hour / 24d * (Right - Left));
            yield return Rule(x, Bottom, x, Bottom + 5);
            yield return Text(x, Bottom + 22, "soft middle", Number(hour));
        }

        yield return Text((Left + Right) / 2, Bottom + 44, "soft middle", "hour of the day");
    }

    private IEnumerable<XElement> Legend()
    {
        yield return Text(Width - 78, Top + 2, "soft number", "value %");
        yield return Text(Width - 24, Top + 2, "soft number", "rms %");
        yield return new(
            Svg + "rect",
            new XAttribute("class", "traffic"),
            new XAttribute("x", Number(LegendLeft)),
            new XAttribute("y", Number(Top + LegendRow - 9)),
            new XAttribute("width", 24),
            new XAttribute("height", 12));
        yield return Text(LegendLeft + 34, Top + LegendRow + 2, string.Empty, "traffic so far");
        for (int i = 0; i < report.Paces.Count; i++)
        {
            (string name, PacingReport pace) = report.Paces[i];
            double y = Top + (LegendRow * (i + 2));
            yield return Line(i, $"M{Number(LegendLeft)} {Number(y - 2)} h24");
            yield return Text(LegendLeft + 34, y + 2, string.Empty, name);
            yield return Text(Width - 78, y + 2, "number", Percent(pace.Value));
            yield return Text(Width - 24, y + 2, "number", Percent(pace.Rms));
        }
    }

    // Every other one is dashed: a line beneath it shows, and ten differ by color or dash.
    private static XElement Line(int index, string path)
    {
        string dash = index % 2 == 1 ? " dashed" : string.Empty;
        return new(
            Svg + "path",
            new XAttribute("class", $"pace c{index % ColorCount}{dash}"),
            new XAttribute("d", path));
    }

    private static XElement Rule(double fromX, double fromY, double toX, double toY) => new(
        Svg + "path",
        new XAttribute("class", "grid"),
        new XAttribute("d", $"M{Number(fromX)} {Number(fromY)} L{Number(toX)} {Number(toY)}"));

    private static XElement Text(double x, double y, string classes, string text) => new(
        Svg + "text",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        classes.Length > 0 ? new XAttribute("class", classes) : null,
        text);

    // From the lower left corner on: what came by the end of each part of the day.
    private static string PathOf(ValueList<double> percents)
    {
        double step = (Right - Left) / Math.Max(1, percents.Count - 1);
        return string.Join(' ', percents.Select((percent, i) =>
            $"{(i == 0 ? 'M' : 'L')}{Number(Left + (i * step))} {Number(Bottom - (percent / 100 * (Bottom - Top)))}"));
    }

    private static string Percent(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
