using System.Globalization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Journeys;

/// <summary>Objects of plain values; numbers have all their digits.</summary>
internal static class PlainTerms
{
    /// <summary>An object of the values that are not null.</summary>
    public static TermNode Object(params ReadOnlySpan<(string Name, object? Value)> terms)
    {
        List<string> names = [];
        List<TermNode> items = [];
        foreach ((string name, object? value) in terms)
        {
            if (value is not null)
            {
                names.Add(name);
                items.Add(NodeOf(value));
            }
        }

        return TermNode.OfObject(names.ToValueList(), items.ToValueList());
    }

    private static TermNode NodeOf(object value) => value switch
    {
        IEnumerable<TermNode> list => TermNode.OfList([.. list]),
        double number => TermNode.OfNumber(AttributionReport.Text(number)),
        long or int or decimal => TermNode.OfNumber(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        bool flag => TermNode.OfFlag(flag),
        _ => TermNode.OfText(value.ToString()!),
    };
}
