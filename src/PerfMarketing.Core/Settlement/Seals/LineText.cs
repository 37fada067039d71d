using System.Text;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Seals;

/// <summary>A line of a statement as the text that its leaf commits to.</summary>
/// <remarks>
/// Version 1: the word <c>pm-line-1</c>, and then on a line of its own each of <c>statement</c>, <c>entry</c>,
/// <c>record</c> (the kind of entry), <c>outcome</c>, <c>contract</c>, <c>version</c>, <c>clause</c>, <c>partner</c>,
/// <c>amount</c>, <c>occurred</c>, <c>decided</c>, <c>payable</c> and <c>digest</c>, in this order, as
/// <c>name=value</c>; a value that is absent is empty. Lines end with one line feed, the last one too; the text is
/// printable ASCII, so no value can run into the next. <c>digest</c> is the <see cref="TermDigest"/> of the whole
/// entry, its payout lines included. A person can read it, and anything that hashes bytes can check it.
/// </remarks>
public static class LineText
{
    /// <summary>The first line: what the text is, and the version of its form.</summary>
    public const string Heading = "pm-line-1";

    /// <summary>The text of a line.</summary>
    /// <param name="statement">The statement that the line is in.</param>
    /// <param name="entry">The entry.</param>
    public static string Of(StatementId statement, LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        StringBuilder text = new(Head(statement.Value), 512);
        Add(text, "entry", entry.Id.Value);
        Add(text, "record", entry.Tag);
        Add(text, "outcome", entry.OutcomeId.ToString());
        Add(text, "contract", entry.Contract.ToString());
        Add(text, "version", InvariantText.Of(entry.Version));
        Add(text, "clause", entry.Clause.ToString());
        Add(text, "partner", entry.Partner.ToString());
        Add(text, "amount", InvariantText.Of(entry.Amount));
        Add(text, "occurred", InstantText.Of(entry.OccurredAt));
        Add(text, "decided", InstantText.Of(entry.DecidedAt));
        Add(text, "payable", InstantText.Of(entry.PayableAt));
        Add(text, "digest", TermDigest.Of(entry).ToString());
        return text.ToString();
    }

    // What the text of every line of a statement begins with.
    internal static string Head(string? statement) => $"{Heading}\nstatement={statement}\n";

    private static void Add(StringBuilder text, string name, string value) =>
        text.Append(name).Append('=').Append(value).Append('\n');
}
