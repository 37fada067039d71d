using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>The contract's decision on an outcome's proof: qualified, pending, rejected or disputed, and why.</summary>
/// <remarks>
/// There are exactly these four cases; <see cref="Match"/> asks for all of them. As terms, the case is named by
/// <c>qualification</c>.
/// </remarks>
public abstract record Qualification : ITerms
{
    private Qualification()
    {
    }

    /// <summary>Reads a decision.</summary>
    /// <param name="terms">The terms.</param>
    public static Qualification Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        string tag = terms.Text("qualification");
        switch (tag)
        {
            case "qualified":
                return new Qualified(terms.Instant("at"), terms.Values<EvidenceId>("evidence"));
            case "pending":
                return new Pending(
                    terms.Values<EvidenceKind>("missing"), terms.OptionalInstant("until"), ReadReasons(terms));
            case "disputed":
                return new Disputed(ReadReasons(terms)) { Evidence = terms.Values<EvidenceId>("evidence") };
            case "rejected":
                return new Rejected(ReadReasons(terms));
            default:
                terms.Fail("qualification", TermCodes.Malformed, "One of qualified, pending, rejected, disputed.");
                terms.IgnoreRest();
                return new Rejected([]);
        }
    }

    /// <summary>One result for each case.</summary>
    /// <param name="qualified">What to make of a proven outcome.</param>
    /// <param name="pending">What to make of an outcome that waits for proof.</param>
    /// <param name="rejected">What to make of an outcome that is not proven and never will be.</param>
    /// <param name="disputed">What to make of an outcome whose evidence contradicts itself.</param>
    public T Match<T>(
        Func<Qualified, T> qualified, Func<Pending, T> pending, Func<Rejected, T> rejected, Func<Disputed, T> disputed)
    {
        ArgumentNullException.ThrowIfNull(qualified);
        ArgumentNullException.ThrowIfNull(pending);
        ArgumentNullException.ThrowIfNull(rejected);
        ArgumentNullException.ThrowIfNull(disputed);
        return this switch
        {
            Qualified found => qualified(found),
            Pending found => pending(found),
            Disputed found => disputed(found),
            _ => rejected((Rejected)this),
        };
    }

    /// <inheritdoc/>
    public abstract void Write(TermWriter terms);

    private static ValueList<Reason> ReadReasons(TermReader terms) => terms.List("reasons", Reason.Read);

    /// <summary>The proof is enough.</summary>
    /// <param name="At">
    /// When the last piece of evidence that was needed had come, and not before the outcome itself.
    /// </param>
    /// <param name="Evidence">The ids of the evidence that proves it; none when no proof is required.</param>
    public sealed record Qualified(Instant At, ValueList<EvidenceId> Evidence) : Qualification
    {
        /// <inheritdoc/>
        public override void Write(TermWriter terms)
        {
            ArgumentNullException.ThrowIfNull(terms);
            terms.Value("qualification", "qualified");
            terms.Instant("at", At);
            terms.Values("evidence", Evidence);
        }
    }

    /// <summary>Proof is missing and may still come.</summary>
    /// <param name="Missing">The kinds of evidence that are missing.</param>
    /// <param name="Until">The first instant at which it is too late; null when there is no such.</param>
    /// <param name="Reasons">Why the evidence that is there does not count.</param>
    public sealed record Pending(
        ValueList<EvidenceKind> Missing, Instant? Until, ValueList<Reason> Reasons) : Qualification
    {
        /// <inheritdoc/>
        public override void Write(TermWriter terms)
        {
            ArgumentNullException.ThrowIfNull(terms);
            terms.Value("qualification", "pending");
            terms.Values("missing", Missing);
            terms.Instant("until", Until);
            terms.List("reasons", Reasons);
        }
    }

    /// <summary>Proof is missing and can come no more.</summary>
    /// <param name="Reasons">Why.</param>
    public sealed record Rejected(ValueList<Reason> Reasons) : Qualification
    {
        /// <inheritdoc/>
        public override void Write(TermWriter terms)
        {
            ArgumentNullException.ThrowIfNull(terms);
            terms.Value("qualification", "rejected");
            terms.List("reasons", Reasons);
        }
    }

    /// <summary>The evidence contradicts itself: all of it is kept and the money is held until people decide.</summary>
    /// <param name="Reasons">The contradictions.</param>
    public sealed record Disputed(ValueList<Reason> Reasons) : Qualification
    {
        /// <summary>The ids of the evidence that contradicts itself or the outcome, sorted.</summary>
        public ValueList<EvidenceId> Evidence { get; init; } = [];

        /// <inheritdoc/>
        public override void Write(TermWriter terms)
        {
            ArgumentNullException.ThrowIfNull(terms);
            terms.Value("qualification", "disputed");
            terms.List("reasons", Reasons);
            terms.Values("evidence", Evidence);
        }
    }
}
