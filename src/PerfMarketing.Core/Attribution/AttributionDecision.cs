using NodaTime;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>Who gets the credit for one outcome, touch by touch.</summary>
/// <param name="Credits">
/// One credit for each partner that got any, in the order of its first credited touch; empty when nobody gets credit.
/// </param>
/// <param name="Touches">
/// The credited touches from the oldest to the newest; with <see cref="ExplainLevel.Full"/> all touches, each that got
/// nothing with its reason.
/// </param>
/// <param name="Reason">Why nobody gets credit; null when somebody does.</param>
public sealed record AttributionDecision(
    ValueList<Credit> Credits, ValueList<TouchCredit> Touches, Reason? Reason = null) : ITerms
{
    // The touch that got all the credit, as mostly one does: decisions are kept by the million, and their lists are
    // made when somebody asks.
    private readonly TouchpointId touch;
    private readonly Instant at;
    private readonly PartnerId partner;
    private readonly long weight;
    private ValueList<Credit>? credits = Credits ?? [];

    // The list, or the array of which it is made when somebody asks.
    private object? touches = Touches ?? [];

    // The reason, or what it is made of when somebody asks.
    private object? why = Reason;

    // What few decisions have; null when there is nothing of it.
    private Beside? beside;

    internal AttributionDecision(LackingTouches lacking)
        : this([], []) => why = lacking;

    internal AttributionDecision(in TouchCredit only)
        : this([], [])
    {
        (touch, at, partner, weight) = (only.Touch, only.At, only.Partner, only.Weight);
        credits = null;

        // A claim is no touch, and says so.
        touches = only.Claim is null && only.Reason is null ? null : ValueList<TouchCredit>.One(only);
    }

    internal AttributionDecision(TouchCredit[] touches, in TouchCredit only)
        : this(only) => this.touches = touches;

    /// <summary>
    /// One credit for each partner that got any, in the order of its first credited touch; empty when nobody gets
    /// credit.
    /// </summary>
    public ValueList<Credit> Credits
    {
        get => credits ??= ValueList<Credit>.One(new(partner, weight, weight));
        init => credits = value;
    }

    /// <summary>
    /// The credited touches from the oldest to the newest; with <see cref="ExplainLevel.Full"/> all touches, each that
    /// got nothing with its reason.
    /// </summary>
    public ValueList<TouchCredit> Touches
    {
        get
        {
            object? own = touches;
            if (own is ValueList<TouchCredit> list)
            {
                return list;
            }

            list = own is null
                ? ValueList<TouchCredit>.One(new(touch, at, partner, weight))
                : ValueList<TouchCredit>.Own((TouchCredit[])own);
            touches = list;
            return list;
        }

        init => touches = value;
    }

    /// <summary>
    /// The parts that partners had in the journey, in the order of their first touches: of those who are credited,
    /// and of those who may be paid for having assisted. Only where a contract of the campaign asks; empty otherwise.
    /// </summary>
    public ValueList<PartnerRole> Roles
    {
        get => (beside ?? Beside.None).Roles;
        init => beside = beside is null && value is null or { Count: 0 }
            ? null
            : (beside ?? Beside.None) with { Roles = value ?? [] };
    }

    /// <summary>Why nobody gets credit; null when somebody does.</summary>
    public Reason? Reason
    {
        get
        {
            why = why is LackingTouches lacking ? lacking.ToReason() : why;
            return (Reason?)why;
        }

        init => why = value;
    }

    /// <summary>The fitted model of the rule; null when the rule has none.</summary>
    public ModelCitation? Model
    {
        get => (beside ?? Beside.None).Model;
        init => beside = beside is null && value is null ? null : (beside ?? Beside.None) with { Model = value };
    }

    /// <summary>Whether somebody gets credit.</summary>
    public bool IsCredited => credits is null || credits.Count > 0;

    /// <summary>The weights of all credits together; 0 when nobody gets credit.</summary>
    public long Total => credits is null ? weight : credits.Count > 0 ? credits[0].Total : 0;

    // The credit, when one partner has all of it.
    internal Credit? Sole => credits is null ? new(partner, weight, weight)
        : credits.Count == 1 && credits[0].Weight == credits[0].Total ? credits[0]
        : null;

    /// <summary>Reads a decision.</summary>
    /// <param name="terms">The terms.</param>
    public static AttributionDecision Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.List("credits", Credit.Read),
            terms.List("touches", TouchCredit.Read),
            terms.OptionalObject("reason", Reason.Read))
        {
            Roles = terms.List("roles", PartnerRole.Read),
            Model = terms.OptionalObject("model", ModelCitation.Read),
        };
    }

    /// <inheritdoc/>
    public bool Equals(AttributionDecision? other) => ReferenceEquals(this, other)
        || (other is not null && Credits == other.Credits && Touches == other.Touches && Reason == other.Reason
            && Roles == other.Roles && Model == other.Model);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Credits, Touches, Reason);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("credits", Credits);
        terms.List("touches", Touches);
        terms.Terms("reason", Reason);
        terms.List("roles", Roles);
        terms.Terms("model", Model);
    }

    private sealed record Beside
    {
        public static Beside None { get; } = new();

        public ValueList<PartnerRole> Roles { get; init; } = [];

        public ModelCitation? Model { get; init; }
    }
}
