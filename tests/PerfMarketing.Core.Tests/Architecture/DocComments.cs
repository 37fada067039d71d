using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PerfMarketing.Tests.Architecture;

/// <summary>The XML comments that the compiler wrote beside an assembly, as Markdown.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> summaries;
    private readonly Dictionary<string, XElement> remarks;

    private DocComments(XDocument document)
    {
        summaries = Read(document, "summary");
        remarks = Read(document, "remarks");
    }

    public static DocComments Of(Assembly assembly) =>
        new(XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")));

    public string Summary(Type type) => Summary($"T:{type.FullName}");

    public string Summary(Type type, string field) => Summary($"F:{type.FullName}.{field}");

    /// <summary>The paragraphs of a type's remarks; none when it has no remarks.</summary>
    public IReadOnlyList<string> Remarks(Type type) => remarks.TryGetValue($"T:{type.FullName}", out XElement? found)
        ? [.. found.Elements("para").Select(static p => Line(p))]
        : [];

    private static Dictionary<string, XElement> Read(XDocument document, string element) =>
        document.Descendants("member")
            .Where(m => m.Element(element) is not null)
            .ToDictionary(
                static m => m.Attribute("name")!.Value, m => m.Element(element)!, StringComparer.Ordinal);

    private static string Line(XElement element) =>
        Spaces().Replace(string.Concat(element.Nodes().Select(Markdown)), " ").Trim();

    private string Summary(string member) => summaries.TryGetValue(member, out XElement? summary)
        ? Line(summary)
        : throw new InvalidOperationException($"{member} has no summary.");

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement e when e.Attribute("cref") is { } cref => $"`{Short(cref.Value)}`",
        XElement e when e.Attribute("langword") is { } word => $"`{word.Value}`",
        XElement e when e.Attribute("name") is { } name => $"`{name.Value}`",
        XElement e => string.Concat(e.Nodes().Select(Markdown)),
        _ => string.Empty,
    };

    // "F:PerfMarketing.Primitives.TermCodes.Missing" is said as "TermCodes.Missing", a type by its name alone.
    private static string Short(string cref)
    {
        string[] parts = cref[2..].Split('(')[0].Split('.');
        return (cref[0] == 'T' ? parts[^1] : string.Join('.', parts.TakeLast(2))).Split('`')[0];
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
