using System.Text;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement.Seals;

/// <summary>What a statement says beside its lines, as the text that its first leaf commits to.</summary>
/// <remarks>
/// Version 1: the word <c>pm-statement-1</c>, and then on a line of its own each of <c>statement</c>,
/// <c>contract</c>, <c>version</c>, <c>partner</c>, <c>period</c>, <c>from</c>, <c>to</c>, <c>lines</c> (how many),
/// <c>opening</c>, <c>gross</c>, <c>adjustments</c>, <c>payable</c>, <c>due</c>, <c>exposure</c>, <c>claimed</c>,
/// <c>withheld</c>, <c>reserve-until</c>, <c>released</c>, <c>clawback-settled</c>, <c>held</c>, <c>reserve</c> and
/// <c>closing</c>, in this order, as <c>name=value</c>; a value that is absent is empty. Where invalid traffic was
/// counted, <c>traffic-gross</c>, <c>traffic-held</c> and <c>traffic-filtered</c> follow, each as the number of
/// outcomes, a blank and what they stand for, and <c>traffic-invalidated</c>. Lines end with one line feed, the last
/// one too; the text is printable ASCII, so no value can run into the next.
/// </remarks>
public static class StatementText
{
    /// <summary>The first line: what the text is, and the version of its form.</summary>
    public const string Heading = "pm-statement-1";

    /// <summary>The text of a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <exception cref="ArgumentException">The key of the period is not printable ASCII.</exception>
    public static string Of(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (!Statement.IsKey(statement.Period))
        {
            throw new ArgumentException("The key of a period is printable ASCII.", nameof(statement));
        }

        StringBuilder text = new(Head(statement.Id.Value), 768);
        Add(text, "contract", statement.Contract.ToString());
        Add(text, "version", InvariantText.Of(statement.Version));
        Add(text, "partner", statement.Partner.ToString());
        Add(text, "period", statement.Period);
        Add(text, "from", InstantText.Of(statement.From));
        Add(text, "to", InstantText.Of(statement.To));
        Add(text, "lines", InvariantText.Of(statement.Lines.Count));
        Add(text, "opening", statement.Opening);
        Add(text, "gross", statement.Gross);
        Add(text, "adjustments", statement.Adjustments);
        Add(text, "payable", statement.Payable);
        Add(text, "due", statement.DueOn is { } due ? new DateText(due).ToString() : string.Empty);
        Add(text, "exposure", EnumText.Of(statement.Exposure));
        Add(text, "claimed", statement.Claimed);
        Add(text, "withheld", statement.Withheld);
        Add(text, "reserve-until", statement.ReserveUntil is { } until ? InstantText.Of(until) : string.Empty);
        Add(text, "released", statement.Released);
        Add(text, "clawback-settled", statement.ClawbackSettled);
        Add(text, "held", statement.Held);
        Add(text, "reserve", statement.Reserve);
        Add(text, "closing", statement.Closing);
        if (statement.Traffic is { } traffic)
        {
            Add(text, "traffic-gross", traffic.Gross);
            Add(text, "traffic-held", traffic.Held);
            Add(text, "traffic-filtered", traffic.Filtered);
            Add(text, "traffic-invalidated", InvariantText.Of(traffic.Invalidated));
        }

        return text.ToString();
    }

    // What the text of a statement begins with.
    internal static string Head(string? statement) => $"{Heading}\nstatement={statement}\n";

    private static void Add(StringBuilder text, string name, Money? amount) =>
        Add(text, name, amount is { } some ? InvariantText.Of(some) : string.Empty);

    private static void Add(StringBuilder text, string name, TrafficCount count) =>
        Add(text, name, $"{InvariantText.Of(count.Outcomes)} {InvariantText.Of(count.Quantity)}");

    private static void Add(StringBuilder text, string name, string value) =>
        text.Append(name).Append('=').Append(value).Append('\n');
}
