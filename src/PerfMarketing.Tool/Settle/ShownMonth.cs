using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Tool.Settle;

/// <summary>
/// The month that <c>settle --period</c> shows: the statements that end in it, in the zone of each contract.
/// </summary>
/// <remarks>
/// Contracts may be settled by week, half-month, month or quarter. An outcome is shown when it was decided in the
/// period of a statement that is shown, so that the counts of a row are those of its amounts.
/// </remarks>
internal sealed class ShownMonth
{
    private readonly YearMonth month;
    private readonly Dictionary<ContractId, Contract[]> contracts;
    private readonly Dictionary<PartnerId, Contract[][]> partners;
    private readonly ILookup<(ContractId Contract, PartnerId Partner), Statement> statements;

    /// <summary>Shows a month.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="month">The month.</param>
    /// <param name="statements">The statements of all periods: they say which these are, where there is one.</param>
    public ShownMonth(Campaign campaign, YearMonth month, IEnumerable<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        this.month = month;
        this.statements = statements.ToLookup(static s => (s.Contract, s.Partner));
        Key = campaign.Calendar.Month(month).Key;
        contracts = campaign.Contracts.GroupBy(static c => c.Id).ToDictionary(
            static versions => versions.Key,
            static versions => versions.OrderByDescending(static c => c.Version).ToArray());
        partners = contracts.Values
            .SelectMany(static versions => versions.SelectMany(static c => c.Partners).Distinct()
                .Select(partner => (Partner: partner, Versions: versions)))
            .GroupBy(static held => held.Partner, static held => held.Versions)
            .ToDictionary(static held => held.Key, static held => held.ToArray());
        End = contracts.Values.Select(versions => versions[0].Calendar.Month(month).End)
            .Append(campaign.Calendar.Month(month).End).Max();
    }

    /// <summary>The month's name, such as <c>2026-03</c>.</summary>
    public string Key { get; }

    /// <summary>When the month is over in the zones of all contracts.</summary>
    public Instant End { get; }

    /// <summary>The contracts of which no statement ends in the month, by their names.</summary>
    public IEnumerable<ContractId> Without => contracts
        .Where(c => !c.Value.SelectMany(static v => v.Partners).Distinct()
            .Any(p => Ends(c.Value, EndAt(c.Value, p, MonthOf(c.Value).End - Duration.Epsilon))))
        .Select(static c => c.Key).Order();

    /// <summary>Whether a statement ends in the month.</summary>
    /// <param name="statement">The statement.</param>
    public bool Shows(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return contracts.TryGetValue(statement.Contract, out Contract[]? versions) && Ends(versions, statement.To);
    }

    /// <summary>Whether what was decided at an instant is in a statement of a partner that ends in the month.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="at">The instant.</param>
    public bool Shows(PartnerId partner, Instant at) =>
        partners.TryGetValue(partner, out Contract[][]? held) && ContractCalendar.Covers(at)
        && Array.Exists(held, versions => Ends(versions, EndAt(versions, partner, at)));

    // When the period ends that an instant lies in: as its statement says, or by the terms where there is none.
    private Instant EndAt(Contract[] versions, PartnerId partner, Instant at)
    {
        Statement? found = statements[(versions[0].Id, partner)].FirstOrDefault(s => s.From <= at && at < s.To);
        return found?.To ?? versions[0].Calendar
            .Containing((Array.Find(versions, c => c.Start <= at) ?? versions[^1]).Settlement.Per, at).End;
    }

    private CalendarPeriod MonthOf(Contract[] versions) => versions[0].Calendar.Month(month);

    private bool Ends(Contract[] versions, Instant end) =>
        MonthOf(versions) is var shown && end > shown.Start && end <= shown.End;
}
