using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Lifecycle;

/// <summary>What of a contract's versions a lifecycle needs to know.</summary>
internal sealed record LifecycleTerms
{
    public required PartyId Payer { get; init; }

    public required PartnerId Partner { get; init; }

    public required string Zone { get; init; }

    public required ValueList<VersionTerms> Versions { get; init; }

    public static LifecycleTerms Of(IReadOnlyCollection<ContractDraft> versions, PartnerId partner)
    {
        ContractDraft first = versions.MinBy(static v => v.Version)
            ?? throw new ArgumentException("A contract has a version.", nameof(versions));
        return new()
        {
            Payer = first.Payer,
            Partner = partner,
            Zone = ContractZone.TryFind(first.Zone, out _) ? first.Zone : "Etc/UTC",
            Versions =
            [
                .. versions.OrderBy(static v => v.Version).Select(v => new VersionTerms(
                    v.Version, v.Effective?.From, v.NoticeDays, v.Partners.Contains(partner))),
            ],
        };
    }

    public VersionTerms? Find(int version)
    {
        foreach (VersionTerms found in Versions)
        {
            if (found.Version == version && found.Names)
            {
                return found;
            }
        }

        return null;
    }

    public Instant? StartOf(VersionTerms version) =>
        version.From is { } from ? ContractCalendar.In(Zone).StartOf(from) : null;

    // The day of the notice does not count: so many whole days, then it applies. No days apply at once.
    public Instant AfterNotice(Instant at, int days)
    {
        var calendar = ContractCalendar.In(Zone);
        return days == 0 ? at : calendar.StartOf(calendar.DateOf(at).PlusDays(days + 1));
    }
}

/// <summary>One version, as far as a lifecycle needs it.</summary>
/// <param name="Version">The version.</param>
/// <param name="From">The first day on which it is effective; null means without a beginning.</param>
/// <param name="NoticeDays">The agreed days of notice; null when none are agreed.</param>
/// <param name="Names">Whether it names the partner.</param>
internal sealed record VersionTerms(int Version, LocalDate? From, int? NoticeDays, bool Names);
