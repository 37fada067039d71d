using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Simulation.Checks;

/// <summary>
/// What statements say where terms of settlement are drawn: each is settled again from the entries alone, and none is
/// missing.
/// </summary>
internal sealed class StatementChecks(Campaign campaign, Violations violations)
{
    private readonly Dictionary<(ContractId Contract, PartnerId Partner), StatementTruth> accounts = [];

    public void Take(LedgerEntry entry) => Of(entry.Contract, entry.Partner).Entries.Add(entry);

    /// <summary>The statements that were closed with a month.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="month">Its first day when it is over in every zone, so that none is missing.</param>
    public void Take(IEnumerable<Statement> statements, LocalDate? month)
    {
        foreach (Statement statement in statements.OrderBy(static s => s.To))
        {
            Check(Of(statement.Contract, statement.Partner), statement);
        }

        foreach (((ContractId contract, PartnerId partner), StatementTruth account) in accounts)
        {
            if (month is not { } first)
            {
                break;
            }

            DateTimeZone zone = campaign.Contracts.First(c => c.Id == contract).Calendar.Zone;
            Instant end = zone.AtStartOfDay(first.PlusMonths(1)).ToInstant();
            if (account.Entries.Count > 0 && MissingOf(account, end) is { } missing)
            {
                violations.Add(
                    $"I3: {contract} and {partner} have no statement from {missing.Start} to {missing.End}");
            }
        }
    }

    private static SettledPeriod? MissingOf(StatementTruth account, Instant end)
    {
        SettledPeriod period = account.Through is { } through
            ? account.From(through)
            : account.Containing(account.Entries[0].DecidedAt);
        for (; period.End <= end; period = account.From(period.End))
        {
            if (account.Needs(period))
            {
                return period;
            }
        }

        return null;
    }

    private void Check(StatementTruth account, Statement statement)
    {
        SettledPeriod period = account.Through is { } through
            ? account.From(through)
            : account.Containing(statement.From) with { Start = statement.From };
        while (period.End <= statement.From)
        {
            period = account.From(period.End);
        }

        violations.Require(
            statement.IsClosed && statement.From == period.Start && statement.To == period.End
            && statement.Version == period.Version.Version,
            $"I3: {statement.Period} of {statement.Contract} and {statement.Partner} is from {statement.From} to "
                + $"{statement.To} by version {statement.Version}, and not {period.Start} to {period.End} by "
                + $"{period.Version.Version}");
        HashSet<EntryId> lines = [.. account.LinesOf(period).Select(static e => e.Id)];
        violations.Require(
            lines.Count == statement.Lines.Count && statement.Lines.All(l => lines.Contains(l.Id)),
            $"I3: {statement.Period} of {statement.Contract} and {statement.Partner} has {statement.Lines.Count} "
                + $"lines, not {lines.Count}");
        Settled due = account.Cut(period);
        var said = Settled.Of(statement);
        violations.Require(
            said == due,
            $"I3: {statement.Period} of {statement.Contract} and {statement.Partner} says\n    {said}\n  and not\n"
                + $"    {due}");
    }

    private StatementTruth Of(ContractId contract, PartnerId partner)
    {
        if (!accounts.TryGetValue((contract, partner), out StatementTruth? account))
        {
            accounts.Add((contract, partner), account = new(campaign, contract));
        }

        return account;
    }
}
