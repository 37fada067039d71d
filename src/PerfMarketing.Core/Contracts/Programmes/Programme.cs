using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Programmes;

/// <summary>One version of a template of contracts, by which partners enrol. Immutable and never wrong.</summary>
/// <remarks>Only <see cref="ProgrammeDraft.Build"/> makes one. Thread-safe.</remarks>
public sealed class Programme : IEquatable<Programme>
{
    /// <summary>The most groups.</summary>
    public const int GroupCountMax = 1_000;

    private const string GroupLayer = "group";
    private const string PartnerLayer = "partner";

    private readonly ProgrammeDraft draft;
    private readonly Dictionary<PartnerGroupId, ClauseOverlay> groups;
    private readonly HashSet<PartnerId> invited;
    private readonly HashSet<PartnerId> denied;

    internal Programme(ProgrammeDraft draft)
    {
        this.draft = draft;
        groups = draft.Groups.ToDictionary(static g => g.Id, static g => g.Terms);
        invited = [.. draft.Enrolment.Invited];
        denied = [.. draft.Enrolment.Denied];
        Digest = TermDigest.Of(TermNode.Of(draft));
    }

    /// <summary>The programme's name.</summary>
    public ProgrammeId Id => draft.Id;

    /// <summary>The version of the programme.</summary>
    public int Version => draft.Version;

    /// <summary>The groups of partners with terms of their own.</summary>
    public ValueList<PartnerGroup> Groups => draft.Groups;

    /// <summary>The digest of the terms' canonical form.</summary>
    public Digest Digest { get; }

    /// <summary>Whether two programmes have the same terms.</summary>
    public static bool operator ==(Programme? left, Programme? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether two programmes have different terms.</summary>
    public static bool operator !=(Programme? left, Programme? right) => !(left == right);

    /// <summary>The contract that a partner gets, or all that stands against it.</summary>
    /// <param name="enrolment">The partner, the group, the days and the terms of its own.</param>
    public EnrolmentDecision Enrol(Enrolment enrolment)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        List<Reason> refusals = [];
        CheckPartner(enrolment, refusals);
        if (draft.Enrolment.Dates is { } open && !open.Contains(enrolment.From))
        {
            refusals.Add(Reason.Of(
                ProgrammeCodes.NotOpen, ("from", DateOf(enrolment.From)), ("dates", open)));
        }

        ProgrammeCitation citation = new(Id, Version)
        {
            Group = enrolment.Group ?? draft.Enrolment.DefaultGroup,
            Own = enrolment.Terms,
        };
        ClauseLayers layers = Lay(citation, refusals);
        refusals.AddRange(layers.Unknown);
        DateRange? dates = DatesOf(enrolment.From, enrolment.To, refusals);
        return Decide(refusals, layers, () => draft.Contract with
        {
            Id = ContractIdOf(enrolment, refusals),
            Version = 1,
            Partners = [enrolment.Partner],
            Effective = dates,
            Programme = citation,
        });
    }

    /// <summary>The next version of a contract that was made by an older version of this programme.</summary>
    /// <remarks>
    /// The partner keeps its group and the terms of its own; a clause that it does without and that the programme no
    /// longer has either is no matter. The new version is effective on the day asked for, but not before the contract's
    /// days of notice are over: the day of the announcement does not count as one. Coupon codes and exclusive rights
    /// that name a partner stay; other terms that were agreed outside the programme are those of the programme again.
    /// </remarks>
    /// <param name="current">The newest version of the partner's contract.</param>
    /// <param name="announcedOn">The day on which the partner is told, in the contract's zone.</param>
    /// <param name="from">The first day that is asked for; null means as early as may be.</param>
    public EnrolmentDecision Amend(Contract current, LocalDate announcedOn, LocalDate? from = null)
    {
        ArgumentNullException.ThrowIfNull(current);
        ContractDraft old = current.ToDraft();
        if (old.Programme is not { } cited || cited.Id != Id || cited.Version >= Version)
        {
            return new() { Refusals = [Reason.Of(ProgrammeCodes.NotAmendable, ("contract", current.Id))] };
        }

        List<Reason> refusals = [];
        ProgrammeCitation citation = cited with { Version = Version };
        ClauseLayers layers = Lay(citation, refusals);
        LocalDate first = FirstOf(old, announcedOn, from);
        DateRange? dates = DatesOf(first, old.Effective?.To, refusals);
        return Decide(refusals, layers, () => draft.Contract with
        {
            Id = old.Id,
            Version = old.Version + 1,
            Partners = old.Partners,
            Effective = dates,
            Coupons = old.Coupons,
            Exclusive = [.. draft.Contract.Exclusive, .. old.Exclusive.Where(static g => g.Partner is not null)],
            Programme = citation,
        });
    }

    /// <summary>The terms as a draft, to change or to write.</summary>
    public ProgrammeDraft ToDraft() => draft;

    /// <inheritdoc/>
    public bool Equals(Programme? other) => other is not null && Digest == other.Digest;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Programme);

    /// <inheritdoc/>
    public override int GetHashCode() => Digest.GetHashCode();

    /// <summary>Name and version.</summary>
    public override string ToString() => $"{Id} v{Version}";

    private static EnrolmentDecision Decide(List<Reason> refusals, ClauseLayers layers, Func<ContractDraft> make)
    {
        ContractDraft contract = make() with { Clauses = layers.Clauses };
        return refusals.Count > 0
            ? new() { Refusals = refusals.ToValueList() }
            : new() { Contract = contract, Changes = layers.Changes };
    }

    // Not before the version it follows, nor before the notice is over.
    private static LocalDate FirstOf(ContractDraft old, LocalDate announcedOn, LocalDate? from)
    {
        LocalDate first = old.NoticeDays is { } days and > 0 ? announcedOn.PlusDays(days + 1) : announcedOn;
        first = from is { } asked ? LocalDate.Max(first, asked) : first;
        return old.Effective is { } dates ? LocalDate.Max(first, dates.From) : first;
    }

    private static DateText DateOf(LocalDate date) => new(date);

    private void CheckPartner(Enrolment enrolment, List<Reason> refusals)
    {
        (string, object) partner = ("partner", enrolment.Partner);
        if (denied.Contains(enrolment.Partner))
        {
            refusals.Add(Reason.Of(ProgrammeCodes.PartnerDenied, partner));
        }

        if (draft.Enrolment.Opening == EnrolmentOpening.Invitation && !invited.Contains(enrolment.Partner))
        {
            refusals.Add(Reason.Of(ProgrammeCodes.NotInvited, partner));
        }

        if (draft.Enrolment.Opening == EnrolmentOpening.Approval && !enrolment.IsApproved)
        {
            refusals.Add(Reason.Of(ProgrammeCodes.NotApproved, partner));
        }
    }

    private ClauseLayers Lay(ProgrammeCitation citation, List<Reason> refusals)
    {
        ClauseLayers layers = new(draft.Contract.Clauses);
        if (citation.Group is { } group)
        {
            if (groups.TryGetValue(group, out ClauseOverlay? terms))
            {
                layers.Lay(terms, GroupLayer);
            }
            else
            {
                refusals.Add(Reason.Of(ProgrammeCodes.GroupUnknown, ("group", group)));
            }
        }

        return layers.Lay(citation.Own, PartnerLayer);
    }

    // The days asked for, as far as the programme itself lasts.
    private DateRange? DatesOf(LocalDate from, LocalDate? to, List<Reason> refusals)
    {
        LocalDate first = from;
        LocalDate? end = to;
        if (draft.Contract.Effective is { } programme)
        {
            first = LocalDate.Max(first, programme.From);
            end = programme.To is { } last && !(end < last) ? last : end;
        }

        if (end <= first)
        {
            refusals.Add(Reason.Of(ProgrammeCodes.NoDays, ("from", DateOf(first)), ("to", DateOf(end.Value))));
            return null;
        }

        return new(first, end);
    }

    private ContractId ContractIdOf(Enrolment enrolment, List<Reason> refusals)
    {
        if (enrolment.Contract is { } given)
        {
            return given;
        }

        string id = $"{draft.Contract.Id}.{enrolment.Partner}";
        if (ContractId.TryParse(id, null, out ContractId made))
        {
            return made;
        }

        refusals.Add(Reason.Of(ProgrammeCodes.ContractIdTooLong, ("id", id)));
        return default;
    }
}
