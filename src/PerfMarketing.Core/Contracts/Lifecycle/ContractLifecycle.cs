using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Lifecycle;

/// <summary>How one contract stands between its payer and one of its partners: a fold of events.</summary>
/// <remarks>
/// Immutable. <see cref="Apply"/> is the one transition function; <see cref="ContractHistory"/> is the stored form. A
/// contract of several partners has one lifecycle with each: what one partner accepts binds no other.
/// </remarks>
public sealed record ContractLifecycle
{
    private ContractLifecycle()
    {
    }

    /// <summary>The partner.</summary>
    public PartnerId Partner => Terms.Partner;

    /// <summary>From when on the contract is over, as far as the parties said so; null while nobody did.</summary>
    public Instant? EndsAt { get; private init; }

    /// <summary>Whether the contract was ended for cause.</summary>
    public bool IsForCause { get; private init; }

    private LifecycleTerms Terms { get; init; } = null!;

    private ValueList<Stay> Stays { get; init; } = [new(Instant.MinValue, ContractState.Draft)];

    private ValueList<Acceptance> Acceptances { get; init; } = [];

    private Offer? Open { get; init; }

    private PartyId SuspendedBy { get; init; }

    private Instant Last { get; init; } = Instant.MinValue;

    /// <summary>The lifecycle of a contract of which nothing is known but its terms.</summary>
    /// <param name="versions">Every version of the contract; at least one.</param>
    /// <param name="partner">The partner.</param>
    public static ContractLifecycle Begin(IReadOnlyCollection<ContractDraft> versions, PartnerId partner)
    {
        ArgumentNullException.ThrowIfNull(versions);
        return new() { Terms = LifecycleTerms.Of(versions, partner) };
    }

    /// <summary>The state at an instant, as far as the events tell.</summary>
    /// <param name="at">The instant.</param>
    public ContractState StateAt(Instant at)
    {
        if (at >= EndsAt)
        {
            return ContractState.Ended;
        }

        int i = Stays.Count - 1;
        while (i > 0 && Stays[i].From > at)
        {
            i--;
        }

        return Stays[i].State;
    }

    /// <summary>
    /// When a version was accepted by both, or, for announced changes, when their notice runs out; null when it never
    /// was.
    /// </summary>
    /// <param name="version">The version.</param>
    public Instant? AcceptedAt(int version) => AcceptanceOf(version)?.At;

    /// <summary>
    /// From when on a version is in force: on its first day, also when that lies before the acceptance of both; on
    /// acceptance when it has no first day; never before their notice runs out for announced changes. Null when it was
    /// not accepted.
    /// </summary>
    /// <param name="version">The version.</param>
    public Instant? InForceFrom(int version)
    {
        if (AcceptanceOf(version) is not { } acceptance || Terms.Find(version) is not { } terms)
        {
            return null;
        }

        Instant start = Terms.StartOf(terms) ?? acceptance.At;
        return acceptance.ByBoth ? start : Instant.Max(start, acceptance.At);
    }

    /// <summary>Whether a version was accepted by both after the day from which on it is in force.</summary>
    /// <param name="version">The version.</param>
    public bool IsBackDated(int version) => InForceFrom(version) < AcceptedAt(version);

    /// <summary>What an event makes of the lifecycle.</summary>
    /// <param name="change">The event.</param>
    public ContractTransition Apply(ContractEvent change)
    {
        ArgumentNullException.ThrowIfNull(change);
        ContractState state = StateAt(change.At);
        ContractTransition moved =
            change.At < Last || !ContractCalendar.Covers(change.At) ? Refused(LifecycleCodes.EventTime)
            : !Concerns(change) ? RefusedTo(change)
            : state == ContractState.Ended ? RefusedIn(state, change)
            : (Settled(change.At) with { Last = change.At }).Moved(state, change);
        return moved.IsRefused ? moved with { Lifecycle = this } : moved;
    }

    private ContractTransition Moved(ContractState state, ContractEvent change) => change switch
    {
        ContractEvent.Proposed proposed => Propose(state, proposed),
        ContractEvent.ChangeNotified notified => Notify(state, notified),
        ContractEvent.Accepted accepted => Answer(state, accepted, byMaker: false, taken: true),
        ContractEvent.Rejected rejected => Answer(state, rejected, byMaker: false, taken: false),
        ContractEvent.Withdrawn withdrawn => Answer(state, withdrawn, byMaker: true, taken: false),
        ContractEvent.Suspended => state == ContractState.Active
            ? new(In(ContractState.Suspended, change.At) with { SuspendedBy = change.By })
            : RefusedIn(state, change),
        ContractEvent.Resumed => Resume(state, change),
        _ => End(state, change),
    };

    private ContractTransition Propose(ContractState state, ContractEvent.Proposed change) =>
        RefusalOf(change.Version) is { } refusal
            ? new(this, refusal)
            : new((state == ContractState.Draft ? In(ContractState.Proposed, change.At) : this) with
            {
                Open = new(change.Version, change.By, null),
            });

    private ContractTransition Notify(ContractState state, ContractEvent.ChangeNotified change) =>
        state is not (ContractState.Active or ContractState.Suspended) ? RefusedIn(state, change)
        : change.By != Terms.Payer ? RefusedTo(change)
        : NoticeDaysAt(change.At) is not { } days ? Refused(LifecycleCodes.NoticeNotAgreed)
        : RefusalOf(change.Version) is { } refusal ? new(this, refusal)
        : new(this with { Open = new(change.Version, change.By, Terms.AfterNotice(change.At, days)) });

    private ContractTransition Answer(ContractState state, ContractEvent change, bool byMaker, bool taken)
    {
        if (state == ContractState.Draft)
        {
            return RefusedIn(state, change);
        }

        if (Open is not { } offer || offer.Version != change.AboutVersion)
        {
            return Refused(LifecycleCodes.OfferMissing, ("version", change.AboutVersion.GetValueOrDefault()));
        }

        if (offer.By == change.By != byMaker)
        {
            return RefusedTo(change);
        }

        ContractLifecycle closed = this with { Open = null };
        if (!taken)
        {
            return new(state == ContractState.Proposed ? closed.In(ContractState.Draft, change.At) : closed);
        }

        closed = closed with { Acceptances = Acceptances.Add(new(offer.Version, change.At, ByBoth: true)) };
        return new(state == ContractState.Proposed ? closed.In(ContractState.Active, change.At) : closed);
    }

    private ContractTransition Resume(ContractState state, ContractEvent change) =>
        state != ContractState.Suspended ? RefusedIn(state, change)
        : change.By != SuspendedBy ? RefusedTo(change)
        : new(In(ContractState.Active, change.At));

    private ContractTransition End(ContractState state, ContractEvent change)
    {
        if (state is not (ContractState.Active or ContractState.Suspended))
        {
            return RefusedIn(state, change);
        }

        bool isNotice = change is ContractEvent.NoticeGiven;
        return isNotice && EndsAt is not null
            ? Refused(LifecycleCodes.NoticeStands)
            : new(this with
            {
                EndsAt = isNotice ? Terms.AfterNotice(change.At, NoticeDaysAt(change.At) ?? 0) : change.At,
                IsForCause = change is ContractEvent.Terminated,
            });
    }

    private Reason? RefusalOf(int version) =>
        Terms.Find(version) is null ? Reason.Of(LifecycleCodes.VersionUnknown, ("version", version))
        : AcceptanceOf(version) is not null ? Reason.Of(LifecycleCodes.VersionAccepted, ("version", version))
        : null;

    // Announced changes whose notice has run out are terms like others.
    private ContractLifecycle Settled(Instant at) => Open is { AppliesAt: { } applies } offer && applies <= at
        ? this with { Open = null, Acceptances = Acceptances.Add(new(offer.Version, applies, ByBoth: false)) }
        : this;

    private ContractLifecycle In(ContractState state, Instant at) => this with { Stays = Stays.Add(new(at, state)) };

    private Acceptance? AcceptanceOf(int version)
    {
        foreach (Acceptance acceptance in Acceptances)
        {
            if (acceptance.Version == version)
            {
                return acceptance;
            }
        }

        return Open is { AppliesAt: { } applies } offer && offer.Version == version
            ? new(version, applies, ByBoth: false)
            : null;
    }

    // As the newest terms say that bind both at the time.
    private int? NoticeDaysAt(Instant at)
    {
        for (int i = Terms.Versions.Count - 1; i >= 0; i--)
        {
            VersionTerms terms = Terms.Versions[i];
            if (AcceptedAt(terms.Version) <= at && InForceFrom(terms.Version) <= at)
            {
                return terms.NoticeDays;
            }
        }

        return Acceptances.Count > 0 ? Terms.Find(Acceptances[^1].Version)?.NoticeDays : null;
    }

    private bool Concerns(ContractEvent change) =>
        (change.By == Terms.Payer || change.By.ToString() == Partner.ToString())
        && (change.Partner is not { } partner || partner == Partner);

    private ContractTransition RefusedIn(ContractState state, ContractEvent change) =>
        Refused(LifecycleCodes.TransitionRefused, ("state", EnumText.Of(state)), ("event", change.Name));

    private ContractTransition RefusedTo(ContractEvent change) =>
        Refused(LifecycleCodes.PartyRefused, ("by", change.By), ("event", change.Name));

    private ContractTransition Refused(string code, params ReadOnlySpan<(string Name, object Value)> args) =>
        new(this, Reason.Of(code, args));

    /// <summary>A state from an instant on.</summary>
    private readonly record struct Stay(Instant From, ContractState State);

    /// <summary>A version that binds both: accepted, or announced and not turned down.</summary>
    private sealed record Acceptance(int Version, Instant At, bool ByBoth);

    /// <summary>A version that waits for an answer, or for its notice to run out.</summary>
    private sealed record Offer(int Version, PartyId By, Instant? AppliesAt);
}
