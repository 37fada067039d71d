using System.Globalization;
using System.Text;
using System.Xml.Linq;
using PerfMarketing.Tool.Commands;

namespace PerfMarketing.Tool.Pictures;

/// <summary>The parts that SVG pictures are made of.</summary>
/// <remarks>A picture brings its own ground, and needs no font, script or other file.</remarks>
internal static class Svg
{
    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    /// <summary>A picture with a title, which is its text.</summary>
    /// <param name="width">How wide it is.</param>
    /// <param name="height">How high it is.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="style">Its style sheet.</param>
    /// <param name="parts">Its parts, the lowest first.</param>
    public static string Picture(int width, int height, string title, string style, IEnumerable<XElement> parts)
    {
        XElement picture = new(
            Space + "svg",
            new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("role", "img"),
            new XElement(Space + "title", Drawable(title)),
            new XElement(Space + "style", style),
            new XElement(
                Space + "rect",
                new XAttribute("class", "ground"),
                new XAttribute("width", width),
                new XAttribute("height", height)),
            parts);
        return new XDocument(picture).ToString().ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>A filled box.</summary>
    /// <param name="classes">Its classes.</param>
    /// <param name="x">Its left end.</param>
    /// <param name="y">Its upper end.</param>
    /// <param name="width">How wide it is.</param>
    /// <param name="height">How high it is.</param>
    public static XElement Box(string classes, double x, double y, double width, double height) => new(
        Space + "rect",
        new XAttribute("class", classes),
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        new XAttribute("width", Number(width)),
        new XAttribute("height", Number(height)));

    /// <summary>A line.</summary>
    /// <param name="classes">Its classes.</param>
    /// <param name="path">Its path.</param>
    public static XElement Line(string classes, string path) =>
        new(Space + "path", new XAttribute("class", classes), new XAttribute("d", path));

    /// <summary>A text.</summary>
    /// <param name="x">Where it stands.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="classes">Its classes.</param>
    /// <param name="text">What it says.</param>
    public static XElement Text(double x, double y, string classes, string text) => new(
        Space + "text",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        classes.Length > 0 ? new XAttribute("class", classes) : null,
        Drawable(text));

    /// <summary>A number as it stands in a picture.</summary>
    /// <param name="number">The number.</param>
    public static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    // A picture is XML, which has no control characters, no half characters and not these two.
    private static string Drawable(string text) => string.Concat(ToolConsole.Printable(text).EnumerateRunes().Select(
        static rune => (rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune).ToString()));
}
