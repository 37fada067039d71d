using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Audit;

/// <summary>One line of <c>chain.jsonl</c>: a record of the folder, its content, and the link that it adds.</summary>
/// <param name="Of">What kind of record it is: one of the names below.</param>
/// <param name="Id">Which record of its kind.</param>
/// <param name="Content">The digest of its canonical form.</param>
/// <param name="Link">The link of the chain after it.</param>
internal readonly record struct ChainLine(string Of, string Id, Digest Content, Digest Link) : ITerms
{
    /// <summary>A ledger entry, by its id.</summary>
    public const string Entry = "entry";

    /// <summary>A piece of evidence, by its outcome and its place from 0: <c>o1#0</c>.</summary>
    public const string Evidence = "evidence";

    /// <summary>The first line of the chain, by the campaign.</summary>
    public const string Start = "start";

    /// <summary>Of what the statements are and when they were made, by the campaign.</summary>
    public const string Run = "run";

    /// <summary>A statement without its lines, by its id.</summary>
    public const string Statement = "statement";

    /// <summary>A line of the decisions, by its number from 1.</summary>
    public const string Decision = "decision";

    /// <summary>A line of the rejected lines, by its number from 1.</summary>
    public const string Rejected = "rejected";

    /// <summary>Whether the record is of the ledger, and not of what was made of it.</summary>
    public bool IsLedger => Of is Entry or Evidence;

    /// <summary>Reads a line.</summary>
    /// <param name="terms">The terms.</param>
    public static ChainLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Text("of"), terms.Text("id"), terms.Value<Digest>("content"), terms.Value<Digest>("link"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("of", Of);
        terms.Value("id", Id);
        terms.Value("content", Content);
        terms.Value("link", Link);
    }
}
