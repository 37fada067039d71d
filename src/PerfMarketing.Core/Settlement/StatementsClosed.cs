using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>
/// The statements of a contract were closed up to an instant: whatever is decided later is in the next ones.
/// </summary>
/// <remarks>
/// It keeps what they were cut by. So they stay as they are whatever becomes known of the contract's terms later.
/// </remarks>
public sealed record StatementsClosed : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "statements-closed";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The contract.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The first instant after the newest statement that is closed.</summary>
    public required Instant Through { get; init; }

    /// <summary>The tz database name of the zone in which the periods were cut; Etc/UTC by default.</summary>
    public string Zone { get; init; } = "Etc/UTC";

    /// <summary>
    /// The version of the time zone database by whose rules the periods were cut, such as <c>2026b</c>; null when the
    /// record does not say. Later rules move nothing that is closed.
    /// </summary>
    public string? ZoneRules { get; init; }

    /// <summary>
    /// The versions of the contract that counted in the statements, without those that an earlier record names.
    /// </summary>
    public ValueList<ClosedVersion> Versions { get; init; } = [];

    /// <summary>By what the statements were cut; each partner is in one of them.</summary>
    public ValueList<ClosedPeriods> Periods { get; init; } = [];

    /// <summary>By what the statements of a partner were cut; null when the record does not say.</summary>
    /// <param name="partner">The partner.</param>
    public ClosedPeriods? PeriodsOf(PartnerId partner)
    {
        ClosedPeriods? others = null;
        foreach (ClosedPeriods periods in Periods)
        {
            if (periods.Partners.Contains(partner))
            {
                return periods;
            }

            others = periods.Partners.Count == 0 ? periods : others;
        }

        return others;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("contract", Contract);
        terms.Instant("through", Through);
        terms.Value("zone", Zone);
        terms.Value("zoneRules", ZoneRules);
        terms.List("versions", Versions);
        terms.List("periods", Periods);
    }

    internal static StatementsClosed ReadCore(TermReader terms) => new()
    {
        OutcomeId = default,
        DecidedAt = TimeOf(terms),
        Contract = terms.Value<ContractId>("contract"),
        Through = terms.Instant("through"),
        Zone = terms.Text("zone", "Etc/UTC"),
        ZoneRules = terms.OptionalText("zoneRules"),
        Versions = terms.List("versions", ClosedVersion.Read),
        Periods = terms.List("periods", ClosedPeriods.Read),
    };
}
