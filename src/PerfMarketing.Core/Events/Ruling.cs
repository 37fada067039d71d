using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>What a person decided on an outcome by hand: approved it, rejected it, or graded it.</summary>
/// <remarks>
/// It changes nothing of what is true of the outcome, only what is paid for it. Of several approvals and rejections the
/// newest counts, of several grades the newest; an approval overrules a grade that was recorded before it.
/// </remarks>
public abstract record Ruling : Correction
{
    /// <summary>The most characters of <see cref="Author"/>.</summary>
    public const int AuthorLengthMax = 64;

    private protected Ruling()
    {
    }

    /// <summary>The contract whose price of the outcome it is about; all of them when this is null.</summary>
    public ContractId? Contract { get; init; }

    /// <summary>The clause that it is about; all clauses when this is null.</summary>
    public ClauseId? Clause { get; init; }

    /// <summary>Who decided, in the words of the host; null when nobody said.</summary>
    public string? Author { get; init; }

    /// <summary>Whether it is about a contract's clause.</summary>
    internal bool Concerns(ContractId contract, ClauseId clause) =>
        (Contract ?? contract) == contract && (Clause ?? clause) == clause;

    private protected override void WriteCase(TermWriter terms)
    {
        terms.Value("contract", Contract);
        terms.Value("clause", Clause);
        terms.Value("author", Author);
    }

    private protected override void CheckCase(EventChecks checks) => checks
        .Require(Clause is null || Contract is not null, EventCodes.ContractMissing, "contract")
        .Text(Author, "author", AuthorLengthMax);
}
