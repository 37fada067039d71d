using System.Collections.Frozen;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>
/// What one version of a contract permits and what it reserves for its partners, ready to be asked.
/// </summary>
internal sealed class ContractRights
{
    private readonly CompiledPermissions? permissions;
    private readonly Exclusive[] exclusives;
    private readonly FrozenDictionary<string, Owner[]>? coupons;
    private readonly HashSet<PartnerId> partners;

    public ContractRights(ContractDraft draft, ContractCalendar calendar, HashSet<PartnerId> partners)
    {
        this.partners = partners;
        permissions = CompiledPermissions.Of(draft.Permissions, calendar.Zone);
        exclusives = [.. draft.Exclusive
            .Where(static g => g.Category is null)
            .Select(g => new Exclusive(g, Span.Of(g.Effective, calendar)))];
        coupons = draft.Coupons.Count == 0 ? null : draft.Coupons
            .GroupBy(static c => c.Code, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(
                static g => g.Key,
                g => g.Select(c => new Owner(c.Partner, Span.Of(c.Effective, calendar))).ToArray(),
                StringComparer.OrdinalIgnoreCase);
    }

    public bool HasExclusives => exclusives.Length > 0;

    public bool HasCoupons => coupons is not null;

    public bool HasPermissions => permissions is not null;

    public Reason? Refuse(in JourneyTouch touch) => permissions?.Refuse(touch);

    // Whether a touch lies where another partner's touches are not wanted.
    public bool Reserves(in JourneyTouch touch)
    {
        foreach (Exclusive exclusive in exclusives)
        {
            if (exclusive.Dates.Contains(touch.At) && exclusive.Covers(touch)
                && (exclusive.Grant.Partner is { } holder
                    ? holder != touch.Partner
                    : !partners.Contains(touch.Partner)))
            {
                return true;
            }
        }

        return false;
    }

    public PartnerId? OwnerOf(string coupon, Instant at)
    {
        foreach (Owner owner in coupons is not null && coupons.TryGetValue(coupon, out Owner[]? owners) ? owners : [])
        {
            if (owner.Dates.Contains(at))
            {
                return owner.Partner;
            }
        }

        return null;
    }

    private sealed record Exclusive(ExclusiveGrant Grant, Span Dates)
    {
        public bool Covers(in JourneyTouch touch) =>
            (Grant.Channel is not { } channel || channel == touch.Channel)
            && (Grant.Place is not { } place || place.Contains(touch.Facts));
    }

    private sealed record Owner(PartnerId Partner, Span Dates);

    private readonly record struct Span(Instant Start, Instant End)
    {
        public static Span Of(DateRange? dates, ContractCalendar calendar) => dates is { } range
            ? new(calendar.StartOf(range.From), range.To is { } to ? calendar.StartOf(to) : Instant.MaxValue)
            : new(Instant.MinValue, Instant.MaxValue);

        public bool Contains(Instant at) => Start <= at && at < End;
    }
}
