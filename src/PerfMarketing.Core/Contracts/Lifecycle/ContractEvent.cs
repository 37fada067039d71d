using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Lifecycle;

/// <summary>One thing that a party of a contract did, at an instant: offered terms, accepted, gave notice …</summary>
/// <remarks>
/// The cases are closed. As terms, the case is named by <c>event</c>. Who proposes a version accepts it by that.
/// </remarks>
public abstract record ContractEvent : ITerms
{
    private static readonly string[] Names =
    [
        "proposed", "accepted", "rejected", "withdrawn", "change-notified",
        "suspended", "resumed", "notice-given", "terminated", "ended",
    ];

    private ContractEvent()
    {
    }

    /// <summary>The event's name in its written form.</summary>
    public abstract string Name { get; }

    /// <summary>When it was done: from then on it counts.</summary>
    public required Instant At { get; init; }

    /// <summary>Who did it: the contract's payer or one of its partners.</summary>
    public required PartyId By { get; init; }

    /// <summary>
    /// The one partner whom an act of the payer concerns; null means every partner of the contract. An act of a
    /// partner concerns that partner alone.
    /// </summary>
    public PartnerId? Partner { get; init; }

    /// <summary>The version that the event is about; null when it is about the contract as a whole.</summary>
    public virtual int? AboutVersion => null;

    /// <summary>Reads an event of any kind.</summary>
    /// <param name="terms">The terms.</param>
    /// <returns>The event; null when a failure was noted.</returns>
    public static ContractEvent? Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Instant at = terms.Instant("at");
        PartyId by = terms.Value<PartyId>("by");
        PartnerId? partner = terms.Optional<PartnerId>("partner");
        switch (terms.Kind("event", "contractEvent", Names))
        {
            case "proposed": return new Proposed(NumberOf(terms)) { At = at, By = by, Partner = partner };
            case "accepted": return new Accepted(NumberOf(terms)) { At = at, By = by, Partner = partner };
            case "rejected": return new Rejected(NumberOf(terms)) { At = at, By = by, Partner = partner };
            case "withdrawn": return new Withdrawn(NumberOf(terms)) { At = at, By = by, Partner = partner };
            case "change-notified": return new ChangeNotified(NumberOf(terms)) { At = at, By = by, Partner = partner };
            case "suspended": return new Suspended { At = at, By = by, Partner = partner };
            case "resumed": return new Resumed { At = at, By = by, Partner = partner };
            case "notice-given": return new NoticeGiven { At = at, By = by, Partner = partner };
            case "terminated": return new Terminated { At = at, By = by, Partner = partner };
            case "ended": return new Ended { At = at, By = by, Partner = partner };
            default:
                terms.Fail("event", LifecycleCodes.EventUnknown, "No event of a contract has this name.");
                terms.IgnoreRest();
                return null;
        }
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("event", Name);
        terms.Instant("at", At);
        terms.Value("by", By);
        terms.Value("partner", Partner);
        terms.Integer("version", AboutVersion);
    }

    private static int NumberOf(TermReader terms) => (int)Math.Clamp(terms.Integer("version"), 0, int.MaxValue);

    /// <summary>A version was offered to the other side; an open offer before it lapses.</summary>
    /// <param name="Version">The version.</param>
    public sealed record Proposed(int Version) : ContractEvent
    {
        /// <inheritdoc/>
        public override string Name => "proposed";

        /// <inheritdoc/>
        public override int? AboutVersion => Version;
    }

    /// <summary>The open offer was accepted by the side that did not make it.</summary>
    /// <param name="Version">The version.</param>
    public sealed record Accepted(int Version) : ContractEvent
    {
        /// <inheritdoc/>
        public override string Name => "accepted";

        /// <inheritdoc/>
        public override int? AboutVersion => Version;
    }

    /// <summary>The open offer was turned down by the side that did not make it.</summary>
    /// <param name="Version">The version.</param>
    public sealed record Rejected(int Version) : ContractEvent
    {
        /// <inheritdoc/>
        public override string Name => "rejected";

        /// <inheritdoc/>
        public override int? AboutVersion => Version;
    }

    /// <summary>The open offer was taken back by the side that made it.</summary>
    /// <param name="Version">The version.</param>
    public sealed record Withdrawn(int Version) : ContractEvent
    {
        /// <inheritdoc/>
        public override string Name => "withdrawn";

        /// <inheritdoc/>
        public override int? AboutVersion => Version;
    }

    /// <summary>
    /// The payer announced changed terms: they apply by themselves when the contract's notice has run out, unless the
    /// partner turns them down before. Needs agreed notice, and never applies to what happened earlier.
    /// </summary>
    /// <param name="Version">The version.</param>
    public sealed record ChangeNotified(int Version) : ContractEvent
    {
        /// <inheritdoc/>
        public override string Name => "change-notified";

        /// <inheritdoc/>
        public override int? AboutVersion => Version;
    }

    /// <summary>Either side stopped the contract for a while.</summary>
    public sealed record Suspended : ContractEvent
    {
        /// <inheritdoc/>
        public override string Name => "suspended";
    }

    /// <summary>The side that had stopped the contract let it go on.</summary>
    public sealed record Resumed : ContractEvent
    {
        /// <inheritdoc/>
        public override string Name => "resumed";
    }

    /// <summary>Either side gave notice: the contract ends when the agreed days of notice have run out.</summary>
    public sealed record NoticeGiven : ContractEvent
    {
        /// <inheritdoc/>
        public override string Name => "notice-given";
    }

    /// <summary>Either side ended the contract for cause, at once.</summary>
    public sealed record Terminated : ContractEvent
    {
        /// <inheritdoc/>
        public override string Name => "terminated";
    }

    /// <summary>Both sides agreed that the contract is over; one of them is named as the one who recorded it.</summary>
    public sealed record Ended : ContractEvent
    {
        /// <inheritdoc/>
        public override string Name => "ended";
    }
}
